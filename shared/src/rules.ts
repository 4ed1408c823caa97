import { z } from 'zod'
import { command } from './contract.js'
import { Id, Revision } from './values.js'

/** The rules of which one of several ways is chosen. */
export const RULE_CHOICES = {
  breakEnds: ['at_once', 'at_deadline'],
  decision: ['consensus', 'vote'],
  majority: ['simple', 'two_thirds'],
  quorum: ['none', 'third', 'majority', 'two_thirds'],
  reservationPlace: ['footnote', 'annex', 'record'],
} as const

/** What a round has agreed on how it works. A decision or a list that has begun keeps the rules it began under. */
export const RoundRules = z.object({
  /** For one statement. */
  speakSeconds: z.int().min(30).max(3600),
  /** For each right of reply of a delegation on one item, the first one first; there are no more than these. */
  replySeconds: z.array(z.int().min(30).max(3600)).max(4),
  /** Statements on behalf of a group go before those of single delegations. */
  groupsFirst: z.boolean(),
  /** The least that a silence procedure is open. */
  silenceHours: z.int().min(1).max(720),
  /** When silence that was broken ends. */
  breakEnds: z.enum(RULE_CHOICES.breakEnds),
  /** How long the chair waits for objections before the gavel. */
  objectionSeconds: z.int().min(0).max(600),
  /** `vote`: what finds no consensus may be voted on. */
  decision: z.enum(RULE_CHOICES.decision),
  /** Of those who vote yes or no. */
  majority: z.enum(RULE_CHOICES.majority),
  /** The part of the members that has to be present for a decision. */
  quorum: z.enum(RULE_CHOICES.quorum),
  /** Where reservations and explanations of position are printed. */
  reservationPlace: z.enum(RULE_CHOICES.reservationPlace),
  /** What stakeholders say waits until chair or secretariat release it. */
  reviewStakeholders: z.boolean(),
  /** Chair and secretariat read informal consultations to which they are not invited. */
  officersInInformals: z.boolean(),
})
export type RoundRules = z.infer<typeof RoundRules>

export const setRules = command('rounds.setRules', 'PATCH /rounds/:roundId/rules', {
  summary: 'Set the rules of a round. What has begun goes on under the rules it began under.',
  input: z.object({ roundId: Id, rules: RoundRules, revision: Revision }),
  output: z.object({ roundId: Id, rules: RoundRules, revision: Revision }),
})
