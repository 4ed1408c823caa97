import { goalCellsOf, goalLinesOf, goalsOf, stagesOf, type Charted } from '@multilogue/shared/charts'
import { figuresOf } from '@multilogue/shared/figures'
import type { EntityManager } from 'typeorm'
import { linesOf } from '../countries/countries.views.js'
import { trackedOf } from '../recommendations/tracked.views.js'

/** The same for all readers. */
export async function chartsOf(db: EntityManager, { roundId, now }: { roundId: string; now: Date }) {
  const tracked = await trackedOf(db, roundId, now)
  const charted: Charted[] = tracked.flatMap(({ sdgTargets, addressees }) => {
    const goals = goalsOf(sdgTargets)
    return addressees.map((one) => ({ ...one, goals }))
  })
  return {
    stages: stagesOf(charted),
    figures: figuresOf(charted),
    goals: goalLinesOf(charted),
    cells: goalCellsOf(charted),
    ...(await linesOf(db, { roundId, now })),
  }
}
