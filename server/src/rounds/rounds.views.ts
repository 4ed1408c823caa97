import type { AgendaItem, Body, Delegation, IssuedAgenda, Member, Round, Session } from '@multilogue/shared/rounds'
import type { EntityManager } from 'typeorm'
import {
  accredited,
  conducts,
  decides,
  holdsPen,
  isMember,
  isStaff,
  keepsRecord,
  type ActingSeat,
} from '../access/caller.js'
import { managesSeats, mayEnd, mayGive, type Place } from '../access/seat.access.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { isAhead } from './rounds.workflow.js'

/* What the rooms show of rounds: the queries, and the acts that a seat may do on each object. */

type Bare<T> = Omit<T, 'may'>

const ROUND = `SELECT r.id, r.number, r.title, r.place, r.opens::text, r.closes::text, r.status,
  r.previous_id AS "previousId", r.symbol_prefix AS "symbolPrefix", r.languages, r.rules, r.revision FROM round r`

const withRoundActs = (round: Bare<Round>, seat: ActingSeat | null): Round => {
  const here = seat?.roundId === round.id ? seat : null
  return {
    ...round,
    may: !here
      ? []
      : named({
          move: isStaff(here),
          'plan-next': managesSeats(here),
          'give-seat': managesSeats(here),
          'set-rules': isStaff(here),
          'register-delegation': isStaff(here),
          'form-body': isStaff(here),
          'schedule-session': isStaff(here),
          'issue-agenda': isStaff(here),
          recommend: mayRecommend(here),
          'read-in': keepsRecord(here),
          'open-document': mayOpenDocument(here),
          'list-assistance': mayList(here),
        }),
  }
}

/** Those who steer the text or the debate, and whoever speaks for a member. */
export const mayRecommend = (seat: ActingSeat) =>
  holdsPen(seat) || seat.role === 'rapporteur' || (isMember(seat) && decides(seat))
export const mayOpenDocument = (seat: ActingSeat) => holdsPen(seat) || isStaff(seat) || isMember(seat)
export const mayList = (seat: ActingSeat) => accredited(seat)

export async function roundView(
  db: EntityManager,
  roundId: string,
  seat: ActingSeat | null,
): Promise<Round | undefined> {
  const found = await row<Bare<Round>>(db, `${ROUND} WHERE r.id = $1`, [roundId])
  return found && withRoundActs(found, seat)
}

export async function roundsOf(db: EntityManager, personId: string, seat: ActingSeat | null): Promise<Round[]> {
  const found = await rows<Bare<Round>>(
    db,
    `${ROUND} WHERE EXISTS (SELECT 1 FROM seat s WHERE s.round_id = r.id AND s.person_id = $1 AND s.ended_at IS NULL)
     ORDER BY r.number DESC`,
    [personId],
  )
  return found.map((round) => withRoundActs(round, seat))
}

const SESSION = `SELECT s.id, s.round_id AS "roundId", s.kind, s.title, ${instant('s.starts_at')} AS "startsAt",
  ${instant('s.ends_at')} AS "endsAt", s.time_zone AS "timeZone", s.venue, s.status,
  s.formality, ${instant('s.suspended_until')} AS "suspendedUntil",
  s.current_item_id AS "currentItemId", s.sequence, s.revision,
  (SELECT json_build_object('code', d.code, 'name', d.name) FROM review r JOIN delegation d ON d.id = r.delegation_id
   WHERE r.session_id = s.id) AS reviewed FROM session s`

const withSessionActs = (session: Bare<Session>, seat: ActingSeat): Session => ({
  ...session,
  may: named({
    conduct: conducts(seat),
    'add-item': isStaff(seat),
    'prepare-review': isStaff(seat) && isAhead(session.status) && !session.reviewed,
    reschedule: isStaff(seat) && isAhead(session.status),
    cancel: conducts(seat) && isAhead(session.status),
  }),
})

export async function sessionsOf(db: EntityManager, roundId: string, seat: ActingSeat): Promise<Session[]> {
  const found = await rows<Bare<Session>>(db, `${SESSION} WHERE s.round_id = $1 ORDER BY s.starts_at, s.id`, [roundId])
  return found.map((session) => withSessionActs(session, seat))
}

export async function sessionView(db: EntityManager, id: string, seat: ActingSeat): Promise<Session | undefined> {
  const found = await row<Bare<Session>>(db, `${SESSION} WHERE s.id = $1`, [id])
  return found && withSessionActs(found, seat)
}

