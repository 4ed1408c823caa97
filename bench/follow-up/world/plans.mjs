import { COUNTRIES } from './sizes.mjs'

/* Adopted action plans: actions with leads, a chain of ten results, and an indicator on each of them. */

const PLANS = `
  INSERT INTO document (id, round_id, kind, title, mode, visibility, language, created_at, adopted_at, adopted_no,
    adopted_by_person_id, adopted_by_seat_id)
  SELECT bench.id('plan', o.number * 100000 + p), o.id, 'action_plan', 'Plan ' || p || ' of round ' || o.number, 'frozen',
    'participants', 'en', o.opens, o.opens + interval '20 days', 1, bench.id('person', 999), bench.id('seat', o.number * 1000 + 999)
  FROM round o, generate_series(1, $1::int) p`

/** Six outputs lead to three outcomes, and these to one impact. */
const RESULTS = `
  INSERT INTO plan_result (document_id, id, "order", level, parent_id, statement, problems, no)
  SELECT bench.id('plan', x), bench.id('result', x * 10 + r), lpad(r::text, 4, '0'),
    CASE WHEN r < 6 THEN 'output' WHEN r < 9 THEN 'outcome' ELSE 'impact' END,
    CASE WHEN r < 6 THEN bench.id('result', x * 10 + 6 + r / 2) WHEN r < 9 THEN bench.id('result', x * 10 + 9) END,
    'Result ' || r || ': more firms take part, and more of them are led by women.', '[]', 1
  FROM round o, generate_series(1, $1::int) p, LATERAL (SELECT o.number * 100000::bigint + p AS x) k, generate_series(0, 9) r`

const INDICATORS = `
  INSERT INTO plan_indicator (document_id, id, "order", result_id, title, unit, baseline, target, method, source, responsible,
    frequency, disaggregation, problems, no)
  SELECT r.document_id, bench.id('indicator', x * 10 + i), lpad(i::text, 4, '0'), bench.id('result', x * 10 + i),
    'Firms that take part in result ' || i, 'firms', '10', '100', 'Counted at every visit.', 'Register of firms', code,
    bench.pick('{monthly,quarterly,half_yearly,yearly,once}', 'frequency', x * 10 + i), 'by sex of the owner', '[]', 1
  FROM round o, generate_series(1, $1::int) p, generate_series(0, 9) i,
    LATERAL (SELECT o.number * 100000::bigint + p AS x) k, LATERAL (SELECT bench.id('plan', x) AS document_id) r,
    bench.country c
  WHERE c.at = 1 + bench.die('responsible', x * 10 + i, ${COUNTRIES})`

/** Each of ten countries leads two actions of a plan. */
const ACTIONS = `
  INSERT INTO plan_item (document_id, id, "order", activity, lead, partners, start, due, gender_marker, targets, lane_5c,
    recommendations, result_id, problems, no)
  SELECT bench.id('plan', x), bench.id('action', x * 100 + a), lpad(a::text, 4, '0'),
    'Action ' || a || ': train the managers of clusters and publish what was learnt', c.code, '{}', o.opens + 30,
    o.opens + 120 + bench.die('action due', x * 100 + a, 900), bench.die('gender', x * 100 + a, 3), '{9.3}', NULL,
    ARRAY[bench.id('recommendation', o.number * 100000 + 1 + bench.die('serves', x * 100 + a, $3::int))],
    bench.id('result', x * 10 + a % 6), '[]', 1
  FROM round o, generate_series(1, $1::int) p, generate_series(1, $2::int) a,
    LATERAL (SELECT o.number * 100000::bigint + p AS x) k,
    bench.country c
  WHERE c.at = 1 + (p * 11 + a / 2 * 17) % ${COUNTRIES}`

export const plans = ({ plans: each, actions, recommendations }) => [
  { name: 'plans', sql: PLANS, values: [each] },
  { name: 'results', sql: RESULTS, values: [each] },
  { name: 'indicators', sql: INDICATORS, values: [each] },
  { name: 'actions', sql: ACTIONS, values: [each, actions, recommendations] },
]
