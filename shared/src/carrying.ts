import { z } from 'zod'
import { command, query } from './contract.js'
import { Recommendation } from './recommendations.js'
import { AgendaItem } from './rounds.js'
import { Id, Instant, Language, May, OptionalParagraph } from './values.js'

/**
 * What a round does with the open recommendations of those before it: it follows them up as they are, closes them, or
 * follows them up as part of another one. Closed and merged ones are in no list and no figure of the round any more,
 * and stay where they were made.
 */
export const CARRY_ACTS = ['carried', 'closed', 'merged'] as const
export const CarryAct = z.enum(CARRY_ACTS)
export type CarryAct = z.infer<typeof CarryAct>

export const Carried = Recommendation.pick({
  id: true,
  roundNumber: true,
  number: true,
  title: true,
  language: true,
  dir: true,
  status: true,
  flags: true,
  dueOn: true,
}).extend({
  /** Codes. */
  addressees: z.array(z.string()),
  /** Nothing is left to be done: implemented and validated, not pursued, or no longer applicable. */
  settled: z.boolean(),
  decided: z
    .object({
      act: CarryAct,
      reason: z.string(),
      into: z.object({ id: Id, roundNumber: z.int(), number: z.int(), title: z.string() }).nullable(),
      byName: z.string(),
      at: Instant,
    })
    .nullable(),
})
export type Carried = z.infer<typeof Carried>

export const CarryOver = z.object({
  previous: z.object({ id: Id, number: z.int(), title: z.string() }).nullable(),
  items: z.array(Carried),
  may: May,
})
export type CarryOver = z.infer<typeof CarryOver>

export const getCarryOver = query('carrying.getCarryOver', 'GET /rounds/:roundId/carry-over', {
  summary: 'The adopted recommendations of earlier rounds, and what this round does with them.',
  input: z.object({ roundId: Id }),
  output: CarryOver,
})
export const decideCarryOver = command('carrying.decideCarryOver', 'POST /rounds/:roundId/carry-over', {
  summary: 'Carry recommendations over, close them, or merge them into one; all of those named or none.',
  input: z.object({
    roundId: Id,
    recommendationIds: z.array(Id).min(1).max(500),
    act: CarryAct,
    /** Into which one they are merged. */
    intoId: Id.nullable().default(null),
    /** Not needed to carry over. */
    reason: OptionalParagraph.default(''),
  }),
  output: CarryOver,
})
export const raiseArising = command('carrying.raiseArising', 'POST /rounds/:roundId/carry-over/items', {
  summary: 'Put what is carried over on the agenda of a session, as matters arising.',
  input: z.object({ roundId: Id, sessionId: Id, language: Language }),
  output: AgendaItem,
})