const ITEM = `SELECT i.id, i.session_id AS "sessionId", i.number, i.title, i.questions, t.id AS "threadId",
  i.document_id AS "documentId", i.state FROM agenda_item i JOIN thread t
  ON t.agenda_item_id = i.id AND t.visibility = 'room'`

export const itemsOf = (db: EntityManager, sessionId: string): Promise<AgendaItem[]> =>
  rows<AgendaItem>(db, `${ITEM} WHERE i.session_id = $1 ORDER BY string_to_array(i.number, '.')::int[]`, [sessionId])

const MEMBER = `json_build_object('seatId', s.id, 'name', p.name, 'role', s.role, 'delegationId', s.delegation_id,
  'email', p.email, 'invited', p.password_hash IS NULL)`
type Stored = Omit<Member, 'may' | 'email'> & Place & { email: string }

/** Addresses are for those who give seats. */
const withMemberActs = (seat: ActingSeat, { delegationId, ...member }: Stored): Member => ({
  ...member,
  email: mayGive(seat, { delegationId, role: 'adviser' }) ? member.email : null,
  may: named({ end: mayEnd(seat, { delegationId, role: member.role }), invite: managesSeats(seat) }),
})

/** Those who sit for no delegation. */
export async function officersOf(db: EntityManager, roundId: string, seat: ActingSeat): Promise<Member[]> {
  const found = await rows<{ member: Stored }>(
    db,
    `SELECT ${MEMBER} AS member FROM seat s JOIN person p ON p.id = s.person_id
     WHERE s.round_id = $1 AND s.delegation_id IS NULL AND s.ended_at IS NULL ORDER BY s.starts_at, s.id`,
    [roundId],
  )
  return found.map(({ member }) => withMemberActs(seat, member))
}

const DELEGATION = `SELECT d.id, d.round_id AS "roundId", d.code, d.name, d.kind, d.credentials, d.revision,
  coalesce((SELECT json_agg(${MEMBER} ORDER BY s.starts_at, s.id)
    FROM seat s JOIN person p ON p.id = s.person_id WHERE s.delegation_id = d.id AND s.ended_at IS NULL), '[]') AS members
  FROM delegation d`

type StoredDelegation = Omit<Delegation, 'may' | 'members'> & { members: Stored[] }

const withDelegationActs = (delegation: StoredDelegation, seat: ActingSeat): Delegation => ({
  ...delegation,
  members: delegation.members.map((member) => withMemberActs(seat, member)),
  may: named({
    'set-credentials': isStaff(seat),
    'give-seat': mayGive(seat, { delegationId: delegation.id, role: 'adviser' }),
  }),
})

export async function delegationsOf(db: EntityManager, roundId: string, seat: ActingSeat): Promise<Delegation[]> {
  const found = await rows<StoredDelegation>(
    db,
    `${DELEGATION} WHERE d.round_id = $1 ORDER BY d.kind = 'stakeholder', d.kind = 'observer', d.name`,
    [roundId],
  )
  return found.map((delegation) => withDelegationActs(delegation, seat))
}

export async function delegationView(db: EntityManager, id: string, seat: ActingSeat): Promise<Delegation | undefined> {
  const found = await row<StoredDelegation>(db, `${DELEGATION} WHERE d.id = $1`, [id])
  return found && withDelegationActs(found, seat)
}

export const bodiesOf = (db: EntityManager, roundId: string): Promise<Body[]> =>
  rows<Body>(
    db,
    `SELECT b.id, b.round_id AS "roundId", b.code, b.name, coalesce(array_agg(m.delegation_id) FILTER (WHERE m.delegation_id IS NOT NULL), '{}') AS "delegationIds"
     FROM body b LEFT JOIN body_member m ON m.body_id = b.id WHERE b.round_id = $1 GROUP BY b.id ORDER BY b.name`,
    [roundId],
  )

export const agendaOf = (db: EntityManager, roundId: string): Promise<IssuedAgenda[]> =>
  rows<IssuedAgenda>(
    db,
    `SELECT i.id AS "issuedId", i.symbol, ${instant('i.issued_at')} AS "issuedAt"
     FROM issued_document i JOIN document d ON d.id = i.document_id
     WHERE d.round_id = $1 AND d.kind = 'agenda' ORDER BY i.issued_at, i.id`,
    [roundId],
  )
