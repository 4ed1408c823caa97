import { z } from 'zod'
import { command, query } from './contract.js'
import { Id, Instant, Language, May, Paragraph, ParagraphId, Revision } from './values.js'

export const SpeakingKind = z.enum(['statement', 'reply', 'point_of_order'])
export type SpeakingKind = z.infer<typeof SpeakingKind>
export const SlotState = z.enum(['listed', 'speaking', 'done', 'withdrawn'])

const Named = z.object({ id: Id, code: z.string(), name: z.string() })

/** One turn of a delegation on the list of speakers of an agenda item. */
export const Slot = z.object({
  id: Id,
  agendaItemId: Id,
  delegation: Named,
  /** The group in whose name it speaks, and which members dissociated themselves from that. */
  group: Named.extend({ members: z.array(Named.extend({ out: z.boolean() })) }).nullable(),
  kind: SpeakingKind,
  state: SlotState,
  askedAt: Instant,
  beganAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Since when the timer stands; null while it runs. */
  pausedAt: Instant.nullable(),
  /** How long it stood before that. */
  pausedMs: z.int(),
  /** Kept from when the floor was given; until then, what the rules give now. null: no limit. */
  limitSeconds: z.int().nullable(),
  /** As the server's clock has it; null before the floor was given. */
  spokenSeconds: z.int().nullable(),
  overrunSeconds: z.int(),
  /** Of the chair, on a point of order. */
  ruling: z.string().nullable(),
  /** Handed in beforehand; shown to the delegation, the chair and the secretariat alone. */
  statement: z.object({ body: z.string(), language: Language, dir: z.enum(['ltr', 'rtl']) }).nullable(),
  /** The statement as it stands in the thread since it was spoken. */
  messageId: Id.nullable(),
  may: May,
})
export type Slot = z.infer<typeof Slot>

/** What was done with the order of the list or with the list itself. Places count from 1. */
export const ListAct = z.object({
  act: z.enum(['moved', 'returned', 'opened', 'closed']),
  delegationCode: z.string().nullable(),
  from: z.int().nullable(),
  to: z.int().nullable(),
  by: z.string(),
  at: Instant,
})
export type ListAct = z.infer<typeof ListAct>

export const Speakers = z.object({
  agendaItemId: Id,
  sessionId: Id,
  /** Closed: nobody new but for a right of reply or a point of order. */
  open: z.boolean(),
  /** Counts the changes of the order. */
  revision: Revision,
  /** What the server's clock says, for timers. */
  now: Instant,
  /** Who has the floor. */
  current: Slot.nullable(),
  /** Who had it before a point of order was raised, and goes on after it. */
  interrupted: Slot.nullable(),
  listed: z.array(Slot),
  /** Who has spoken, the last one first. */
  spoken: z.array(Slot),
  trail: z.array(ListAct),
  /** The paragraph of the item's text that is under discussion, as far as that was said. */
  paragraphId: z.string().nullable(),
  /** What the acting seat may ask for: kinds, `group`, `conduct` and `show`. */
  may: May,
})
export type Speakers = z.infer<typeof Speakers>

/** Seconds for which a turn had the floor, pauses left out. null before it began. */
export function secondsSpoken(
  slot: { beganAt: string | null; endedAt: string | null; pausedAt: string | null; pausedMs: number },
  now: number,
): number | null {
  if (slot.beganAt === null) return null
  const until = slot.endedAt ?? slot.pausedAt
  const at = until === null ? now : Date.parse(until)
  return Math.max(0, Math.floor((at - Date.parse(slot.beganAt) - slot.pausedMs) / 1000))
}

export const getSpeakers = query('speakers.getSpeakers', 'GET /items/:agendaItemId/speakers', {
  summary: 'The list of speakers of an agenda item: who has the floor, who is next, who has spoken.',
  input: z.object({ agendaItemId: Id }),
  output: Speakers,
})
export const askForFloor = command('speakers.askForFloor', 'POST /items/:agendaItemId/speakers', {
  summary: 'Ask for the floor, for the delegation or on behalf of a group. The rules of the round say at which place.',
  input: z.object({ agendaItemId: Id, kind: SpeakingKind.default('statement'), onBehalfOf: Id.optional() }),
  output: Slot,
})
export const withdrawFromList = command('speakers.withdrawFromList', 'DELETE /speakers/:slotId', {
  summary: 'Take a delegation off the list before it has the floor.',
  input: z.object({ slotId: Id }),
  output: Slot,
})
export const giveFloor = command('speakers.giveFloor', 'POST /speakers/:slotId/floor', {
  summary: 'Give the floor to a listed delegation. A point of order stops the timer of whoever speaks.',
  input: z.object({
    slotId: Id,
    /** The turn that ends with this; refused when it is not the one that has the floor. */
    ending: Id.optional(),
  }),
  output: Slot,
})
export const endFloor = command('speakers.endFloor', 'DELETE /speakers/:slotId/floor', {
  summary: 'End a turn. A statement that was handed in is published in the thread.',
  input: z.object({ slotId: Id }),
  output: Slot,
})
export const pauseTimer = command('speakers.pauseTimer', 'PATCH /speakers/:slotId/floor', {
  summary: 'Stop the timer of whoever has the floor, or let it run on.',
  input: z.object({ slotId: Id, paused: z.boolean() }),
  output: Slot,
})
export const moveSpeaker = command('speakers.moveSpeaker', 'PATCH /speakers/:slotId', {
  summary: 'Give a listed delegation another place. The trail says who moved whom from where to where.',
  input: z.object({
    slotId: Id,
    /** Counts from 1. */
    to: z.int().min(1).max(1000),
    revision: Revision,
  }),
  output: Slot,
})
export const returnSpeaker = command('speakers.returnSpeaker', 'POST /speakers/:slotId/return', {
  summary: 'Put the one who spoke last back to the head of the list, as if the floor had not been given.',
  input: z.object({ slotId: Id }),
  output: Slot,
})
export const conductList = command('speakers.conductList', 'PATCH /items/:agendaItemId/speakers', {
  summary: 'Close the list of speakers, or open it again.',
  input: z.object({ agendaItemId: Id, open: z.boolean(), revision: Revision }),
  output: Speakers,
})
export const rule = command('speakers.rule', 'PUT /speakers/:slotId/ruling', {
  summary: 'Record the ruling on a point of order.',
  input: z.object({ slotId: Id, ruling: Paragraph }),
  output: Slot,
})
export const dissociate = command('speakers.dissociate', 'PUT /speakers/:slotId/dissociation', {
  summary: 'Say that the delegation does not join what its group says, or that it does after all.',
  input: z.object({ slotId: Id, out: z.boolean() }),
  output: Slot,
})
export const handIn = command('speakers.handIn', 'PUT /speakers/:slotId/statement', {
  summary:
    'Hand in the words of a statement before it is spoken. They stay with the delegation, chair and secretariat.',
  input: z.object({ slotId: Id, body: Paragraph, language: Language }),
  output: Slot,
})
export const showPassage = command('speakers.showPassage', 'PUT /items/:agendaItemId/passage', {
  summary: "Say which paragraph of the item's text is under discussion; the screen of the room shows it.",
  input: z.object({ agendaItemId: Id, paragraphId: ParagraphId.nullable() }),
  output: Speakers,
})
