import type { Counted } from '@multilogue/shared/figures'
import { directionOf } from '@multilogue/shared/language'
import type { PublicRecommendation } from '@multilogue/shared/portal'
import type { ImplementationStatus } from '@multilogue/shared/recommendations'
import type { EntityManager } from 'typeorm'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { FOLLOWED, LINEAGE } from './lineage.js'
import { flagsOf } from './recommendations.workflow.js'

/* What is followed up, with what the figures count; the same for whoever reads them. */

type Told = PublicRecommendation['addressees'][number]
export type Tracked = Omit<PublicRecommendation, 'addressees'> & { addressees: (Counted & Omit<Told, 'status'>)[] }

interface Row extends Omit<PublicRecommendation, 'dir' | 'addressees'> {
  adoptedAt: Date | null
  addressees: {
    code: string
    name: string
    response: Told['response']
    status: ImplementationStatus
    assurance: Counted['assurance']
    statusAt: string | null
  }[]
}

interface Which {
  /** `found`: those that the round had from the ones before when it began, whatever it has done with them. */
  left?: 'here' | 'found'
  /** What is addressed to the party with that code. */
  code?: string
  /** Behind which recommendation a page begins, and how many it has at most. */
  after?: string | undefined
  limit?: number
}

/** Adopted recommendations of the round and those that came before it, newest round first. */
export async function trackedOf(
  db: EntityManager,
  roundId: string,
  now: Date,
  { left = 'here', code, after, limit }: Which = {},
): Promise<Tracked[]> {
  const found = await rows<Row>(
    db,
    `SELECT c.id, r.number AS "roundNumber", c.number, c.title, c.action, c.owner, c.due_on::text AS "dueOn",
       c.sdg_targets AS "sdgTargets", c.language, c.adopted_at AS "adoptedAt",
       (SELECT coalesce(json_agg(json_build_object('code', d.code, 'name', d.name, 'response', a.response,
          'status', a.status, 'assurance', a.assurance, 'statusAt', ${instant('a.status_at')}) ORDER BY d.name), '[]')
        FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
        WHERE a.recommendation_id = c.id) AS addressees
     FROM recommendation c JOIN round r ON r.id = c.round_id
     WHERE c.state = 'adopted' AND c.round_id IN ${LINEAGE('$1')} AND ${FOLLOWED('$1', left)}
       AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
         WHERE a.recommendation_id = c.id AND d.code = $2))
       AND ($3::uuid IS NULL OR (-r.number, c.number, c.id) > (SELECT -q.number, b.number, b.id
         FROM recommendation b JOIN round q ON q.id = b.round_id WHERE b.id = $3))
     ORDER BY r.number DESC, c.number, c.id LIMIT $4`,
    [roundId, code ?? null, after ?? null, limit ?? null],
  )
  return found.map(({ adoptedAt, ...one }) => ({
    ...one,
    dir: directionOf(one.language),
    addressees: one.addressees.map((addressee) => {
      const statusAt = addressee.statusAt === null ? null : new Date(addressee.statusAt)
      const progress = { state: 'adopted', adoptedAt, dueOn: one.dueOn, ...addressee, statusAt }
      return { ...addressee, flags: flagsOf(progress, now) }
    }),
  }))
}
