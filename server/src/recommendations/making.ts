import type { makeRecommendation } from '@multilogue/shared/recommendations'
import type { InputOf } from '@multilogue/shared/contract'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { lockRound } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { invalidInput } from '../common/problem.js'
import { row, rows } from '../common/sql.js'
import type { Writing } from '../work/work.js'

export type Fields = Omit<InputOf<typeof makeRecommendation>, 'roundId' | 'language' | 'from' | 'addresseeIds'>

/** A recommendation that is not there yet. */
export type New = Omit<InputOf<typeof makeRecommendation>, 'roundId' | 'from'> & {
  quote?: string
  /** The file and its row that it was read from. */
  source?: { importId: string; row: number }
}

export const columnsOf = (fields: Fields) => ({
  title: fields.title,
  action: fields.action,
  rationale: fields.rationale,
  force: fields.force,
  priority: fields.priority,
  owner: fields.owner,
  due_on: fields.dueOn,
  measure: fields.measure,
  sdg_targets: fields.sdgTargets,
})

/**
 * Writes proposals, numbered on in their order; two statements, however many they are.
 * @returns their ids
 */
export async function makeAll(
  { db, now }: Writing,
  seat: ActingSeat,
  { roundId, all }: { roundId: string; all: readonly New[] },
): Promise<string[]> {
  await mustBeMembers(
    db,
    roundId,
    all.map(({ addresseeIds }) => addresseeIds),
  )
  await lockRound(db, roundId)
  const last = await row<{ number: number }>(
    db,
    `SELECT coalesce(max(number), 0) AS number FROM recommendation WHERE round_id = $1`,
    [roundId],
  )
  const made = all.map((one, place) => ({
    ...columnsOf(one),
    ...{ id: newId(), number: last!.number + place + 1, language: one.language, quote: one.quote ?? '' },
    ...{ import_id: one.source?.importId ?? null, import_row: one.source?.row ?? null },
    addressees: [...new Set(one.addresseeIds)],
  }))
  const json = JSON.stringify(made)
  await db.query(
    `INSERT INTO recommendation (id, round_id, number, title, action, rationale, force, priority, owner, due_on, measure,
       sdg_targets, language, quote, import_id, import_row, seat_id, created_at)
     SELECT id, $2, number, title, action, rationale, force, priority, owner, due_on, measure, sdg_targets, language,
       quote, import_id, import_row, $3, $4
     FROM jsonb_to_recordset($1::jsonb) AS made(id uuid, number integer, title text, action text, rationale text,
       force text, priority text, owner text, due_on date, measure text, sdg_targets text[], language text, quote text, import_id uuid,
       import_row integer)`,
    [json, roundId, seat.id, now],
  )
  await db.query(
    `INSERT INTO recommendation_addressee (recommendation_id, delegation_id)
     SELECT id, unnest(addressees) FROM jsonb_to_recordset($1::jsonb) AS made(id uuid, addressees uuid[])`,
    [json],
  )
  return made.map(({ id }) => id)
}

/** Replaces those whom a proposal is addressed to. */
export async function addressTo(
  { db }: Writing,
  { id, roundId, addresseeIds }: { id: string; roundId: string; addresseeIds: string[] },
): Promise<void> {
  await mustBeMembers(db, roundId, [addresseeIds])
  await db.query(`DELETE FROM recommendation_addressee WHERE recommendation_id = $1`, [id])
  await db.query(
    `INSERT INTO recommendation_addressee (recommendation_id, delegation_id) SELECT $1, unnest($2::uuid[])`,
    [id, [...new Set(addresseeIds)]],
  )
}

async function mustBeMembers(db: EntityManager, roundId: string, lists: readonly string[][]): Promise<void> {
  const members = await rows<{ id: string }>(db, `SELECT id FROM delegation WHERE round_id = $1 AND kind = 'member'`, [
    roundId,
  ])
  const known = new Set(members.map(({ id }) => id))
  if (!lists.every((ids) => ids.every((id) => known.has(id))))
    throw invalidInput('addresseeIds', 'Not a member delegation of this round.')
}
