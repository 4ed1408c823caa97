import { quorumOf } from '@multilogue/shared/quorum'
import type { Presence, PresentDelegation } from '@multilogue/shared/presence'
import type { RoundRules } from '@multilogue/shared/rules'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { countsForQuorum, mayDeclare } from '../access/presence.access.js'
import { named } from '../common/acts.js'
import { row, rows } from '../common/sql.js'

/** Whose connection is lost stays this long: most are back in a moment, and nobody needs to see it. */
export const PATIENCE_MS = 8_000
/** Connections of a server that has said nothing for so long are taken for gone. */
export const SILENCE_SECONDS = 35

/**
 * Servers are believed by the clock of the database, which all of them share; who has left, by the clock that decides.
 * $1 session, $2 since when those who have left are gone.
 */
const ONLINE = `SELECT DISTINCT s.delegation_id FROM presence c JOIN seat s ON s.id = c.seat_id
  WHERE c.session_id = $1 AND s.ended_at IS NULL AND s.delegation_id IS NOT NULL
    AND (c.left_at > $2 OR (c.left_at IS NULL AND c.alive_at > clock_timestamp() - interval '${SILENCE_SECONDS} seconds'))`

/** Whether a delegation is online at a session. */
export async function isOnline({ db, now }: At, sessionId: string, delegationId: string): Promise<boolean> {
  const found = await row(db, `SELECT 1 FROM (${ONLINE}) o WHERE o.delegation_id = $3`, [
    sessionId,
    new Date(now.getTime() - PATIENCE_MS),
    delegationId,
  ])
  return found !== undefined
}

const DELEGATIONS = `SELECT d.id, d.code, d.name, d.kind, d.credentials, coalesce(a.in_room, false) AS "inRoom",
    d.id IN (${ONLINE}) AS online
  FROM delegation d JOIN session n ON n.round_id = d.round_id
  LEFT JOIN attendance a ON a.session_id = n.id AND a.delegation_id = d.id
  WHERE n.id = $1 ORDER BY d.kind = 'stakeholder', d.kind = 'observer', d.name`

type Bare = Omit<PresentDelegation, 'counts'>
type At = { db: EntityManager; now: Date }

async function delegationsAt({ db, now }: At, sessionId: string): Promise<PresentDelegation[]> {
  const found = await rows<Bare>(db, DELEGATIONS, [sessionId, new Date(now.getTime() - PATIENCE_MS)])
  return found.map((one) => ({ ...one, counts: countsForQuorum(one.kind, one.credentials) }))
}

export const isPresent = ({ inRoom, online }: Bare): boolean => inRoom || online

/** The members that count and are present. */
export async function membersPresent(at: At, sessionId: string): Promise<string[]> {
  const all = await delegationsAt(at, sessionId)
  return all.filter((one) => one.counts && isPresent(one)).map(({ id }) => id)
}

export async function presenceView(at: At, seat: ActingSeat, sessionId: string): Promise<Presence> {
  const delegations = await delegationsAt(at, sessionId)
  const session = await row<{ status: string; rules: RoundRules }>(
    at.db,
    `SELECT s.status, r.rules FROM session s JOIN round r ON r.id = s.round_id WHERE s.id = $1`,
    [sessionId],
  )
  const members = delegations.filter(({ counts }) => counts)
  const isOver = session!.status === 'ended' || session!.status === 'cancelled'
  return {
    sessionId,
    delegations,
    present: members.filter(isPresent).length,
    members: members.length,
    quorum: quorumOf(session!.rules, members.length),
    at: at.now.toISOString(),
    may: named({ declare: !isOver && mayDeclare(seat) }),
  }
}
