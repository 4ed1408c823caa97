import { COUNTRIES } from './sizes.mjs'

/* Adopted recommendations of every round, each to a dozen countries, and what later rounds have closed of them. */

const RECOMMENDATIONS = `
  INSERT INTO recommendation (id, round_id, number, title, action, rationale, force, owner, due_on, measure, sdg_targets,
    language, state, seat_id, created_at, adopted_at)
  SELECT bench.id('recommendation', n * 100000 + r), bench.id('round', n), r,
    'Recommendation ' || r || ' on ' || bench.pick('{industrial data,export consortia,quality marks,skills for cluster managers,green procurement,access to finance for women}', 'on', x),
    'Make a plan with those concerned, publish it, and report every half year on what was done of it.',
    'What was said in the session, and what the diagnosis found.',
    bench.pick('{voluntary,agreed_commitment,binding}', 'force', x),
    CASE WHEN bench.die('owner', x, 40) > 0 THEN bench.pick('{Ministry of Industry,Ministry of Trade,Statistical office,Agency for small firms}', 'owner', x) ELSE '' END,
    o.opens + 120 + bench.die('due', x, 900), 'Share of firms that take part',
    ARRAY[bench.pick('{9.b,9.3,5.5,4.4,17.6,8.2}', 'sdg', x)], 'en', 'adopted', bench.id('seat', n * 1000 + 999),
    o.opens, o.opens + interval '2 days'
  FROM round o, generate_series(1, $1::int) r, LATERAL (SELECT o.number AS n, o.number * 100000 + r AS x) k`

/** Steps of 16 meet no country twice within a dozen. */
const ADDRESSEES = `
  INSERT INTO recommendation_addressee (recommendation_id, delegation_id, response, responded_at)
  SELECT bench.id('recommendation', x), bench.id('delegation', n * 1000 + at), response,
    CASE WHEN response <> 'pending' THEN o.opens + interval '30 days' END
  FROM round o, generate_series(1, $1::int) r, generate_series(0, $2::int - 1) a,
    LATERAL (SELECT o.number AS n, o.number * 100000 + r AS x, 1 + (r * 7 + a * 16) % ${COUNTRIES} AS at) k,
    LATERAL (SELECT bench.pick('{supported,supported,supported,noted,pending}', 'response', x * 100 + a) AS response) s`

/** Each round closes a share of what is left of the rounds before it. */
const CLOSED = `
  INSERT INTO carry_over (round_id, recommendation_id, act, reason, person_id, seat_id, at)
  SELECT bench.id('round', n), c.id, 'closed', 'Looked at, and nothing is left to be done.', bench.id('person', 0), bench.id('seat', n * 1000), later.opens
  FROM recommendation c JOIN round o ON o.id = c.round_id, LATERAL (
    SELECT min(n) AS n FROM generate_series(o.number + 1, $1::int) n
    WHERE bench.die('closed', c.number * 10000::bigint + o.number * 100 + n, 100) < $2::int) k JOIN round later ON later.number = k.n`

export const recommendations = ({ rounds, recommendations: each, addressees }, closed) => [
  { name: 'recommendations', sql: RECOMMENDATIONS, values: [each] },
  { name: 'addressees', sql: ADDRESSEES, values: [each, addressees] },
  { name: 'closed by later rounds', sql: CLOSED, values: [rounds, closed] },
]
