import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { planRound } from '@multilogue/shared/rounds'
import type { EntityManager } from 'typeorm'
import { must, seatOf, type Caller } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { managesSeats } from '../access/seat.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { insert, row, rows } from '../common/sql.js'
import { People } from '../identity/people.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'

export type PlannedRound = Omit<InputOf<typeof planRound>, 'previousId'> & { previousId?: string | null }

/** Planning a round: from nothing, or after an earlier one. */
@Injectable()
export class Planning {
  constructor(private readonly people: People) {}

  @Handles(planRound)
  async planRound(work: Writing, input: InputOf<typeof planRound>) {
    const { db, caller, record } = work
    const { previousId } = input
    await mustPlan(db, caller, previousId)
    if (input.closes < input.opens) throw invalidInput('closes', 'It cannot close before it opens.')
    const id = await this.plan(work, input)
    if (previousId) await takeOver(work, previousId, id)
    const { personId } = caller
    const kept = await row<{ id: string }>(
      db,
      `SELECT id FROM seat WHERE round_id = $1 AND person_id = $2 AND role = 'secretariat'`,
      [id, personId],
    )
    const seatId = kept?.id ?? (await this.people.seat(work, { personId, roundId: id, role: 'secretariat' }))
    record(id, 'seat.given', { seatId })
    return { id, seatId }
  }

  /** @returns the round's id; it starts as planned */
  async plan({ db }: Writing, round: PlannedRound): Promise<string> {
    const id = newId()
    await insert(db, 'round', {
      id,
      number: round.number,
      title: round.title,
      place: round.place,
      opens: round.opens,
      closes: round.closes,
      status: 'planned',
      previous_id: round.previousId ?? null,
      symbol_prefix: round.symbolPrefix,
      languages: ['ar', 'en', 'es', 'fr', 'ru', 'zh'],
    })
    return id
  }
}

/** Whoever services the round before, or has the forum in hand. */
async function mustPlan(db: EntityManager, caller: Caller, previousId: string | null): Promise<void> {
  const { personId } = caller
  const person = await row<{ administers: boolean }>(db, `SELECT administers FROM person WHERE id = $1`, [personId])
  if (person?.administers) {
    if (previousId && !(await row(db, `SELECT 1 FROM round WHERE id = $1`, [previousId]))) throw nothingHere()
    return
  }
  const seat = previousId ? seatIn(caller, previousId) : seatOf(caller)
  must(managesSeats(seat), 'Only the secretariat plans a round.')
}

/** Delegations, those who sit in the round, whom to turn to, groups and rules; credentials are given for one round only. */
async function takeOver({ db, now }: Writing, fromId: string, toId: string): Promise<void> {
  await db.query(
    `UPDATE round SET rules = p.rules, languages = p.languages FROM round p WHERE round.id = $1 AND p.id = $2`,
    [...[toId, fromId]],
  )
  const before = await rows<{ id: string; code: string; name: string; kind: string }>(
    db,
    `SELECT id, code, name, kind FROM delegation WHERE round_id = $1`,
    [fromId],
  )
  const after = new Map<string, string>()
  for (const { id, code, name, kind } of before) {
    after.set(id, newId())
    await insert(db, 'delegation', { id: after.get(id), round_id: toId, code, name, kind, credentials: 'none' })
  }
  const seats = await rows<{ id: string; person_id: string; role: string; delegation_id: string | null }>(
    db,
    `SELECT id, person_id, role, delegation_id FROM seat WHERE round_id = $1 AND ended_at IS NULL ORDER BY starts_at, id`,
    [fromId],
  )
  for (const { id: before, person_id, role, delegation_id } of seats) {
    const id = newId()
    const place = { round_id: toId, delegation_id: delegation_id && after.get(delegation_id) }
    await insert(db, 'seat', { id, person_id, role, ...place, starts_at: now })
    for (const focalPoint of await focalPointsAt(db, before))
      await insert(db, 'focal_point', { ...focalPoint, id: newId(), seat_id: id })
  }
  const bodies = await rows<{ id: string; code: string; name: string; members: string[] }>(
    db,
    `SELECT b.id, b.code, b.name, array(SELECT m.delegation_id FROM body_member m WHERE m.body_id = b.id) AS members
     FROM body b WHERE b.round_id = $1`,
    [fromId],
  )
  for (const { code, name, members } of bodies) {
    const id = newId()
    await insert(db, 'body', { id, round_id: toId, code, name })
    await db.query(`INSERT INTO body_member (body_id, delegation_id) SELECT $1, unnest($2::uuid[])`, [
      ...[id, members.map((member) => after.get(member)!)],
    ])
  }
}

const focalPointsAt = (db: EntityManager, seatId: string) =>
  rows<Record<string, unknown>>(
    db,
    `SELECT topic, languages, time_zone, named_by, named_at FROM focal_point WHERE seat_id = $1 AND ended_at IS NULL`,
    [seatId],
  )
