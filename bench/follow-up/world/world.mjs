/*
 * Fills an empty database with a forum of twenty rounds, by statements over whole sets. All names, words and amounts
 * are made up. The same seed and sizes make the same rows; days stand relative to today. Nothing of it goes around a
 * constraint of the schema.
 */
import { hash } from '@node-rs/argon2'
import { cooperation } from './cooperation.mjs'
import { people } from './people.mjs'
import { plans } from './plans.mjs'
import { recommendations } from './recommendations.mjs'
import { reports } from './reports.mjs'
import { COUNTRIES } from './sizes.mjs'

export const PASSWORD = 'multilogue-bench'

/** Numbers and ids that follow from a seed, a kind and a number; and the countries that take part. */
const dice = (seed) => `
  CREATE SCHEMA bench;
  CREATE FUNCTION bench.die(kind text, n bigint, sides int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$SELECT ((hashtextextended(kind || ':' || n, ${seed}) % sides + sides) % sides)::int$$;
  CREATE FUNCTION bench.id(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$SELECT overlay(overlay(md5('${seed}:' || kind || ':' || n) placing '8' from 13) placing 'a' from 17)::uuid$$;
  CREATE FUNCTION bench.pick(list text[], kind text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$SELECT list[1 + bench.die(kind, n, cardinality(list))]$$;
  CREATE TABLE bench.country AS SELECT code, row_number() OVER (ORDER BY code)::int AS at FROM country ORDER BY code LIMIT ${COUNTRIES};
  ANALYZE bench.country;`

/**
 * @param database  a connected `pg.Client`
 * @param sizes  see sizes.mjs
 * @returns how many rows every table has that was filled
 */
export async function makeWorld(database, sizes, { seed = 1, closed = 50, say = () => undefined } = {}) {
  await database.query(dice(seed))
  const steps = [
    ...people(sizes, await hash(PASSWORD)),
    ...recommendations(sizes, closed),
    ...plans(sizes),
    ...reports(),
    ...cooperation(sizes),
  ]
  for (const { name, sql, values = [] } of steps) {
    const began = performance.now()
    await database.query(sql, values)
    say(`${name}: ${Math.round(performance.now() - began)} ms`)
  }
  await database.query(`DROP SCHEMA bench CASCADE`)
  await database.query(`VACUUM ANALYZE`)
  return countsOf(database)
}

const TABLES = [
  ...['round', 'delegation', 'recommendation', 'recommendation_addressee', 'carry_over', 'document', 'plan_item'],
  ...['plan_indicator', 'report', 'measurement', 'evidence_withdrawal', 'listing', 'match', 'commitment', 'link'],
]

async function countsOf(database) {
  const counts = {}
  for (const table of TABLES) {
    const { rows } = await database.query(`SELECT count(*)::int AS count FROM ${table}`)
    counts[table] = rows[0].count
  }
  return counts
}
