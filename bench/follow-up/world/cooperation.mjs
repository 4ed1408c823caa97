import { COUNTRIES } from './sizes.mjs'

/* Requests and offers of the newest round, matches that were agreed on them, and what was committed. */

const LISTINGS = `
  INSERT INTO listing (id, round_id, side, delegation_id, title, description, language, cooperation_type, modalities,
    sdg_targets, money, in_kind, state, created_at, published_at, sectors, languages, interpretation, eligible, opens_on,
    closes_on, gap, outcome, experience, gender_marker)
  SELECT bench.id($2, n), bench.id('round', $1::int), $2, bench.id('delegation', $1::int * 1000 + 1 + bench.die($2 || ' owner', n, ${COUNTRIES})),
    initcap($2) || ' ' || n, 'Made up for a measurement.', 'en', 'technical_cooperation',
    ARRAY(SELECT DISTINCT bench.pick('{study_tour,workshop,help_desk,peer_learning}', $2 || ' way', n * 2 + k) FROM generate_series(0, 1) k),
    ARRAY(SELECT DISTINCT bench.pick('{9.b,9.3,5.5,4.4,17.6,8.2}', $2 || ' sdg', n * 2 + k) FROM generate_series(0, 1) k),
    CASE WHEN n % 2 = 0 THEN '{"amount": 9000000, "currency": "USD"}'::jsonb END, '{"quantity": 9000, "unit": "days"}',
    CASE WHEN $2 = 'request' AND n % 2 = 0 THEN 'matched' ELSE 'published' END, now() - interval '150 days' + n * interval '1 second', now() - interval '140 days' + n * interval '1 second',
    ARRAY(SELECT DISTINCT bench.pick('{32110,32120,32130,32161,11330,22040}', $2 || ' sector', n * 2 + k) FROM generate_series(0, 1) k),
    ARRAY(SELECT DISTINCT bench.pick('{en,fr,es,ar}', $2 || ' language', n * 2 + k) FROM generate_series(0, 1) k),
    bench.die($2 || ' interpreted', n, 4) = 0, CASE WHEN $2 = 'offer' AND n % 5 = 0 THEN '{LDC}'::text[] ELSE '{}' END,
    current_date - 100, current_date + 200 + bench.die($2 || ' until', n, 300), '', 'More firms take part.',
    CASE WHEN n % 3 = 0 THEN 'Done before in two countries.' ELSE '' END, n % 3
  FROM generate_series(1, $3::int) n`

/** Every other request is met; all further matches serve recommendations. */
const MATCHES = `
  INSERT INTO match (id, round_id, request_id, recommendation_id, state, due_on, created_at, scope, agreed_at, begun_at, ended_at)
  SELECT bench.id('match', n), bench.id('round', $1::int), CASE WHEN n <= $3::int / 2 THEN bench.id('request', n * 2) END,
    CASE WHEN n > $3::int / 2 THEN bench.id('recommendation', $1::int * 100000 + 1 + n % $4::int) END, state, current_date + 100 + n % 300,
    now() - interval '130 days', 'Advice and training for a year.', now() - interval '120 days' + n * interval '1 second',
    CASE WHEN state <> 'agreed' THEN now() - interval '90 days' END, CASE WHEN state = 'completed' THEN now() - interval '9 days' END
  FROM generate_series(1, $2::int) n, LATERAL (SELECT bench.pick('{agreed,active,active,completed}', 'match', n) AS state) s`

/** The beneficiary owns the request, or is addressed; two providers bring what they offer. */
const PARTIES = `
  INSERT INTO match_party (match_id, delegation_id, role, offer_id, money, in_kind, accepted_at)
  SELECT m.id, b.id, 'beneficiary', NULL::uuid, NULL::jsonb, NULL::jsonb, m.agreed_at FROM match m LEFT JOIN listing q ON q.id = m.request_id,
    LATERAL (SELECT coalesce(q.delegation_id, (SELECT delegation_id FROM recommendation_addressee a
      WHERE a.recommendation_id = m.recommendation_id ORDER BY delegation_id LIMIT 1)) AS id) b
  UNION ALL
  SELECT match_id, delegation_id, 'provider', offer_id, money, in_kind, agreed_at FROM (
    SELECT DISTINCT ON (m.id, o.delegation_id) m.id AS match_id, o.delegation_id, o.id AS offer_id, m.agreed_at,
      CASE WHEN k = 0 AND o.money IS NOT NULL THEN '{"amount": 90000, "currency": "USD"}'::jsonb END AS money,
      CASE WHEN k = 1 OR o.money IS NULL THEN '{"quantity": 20, "unit": "days"}'::jsonb END AS in_kind
    FROM match m LEFT JOIN listing q ON q.id = m.request_id, generate_series(0, 1) k,
      LATERAL (SELECT * FROM listing WHERE id = bench.id('offer', 1 + bench.die('brings', hashtextextended(m.id::text, k), $1::int))) o
    WHERE o.delegation_id <> coalesce(q.delegation_id, (SELECT delegation_id FROM recommendation_addressee a
      WHERE a.recommendation_id = m.recommendation_id ORDER BY delegation_id LIMIT 1))
    ORDER BY m.id, o.delegation_id, k) p`

const COMMITMENTS = `
  INSERT INTO commitment (id, match_id, delegation_id, unit, pledged, confirmed, confirmed_at, delivered, delivered_at, state,
    due_on, created_at)
  SELECT bench.id('commitment', hashtextextended(p.match_id::text || p.delegation_id, 0)), p.match_id, p.delegation_id,
    CASE WHEN p.money IS NULL THEN 'days' ELSE 'USD' END, amount, CASE WHEN s.state <> 'pledged' THEN amount END,
    CASE WHEN s.state <> 'pledged' THEN m.agreed_at + interval '5 days' END, CASE WHEN s.state = 'delivered' THEN amount ELSE 0 END,
    CASE WHEN s.state = 'delivered' THEN m.agreed_at + interval '99 days' END, s.state, m.due_on, m.agreed_at
  FROM match_party p JOIN match m ON m.id = p.match_id,
    LATERAL (SELECT bench.pick('{pledged,confirmed,delivered}', 'commitment', hashtextextended(p.match_id::text || p.delegation_id, 1)) AS state,
      CASE WHEN p.money IS NULL THEN 20 ELSE 90000 END AS amount) s
  WHERE p.role = 'provider'`

const OUTCOMES = `
  INSERT INTO match_outcome (id, match_id, activity, outcome, goal, at)
  SELECT bench.id('outcome', n), bench.id('match', n), 'Training', 'Managers of clusters plan by themselves.', 'More firms take part.', now() - interval '90 days'
  FROM generate_series(1, $1::int) n`

export const cooperation = ({ rounds, offers, requests, matches, recommendations }) => [
  { name: 'offers', sql: LISTINGS, values: [rounds, 'offer', offers] },
  { name: 'requests', sql: LISTINGS, values: [rounds, 'request', requests] },
  { name: 'matches', sql: MATCHES, values: [rounds, matches, requests, recommendations] },
  { name: 'parties', sql: PARTIES, values: [offers] },
  { name: 'commitments', sql: COMMITMENTS },
  { name: 'outcomes', sql: OUTCOMES, values: [matches] },
]
