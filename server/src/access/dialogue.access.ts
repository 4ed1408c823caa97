import type { MessageState, ThreadVisibility } from '@multilogue/shared/dialogue'
import type { Language } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import {
  accredited,
  conducts,
  decides,
  isMember,
  isStaff,
  mustBe,
  presides,
  type ActingSeat,
  type Caller,
} from './caller.js'
import { inRound, seatIn } from './round.access.js'
import { SEES_THREAD } from './thread.access.js'

/*
 * Who may do what in the dialogue
 *
 * Members' delegations speak while the thread is open. Observers and stakeholders speak when the chair has
 * opened the floor to all. Chair, facilitator, rapporteur and secretariat speak in their function. Rejected
 * or missing credentials take the floor away; provisional ones do not.
 * Where a delegation stands on a statement is said by the head or alternate of a member, not on its own statement.
 * Only the chair says whether positions are on the record. Rapporteur and secretariat keep the proceedings: key points
 * and summaries, of which a draft is shown to them and the chair alone. Chair, secretariat and rapporteur park what
 * is left for later and keep the board of an item; chair and secretariat send matters to later sessions. Only the
 * chair closes an item. Everybody in the round reads all of it and may follow.
 * Who speaks in the round may flag what others have said. Chair and secretariat keep order; a statement that waits for
 * their release, or was declined, exists for them and its author alone. Nobody can take a wording out of the trail.
 * Whoever speaks attaches files to what is said, and whoever reads the words of a statement has its files.
 * Whoever reads a statement may have it translated as long as it stands; the secretariat puts human translations in the
 * place of a machine's.
 *
 * A private thread is there for its own people and nobody else: who it is for stands in thread.access.ts. Everybody who
 * sees it speaks in it, and delegations need their credentials for that. Nobody conducts it, nothing is recorded of it,
 * and nothing is carried out of it: no recommendation, listing or parked matter is made from what was said there.
 */
export interface ThreadRow {
  id: string
  round_id: string
  agenda_item_id: string
  title: string
  visibility: ThreadVisibility
  delegation_id: string | null
  body_id: string | null
  state: 'open' | 'closed'
  floor: string
  positions_on_record: boolean
  slow_seconds: number
  reviewed: boolean
  revision: number
}

export interface MessageRow {
  id: string
  thread_id: string
  seat_id: string
  person_id: string
  language: Language
  body: string
  state: MessageState
  revision: number
  posted_at: Date
  edited_at: Date | null
}

export interface ItemRow {
  id: string
  session_id: string
  round_id: string
  thread_id: string
  state: 'open' | 'closed'
  revision: number
}

export function maySpeak(
  seat: ActingSeat,
  thread: { state: string; floor: string; visibility: ThreadVisibility },
): boolean {
  if (thread.state !== 'open') return false
  if (thread.visibility !== 'room') return seat.delegationId === null || accredited(seat)
  if (seat.delegationId !== null) return isMember(seat) || (accredited(seat) && thread.floor === 'all')
  return seat.role !== 'admin'
}

export const mayStand = (seat: ActingSeat): seat is ActingSeat & { delegationId: string } =>
  isMember(seat) && decides(seat)
export const maySetRecord = presides
export const keepsProceedings = (seat: ActingSeat): boolean => seat.role === 'rapporteur' || isStaff(seat)
export const mayReadDraft = (seat: ActingSeat): boolean => keepsProceedings(seat) || presides(seat)
export const keepsBoard = (seat: ActingSeat): boolean => conducts(seat) || seat.role === 'rapporteur'
export const keepsOrder = conducts
export const mayFlag = (seat: ActingSeat): boolean =>
  seat.delegationId === null ? seat.role !== 'admin' : accredited(seat)
export const maySeeStatement = (seat: ActingSeat, message: { seat_id: string; state: MessageState }): boolean =>
  message.state === 'shown' || message.state === 'hidden' || message.seat_id === seat.id || keepsOrder(seat)
export const mayReadWordings = (seat: ActingSeat, message: { seat_id: string; state: MessageState }): boolean =>
  message.state !== 'hidden' || message.seat_id === seat.id || keepsOrder(seat)
export const checksTranslations = isStaff
export const mayRaiseLater = conducts
export const mayCloseItem = presides

type Work = { db: EntityManager; caller: Caller }

/** The one way to a thread. @throws Refusal not-found, for hidden and absent alike */
export async function visibleThread(
  work: Work,
  threadId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ thread: ThreadRow; seat: ActingSeat }> {
  const { found, seat } = await inRound<ThreadRow>(work, 'thread', threadId, lock)
  const shown = await row(work.db, `SELECT 1 FROM thread t WHERE t.id = $1 AND ${SEES_THREAD('$2')}`, [
    threadId,
    seat.id,
  ])
  if (!shown) throw nothingHere()
  return { thread: found, seat }
}

/** The one way to a statement, with its thread. @throws Refusal not-found */
export async function visibleMessage(
  work: Work,
  messageId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ message: MessageRow; thread: ThreadRow; seat: ActingSeat }> {
  const message = await row<MessageRow>(
    work.db,
    `SELECT * FROM message WHERE id = $1 ${lock === 'lock' ? 'FOR UPDATE' : ''}`,
    [messageId],
  )
  if (!message) throw nothingHere()
  const found = await visibleThread(work, message.thread_id)
  if (!maySeeStatement(found.seat, message)) throw nothingHere()
  return { message, ...found }
}

/** A statement from which something is made or on which something is said: it has to stand. */
export async function standingMessage(...[work, messageId, lock]: Parameters<typeof visibleMessage>) {
  const found = await visibleMessage(work, messageId, lock)
  mustBe(found.message.state === 'shown', 'The statement is not shown at the moment.')
  return found
}

/** A statement of which something is made that others see. @throws Refusal wrong-state for one made in private */
export async function openMessage(work: Work, messageId: string) {
  const found = await standingMessage(work, messageId)
  mustBe(found.thread.visibility === 'room', 'What was said in private is not carried out of it.')
  return found
}

/** The one way to an agenda item and what came of it. @throws Refusal not-found */
export async function itemOf(
  { db, caller }: Work,
  agendaItemId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ item: ItemRow; seat: ActingSeat }> {
  const item = await row<ItemRow>(
    db,
    `SELECT i.id, i.session_id, i.state, i.revision, s.round_id, t.id AS thread_id FROM agenda_item i
     JOIN session s ON s.id = i.session_id JOIN thread t ON t.agenda_item_id = i.id AND t.visibility = 'room'
     WHERE i.id = $1 ${lock === 'lock' ? 'FOR UPDATE OF i' : ''}`,
    [agendaItemId],
  )
  return { seat: seatIn(caller, item?.round_id), item: item! }
}
