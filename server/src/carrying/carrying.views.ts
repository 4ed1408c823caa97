import type { Carried, CarryOver } from '@multilogue/shared/carrying'
import type { EntityManager } from 'typeorm'
import { isStaff, type ActingSeat } from '../access/caller.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { recommendationsOf } from '../recommendations/recommendations.views.js'
import { settled } from '../recommendations/recommendations.workflow.js'

/** After that, what the round has decided stands. */
export const isRoundOpen = (status: string): boolean => ['planned', 'open', 'in_session'].includes(status)

type Decided = NonNullable<Carried['decided']> & { recommendationId: string }

/** What earlier rounds have left to that of the seat, as it stands. */
export async function carryOverOf(db: EntityManager, seat: ActingSeat, now: Date): Promise<CarryOver> {
  const { roundId } = seat
  const round = await row<{ status: string; previous: CarryOver['previous'] }>(
    db,
    `SELECT r.status, CASE WHEN p.id IS NOT NULL THEN
       json_build_object('id', p.id, 'number', p.number, 'title', p.title) END AS previous
     FROM round r LEFT JOIN round p ON p.id = r.previous_id WHERE r.id = $1`,
    [roundId],
  )
  const decided = await rows<Decided>(
    db,
    `SELECT o.recommendation_id AS "recommendationId", o.act, o.reason, p.name AS "byName", ${instant('o.at')} AS at,
       CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'roundNumber', r.number, 'number', c.number,
         'title', c.title) END AS into
     FROM carry_over o JOIN person p ON p.id = o.person_id
     LEFT JOIN recommendation c ON c.id = o.into_id LEFT JOIN round r ON r.id = c.round_id WHERE o.round_id = $1`,
    [roundId],
  )
  const all = await recommendationsOf(db, seat, now, { left: 'before' })
  const items = all
    .filter((one) => one.state === 'adopted' && one.roundId !== roundId)
    .map(({ addressees, ...one }): Carried => {
      const found = decided.find(({ recommendationId }) => recommendationId === one.id)
      const codes = addressees.map(({ code }) => code)
      return { ...one, addressees: codes, settled: addressees.every(settled), decided: found ?? null }
    })
  const may = isStaff(seat) && isRoundOpen(round!.status)
  return { previous: round!.previous, items, may: named({ decide: may, raise: may }) }
}
