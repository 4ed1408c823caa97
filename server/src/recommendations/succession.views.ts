import type { Recommendation, SuccessionAct } from '@multilogue/shared/recommendations'
import type { EntityManager } from 'typeorm'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { LINEAGE } from './lineage.js'

type Succeeded = NonNullable<Recommendation['succeeded']>
type Lineage = Pick<Recommendation, 'succeeded' | 'replaces'>

interface Step {
  fromId: string
  toId: string
  act: SuccessionAct
  reason: string
  byName: string
  at: string
  from: Succeeded['into'][number]
  to: Succeeded['into'][number]
}

const RELATIVE = (c: string, r: string) =>
  `json_build_object('id', ${c}.id, 'roundNumber', ${r}.number, 'number', ${c}.number, 'title', ${c}.title)`

/** What stands in the place of which, as the round knows it; nothing for those that have neither. */
export async function lineageOf(
  db: EntityManager,
  roundId: string,
  ids: readonly string[],
): Promise<(id: string) => Lineage> {
  const steps = await rows<Step>(
    db,
    `SELECT s.from_id AS "fromId", s.to_id AS "toId", s.act, s.reason, p.name AS "byName", ${instant('s.at')} AS at,
       ${RELATIVE('f', 'fr')} AS "from", ${RELATIVE('t', 'tr')} AS "to"
     FROM succession s JOIN person p ON p.id = s.person_id
     JOIN recommendation f ON f.id = s.from_id JOIN round fr ON fr.id = f.round_id
     JOIN recommendation t ON t.id = s.to_id JOIN round tr ON tr.id = t.round_id
     WHERE s.round_id IN ${LINEAGE('$1')} AND (s.from_id = ANY($2) OR s.to_id = ANY($2))
     ORDER BY fr.number, f.number, tr.number, t.number`,
    [roundId, ids],
  )
  const onwards = stepsBy(steps, 'fromId')
  const back = stepsBy(steps, 'toId')
  return (id) => {
    const [first, ...others] = onwards.get(id) ?? []
    const replaces = (back.get(id) ?? []).map(({ from, act }) => ({ ...from, act }))
    if (!first) return { succeeded: null, replaces }
    const { act, reason, byName, at } = first
    return { succeeded: { act, reason, byName, at, into: [first, ...others].map(({ to }) => to) }, replaces }
  }
}

function stepsBy(steps: readonly Step[], end: 'fromId' | 'toId'): Map<string, Step[]> {
  const by = new Map<string, Step[]>()
  for (const step of steps) {
    const same = by.get(step[end])
    if (same) same.push(step)
    else by.set(step[end], [step])
  }
  return by
}
