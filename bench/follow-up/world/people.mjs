/* Rounds, the delegation of every country in each of them, and people with seats: heads, a chair and a secretariat. */

/** Half a year from one round to the next; all but the last two are closed. */
const ROUNDS = `
  INSERT INTO round (id, number, title, place, opens, closes, status, previous_id, symbol_prefix, languages)
  SELECT bench.id('round', n), n, 'Round ' || n || ' of a measurement', 'Vienna', day, day + 2,
    CASE WHEN n > $1 - 2 THEN 'follow_up' ELSE 'closed' END, CASE WHEN n > 1 THEN bench.id('round', n - 1) END,
    'BENCH.' || n, '{en,fr,es}'
  FROM generate_series(1, $1::int) n, LATERAL (SELECT current_date - 200 - ($1 - n) * 182 AS day) d`

const DELEGATIONS = `
  INSERT INTO delegation (id, round_id, code, name, kind, credentials)
  SELECT bench.id('delegation', n * 1000 + c.at), bench.id('round', n), c.code, 'Country of ' || c.code, 'member', 'accepted'
  FROM generate_series(1, $1::int) n, bench.country c`

/** Person 0 is of the secretariat, 999 presides, all others lead the delegation of the same number. */
const PEOPLE = `
  INSERT INTO person (id, email, name, password_hash, created_at)
  SELECT bench.id('person', at), who || '@bench.test', 'Person of ' || who, $1, now() - interval '11 years'
  FROM (SELECT 0 AS at, 'secretariat' AS who UNION ALL SELECT 999, 'chair'
    UNION ALL SELECT at, lower(code) FROM bench.country) p`

const SEATS = `
  INSERT INTO seat (id, person_id, round_id, delegation_id, role, starts_at)
  SELECT bench.id('seat', n * 1000 + at), bench.id('person', at), bench.id('round', n),
    CASE WHEN role = 'head' THEN bench.id('delegation', n * 1000 + at) END, role, r.opens
  FROM generate_series(1, $1::int) n JOIN round r ON r.number = n,
    (SELECT 0 AS at, 'secretariat' AS role UNION ALL SELECT 999, 'chair'
     UNION ALL SELECT at, 'head' FROM bench.country) p`

export const people = ({ rounds }, passwordHash) => [
  { name: 'rounds', sql: ROUNDS, values: [rounds] },
  { name: 'delegations', sql: DELEGATIONS, values: [rounds] },
  { name: 'people', sql: PEOPLE, values: [passwordHash] },
  { name: 'seats', sql: SEATS, values: [rounds] },
]
