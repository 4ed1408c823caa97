import type { Restraint } from '@multilogue/shared/moderation'
import { conducts, type ActingSeat } from '../access/caller.js'
import type { ThreadRow } from '../access/dialogue.access.js'
import { Refusal } from '../common/problem.js'
import { row } from '../common/sql.js'
import type { Reading } from '../work/work.js'

/** What holds back a seat's next statement. All of it ends by the clock; nothing has to run for that. */
export async function restraintOf(work: Reading, thread: ThreadRow, seat: ActingSeat): Promise<Restraint> {
  const { now } = work
  // Nobody conducts what is private.
  if (thread.visibility !== 'room') return { muted: null, nextAt: null, reviewed: false, now: now.toISOString() }
  const nextAt = await nextStatementAt(work, thread, seat)
  return {
    muted: conducts(seat) ? null : await muteOf(work, thread.round_id),
    nextAt: nextAt && nextAt > now ? nextAt.toISOString() : null,
    reviewed: await waitsForRelease(work, thread, seat),
    now: now.toISOString(),
  }
}

/** @throws Refusal muted with `until` and `reason`, or slow-mode with `waitSeconds` */
export async function mustBeUnrestrained(work: Reading, thread: ThreadRow, seat: ActingSeat): Promise<Restraint> {
  const restraint = await restraintOf(work, thread, seat)
  if (restraint.muted) throw new Refusal('muted', undefined, restraint.muted)
  if (restraint.nextAt)
    throw new Refusal('slow-mode', undefined, {
      waitSeconds: Math.ceil((Date.parse(restraint.nextAt) - work.now.getTime()) / 1000),
    })
  return restraint
}

/** @throws Refusal muted with `until` and `reason` */
export async function mustNotBeMuted(work: Reading, thread: ThreadRow, seat: ActingSeat): Promise<void> {
  const mute = conducts(seat) || thread.visibility !== 'room' ? null : await muteOf(work, thread.round_id)
  if (mute) throw new Refusal('muted', undefined, mute)
}

async function muteOf({ db, caller, now }: Reading, roundId: string): Promise<Restraint['muted']> {
  const found = await row<{ until: Date; reason: string }>(
    db,
    `SELECT until, reason FROM mute WHERE round_id = $1 AND person_id = $2 AND lifted_at IS NULL AND until > $3`,
    [roundId, caller.personId, now],
  )
  return found ? { until: found.until.toISOString(), reason: found.reason } : null
}

async function nextStatementAt({ db }: Reading, thread: ThreadRow, seat: ActingSeat): Promise<Date | null> {
  if (thread.slow_seconds === 0 || conducts(seat)) return null
  const last = await row<{ at: Date | null }>(
    db,
    `SELECT max(posted_at) AS at FROM message WHERE thread_id = $1 AND seat_id = $2`,
    [thread.id, seat.id],
  )
  return last?.at ? new Date(last.at.getTime() + thread.slow_seconds * 1000) : null
}

async function waitsForRelease({ db }: Reading, thread: ThreadRow, seat: ActingSeat): Promise<boolean> {
  if (seat.delegationId === null) return false
  if (thread.reviewed) return true
  if (seat.delegationKind !== 'stakeholder') return false
  const round = await row<{ asks: boolean }>(
    db,
    `SELECT (rules->>'reviewStakeholders')::boolean AS asks FROM round WHERE id = $1`,
    [thread.round_id],
  )
  return round!.asks
}
