import type { SpeakingKind } from '@multilogue/shared/speakers'
import type { RoundRules } from '@multilogue/shared/rules'
import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import { accredited, conducts, decides, holdsPen, isMember, presides, type ActingSeat, type Caller } from './caller.js'
import { seatIn } from './round.access.js'

/*
 * Who may do what with a list of speakers
 *
 * Delegations ask for the floor: members always, observers and stakeholders where the floor of the item's thread is
 * open to all. Rights of reply and points of order are the members'. For a group asks the head or alternate of one of
 * its members; every other member may dissociate itself. A delegation withdraws its own turn and hands in its own
 * words, which it shows to the chair and the secretariat alone. Chair and secretariat conduct the list; on a point of
 * order the chair rules. They and the
 * facilitator say which paragraph is under discussion. Everybody in the round reads the list.
 */
export interface ItemRow {
  agenda_item_id: string
  session_id: string
  round_id: string
  status: string
  formality: string
  current_item_id: string | null
  thread_id: string
  document_id: string | null
  floor: string
  rules: RoundRules
}

export interface SlotRow {
  id: string
  agenda_item_id: string
  delegation_id: string
  body_id: string | null
  person_id: string
  seat_id: string
  kind: SpeakingKind
  state: 'listed' | 'speaking' | 'done' | 'withdrawn'
  place: number | null
  began_at: Date | null
  paused_at: Date | null
  message_id: string | null
}

export const mayAsk = (seat: ActingSeat, item: Pick<ItemRow, 'floor'>, kind: SpeakingKind): boolean =>
  isMember(seat) || (kind === 'statement' && accredited(seat) && item.floor === 'all')

export const mayAskForGroup = (seat: ActingSeat, item: Pick<ItemRow, 'floor'>): boolean =>
  mayAsk(seat, item, 'statement') && decides(seat)

type Owned = Pick<SlotRow, 'delegation_id'>
export const isOwnTurn = (seat: ActingSeat, slot: Owned): boolean =>
  accredited(seat) && seat.delegationId === slot.delegation_id
export const mayWithdraw = (seat: ActingSeat, slot: Owned): boolean => isOwnTurn(seat, slot) || conducts(seat)
export const mayReadStatement = (seat: ActingSeat, slot: Owned): boolean =>
  seat.delegationId === slot.delegation_id || conducts(seat)
export const mayConductList = conducts
export const mayRule = presides
export const mayShowPassage = (seat: ActingSeat): boolean => conducts(seat) || holdsPen(seat)
/** @param members  delegations of the group for which the turn is */
export const mayDissociate = (seat: ActingSeat, slot: Owned, members: readonly string[]): boolean =>
  decides(seat) && seat.delegationId !== slot.delegation_id && members.includes(seat.delegationId!)

const ITEM = `SELECT i.id AS agenda_item_id, i.session_id, s.round_id, s.status, s.formality, s.current_item_id, i.document_id,
  t.id AS thread_id, t.floor, r.rules
  FROM agenda_item i JOIN session s ON s.id = i.session_id JOIN round r ON r.id = s.round_id
  JOIN thread t ON t.agenda_item_id = i.id AND t.visibility = 'room' WHERE i.id = $1`

type Work = { db: EntityManager; caller: Caller }

/** The one way to an agenda item's list. @throws Refusal not-found */
export async function listOfItem(
  { db, caller }: Work,
  agendaItemId: string,
): Promise<{ item: ItemRow; seat: ActingSeat }> {
  const item = await row<ItemRow>(db, ITEM, [agendaItemId])
  return { seat: seatIn(caller, item?.round_id), item: item! }
}

/**
 * The list, locked: whatever is done with it is done one after the other.
 * @returns how the session sits and who is listed, as it stands now
 */
export async function lockedList(
  work: Work,
  agendaItemId: string,
): Promise<{ item: ItemRow; seat: ActingSeat; list: { open: boolean; revision: number } }> {
  await listOfItem(work, agendaItemId)
  await work.db.query(`INSERT INTO speakers_list (agenda_item_id) VALUES ($1) ON CONFLICT DO NOTHING`, [agendaItemId])
  const list = await row<{ open: boolean; revision: number }>(
    work.db,
    `SELECT open, revision FROM speakers_list WHERE agenda_item_id = $1 FOR UPDATE`,
    [agendaItemId],
  )
  // A session is not suspended, and no other item called up, while the floor is being given.
  await work.db.query(`SELECT 1 FROM session WHERE id = (SELECT session_id FROM agenda_item WHERE id = $1) FOR SHARE`, [
    agendaItemId,
  ])
  return { ...(await listOfItem(work, agendaItemId)), list: list! }
}

/** The one way to a turn, with its list locked. @throws Refusal not-found */
export async function lockedSlot(work: Work, slotId: string) {
  const known = await row<{ agenda_item_id: string }>(
    work.db,
    `SELECT agenda_item_id FROM speaker_slot WHERE id = $1`,
    [slotId],
  )
  if (!known) throw nothingHere()
  const locked = await lockedList(work, known.agenda_item_id)
  const slot = (await row<SlotRow>(work.db, `SELECT * FROM speaker_slot WHERE id = $1`, [slotId]))!
  return { ...locked, slot }
}
