import type { Match } from '@multilogue/shared/matches'
import type { EntityManager } from 'typeorm'
import { rows } from '../../common/sql.js'

/** What an activity of IATI says of a match; days are `YYYY-MM-DD`, money is of the unit's currency. */
export interface Activity {
  id: string
  title: string
  language: string
  state: 'agreed' | 'active' | 'completed' | 'cancelled'
  scope: string
  /** What the request seeks. */
  sought: string
  agreedOn: string
  begunOn: string | null
  dueOn: string
  endedOn: string | null
  changedAt: string
  sectors: string[]
  sdgTargets: string[]
  modalities: string[]
  genderMarker: number | null
  parties: {
    name: string
    role: Match['parties'][number]['role']
    isCountry: boolean
    /** ISO 3166-1 alpha-2, of countries. */
    alpha2: string | null
    givesMoney: boolean
  }[]
  outcomes: { id: string; activity: string; outcome: string; goal: string }[]
  commitments: {
    unit: string
    provider: string
    pledged: number
    confirmed: number | null
    delivered: number
    pledgedOn: string
    confirmedOn: string | null
    deliveredOn: string | null
    isWithdrawn: boolean
  }[]
}

const PAGE = 200

const DAY = (column: string) => `(${column} AT TIME ZONE 'UTC')::date::text`

/** Matches that were agreed, whatever came after, oldest first. @param after  the last one of the page before */
const pageOf = (db: EntityManager, roundId: string, after: string | null): Promise<Activity[]> =>
  rows<Activity>(
    db,
    `SELECT m.id, coalesce(q.title, c.title) AS title, coalesce(q.language, c.language) AS language, m.state, m.scope,
       coalesce(nullif(q.outcome, ''), c.action, '') AS sought, ${DAY('m.agreed_at')} AS "agreedOn", ${DAY('m.begun_at')} AS "begunOn",
       m.due_on::text AS "dueOn", ${DAY('m.ended_at')} AS "endedOn",
       to_char(greatest(m.agreed_at, m.begun_at, m.ended_at, (SELECT max(greatest(k.confirmed_at, k.delivered_at))
         FROM commitment k WHERE k.match_id = m.id)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "changedAt",
       coalesce(nullif(q.sectors, '{}'), ARRAY(SELECT DISTINCT unnest(o.sectors) FROM match_party p JOIN listing o ON o.id = p.offer_id
         WHERE p.match_id = m.id ORDER BY 1)) AS sectors, coalesce(nullif(q.sdg_targets, '{}'), c.sdg_targets, '{}') AS "sdgTargets",
       coalesce(q.modalities, '{}') AS modalities, q.gender_marker AS "genderMarker",
       (SELECT json_agg(json_build_object('name', d.name, 'role', p.role, 'isCountry', n.code IS NOT NULL, 'alpha2', n.alpha2,
           'givesMoney', p.money IS NOT NULL) ORDER BY p.role <> 'beneficiary', p.role, d.code)
         FROM match_party p JOIN delegation d ON d.id = p.delegation_id LEFT JOIN country n ON n.code = d.code
         WHERE p.match_id = m.id) AS parties,
       coalesce((SELECT json_agg(json_build_object('id', u.id, 'activity', u.activity, 'outcome', u.outcome, 'goal', u.goal)
         ORDER BY u.at, u.id) FROM match_outcome u WHERE u.match_id = m.id), '[]') AS outcomes,
       coalesce((SELECT json_agg(json_build_object('unit', k.unit, 'provider', d.name, 'pledged', k.pledged::float8,
           'confirmed', k.confirmed::float8, 'delivered', k.delivered::float8, 'pledgedOn', ${DAY('k.created_at')},
           'confirmedOn', ${DAY('k.confirmed_at')}, 'deliveredOn', ${DAY('k.delivered_at')},
           'isWithdrawn', k.state = 'withdrawn') ORDER BY k.created_at, k.id)
         FROM commitment k JOIN delegation d ON d.id = k.delegation_id WHERE k.match_id = m.id), '[]') AS commitments
     FROM match m LEFT JOIN listing q ON q.id = m.request_id LEFT JOIN recommendation c ON c.id = m.recommendation_id
     WHERE m.round_id = $1 AND m.agreed_at IS NOT NULL AND ($2::uuid IS NULL OR (m.agreed_at, m.id) > (
       SELECT b.agreed_at, b.id FROM match b WHERE b.id = $2)) ORDER BY m.agreed_at, m.id LIMIT $3`,
    [roundId, after, PAGE],
  )

/** A page at a time, so that a large round needs no more memory than a small one. */
export async function* activitiesOf(db: EntityManager, roundId: string): AsyncGenerator<Activity> {
  for (let after: string | null = null; ;) {
    const page: Activity[] = await pageOf(db, roundId, after)
    yield* page
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) return
  }
}
