import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import pg from 'pg'
import { startServer } from '../processes.mjs'
import { shortSession } from './multilogue.wire.mjs'

/*
 * Multilogue as it is run: the built server with its embedded database, signed-in people of the demo round's
 * delegations, every check on. Everybody is a person of their own with one sign-in. The only settings that differ
 * from the defaults are those that a load from one address, or of one typist that is a machine, has to raise.
 */
const main = createRequire(import.meta.url).resolve('../../../server/dist/main.js')
const embedded = createRequire(import.meta.url).resolve('../../../server/dist/database/embedded.js')
const SETTINGS = {
  PORT: '0',
  SESSION_SECRET: 'the same for all servers of a benchmark',
  LOG_LEVEL: 'error',
  SIGN_INS_PER_MINUTE: '100000',
  WRITES_PER_MINUTE: '100000',
  TEXT_UPDATES_PER_SECOND: '10000',
  TEXT_UPDATES_AT_ONCE: '100000',
}
const PASSWORD = 'multilogue-demo'
const SIGN_INS_AT_ONCE = 4

export { settle } from './settle.mjs'
export const title = 'Multilogue'
export const isDurable = true

/** Makes the demo round and `people` more advisers of its member delegations, each signed in. */
export async function prepare(folder, { people }) {
  fs.chmodSync(folder, 0o755)
  await (await launch(folder)).tree.stop()
  const seats = await seatPeople(folder, people)
  const { address, tree } = await launch(folder)
  const signedIn = []
  const queue = seats.map((seat, at) => ({ ...seat, at }))
  await Promise.all(
    Array.from({ length: SIGN_INS_AT_ONCE }, async () => {
      for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
        signedIn[one.at] = { ...one, cookie: await signIn(address, one.email) }
      }
    }),
  )
  await tree.stop()
  fs.writeFileSync(path.join(folder, 'people.json'), JSON.stringify(signedIn))
}

export async function start(folder, { under } = {}) {
  return serving(folder, await launch(folder, { under }))
}

/** One of several servers on the database of this folder, which somebody else runs. */
export async function startBeside(folder, databaseUrl) {
  return serving(folder, await launch(folder, { env: { DATABASE_URL: databaseUrl } }))
}

function serving(folder, { address, tree }) {
  const people = JSON.parse(fs.readFileSync(path.join(folder, 'people.json'), 'utf8'))
  const personAt = (at) => people[at % people.length]
  const dialect = {
    target: (document, at) => ({
      path: `/collab/${document}?ext=2&seat=${personAt(at).seatId}`,
      headers: { Cookie: personAt(at).cookie, Origin: address },
    }),
    session: shortSession,
    /** The server says who is who. */
    state: (_at, cursor) => cursor,
  }
  const documents = async (count) => {
    const made = []
    for (let at = 0; at < count; at++) {
      const { id } = await post(address, '/documents', personAt(at), {
        roundId: personAt(at).roundId,
        kind: 'outcome',
        title: 'Text of the benchmark',
        language: 'en',
      })
      made.push(id)
    }
    return made
  }
  return { address, tree, dialect, documents }
}

const launch = (folder, { under, env } = {}) =>
  startServer([main], {
    under,
    env: { ...SETTINGS, DATA_DIR: folder, ...env },
    log: path.join(path.dirname(folder), 'multilogue.log'),
  })

/** There is no way to seat hundreds of people over the API, so these are written as the demo writes its own. */
async function seatPeople(folder, count) {
  const { startEmbedded } = await import(embedded)
  const database = await startEmbedded({ dataDir: folder })
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    await client.query(
      `INSERT INTO person (id, email, name, password_hash, demo, created_at)
       SELECT gen_random_uuid(), 'adviser' || n || '@bench.test', 'Adviser ' || n,
         (SELECT password_hash FROM person WHERE email = 'gha.head@demo.test'), true, now()
       FROM generate_series(1, $1::int) n`,
      [count],
    )
    await client.query(
      `INSERT INTO seat (id, person_id, round_id, delegation_id, role, starts_at)
       SELECT gen_random_uuid(), p.id, d.round_id, d.id, 'adviser', s.starts_at
       FROM (SELECT id, row_number() OVER (ORDER BY email) AS n FROM person WHERE email LIKE '%@bench.test') p
       CROSS JOIN LATERAL (
         SELECT s.starts_at, s.delegation_id FROM seat s JOIN person h ON h.id = s.person_id
         WHERE h.email LIKE '___.head@demo.test'
           AND s.round_id = (SELECT round_id FROM seat JOIN person ON person.id = seat.person_id
                             WHERE email = 'gha.head@demo.test' ORDER BY starts_at DESC LIMIT 1)
         ORDER BY h.email OFFSET p.n % 12 LIMIT 1) s
       JOIN delegation d ON d.id = s.delegation_id`,
    )
    const { rows } = await client.query(
      `SELECT p.email, s.id AS "seatId", s.round_id AS "roundId" FROM person p JOIN seat s ON s.person_id = p.id
       WHERE p.email LIKE '%@bench.test' ORDER BY p.email`,
    )
    return rows
  } finally {
    await client.end()
    await database.stop()
  }
}

async function signIn(address, email) {
  const answer = await post(address, '/sign-in', undefined, { email, password: PASSWORD })
  return answer.cookie
}

async function post(address, route, person, input) {
  const headers = { 'content-type': 'application/json', origin: address }
  if (person !== undefined) Object.assign(headers, { cookie: person.cookie, 'x-seat': person.seatId })
  const answer = await fetch(`${address}/api${route}`, { method: 'POST', headers, body: JSON.stringify(input) })
  if (!answer.ok) throw new Error(`${route}: ${await answer.text()}`)
  const body = await answer.json().catch(() => ({}))
  return { ...body, cookie: answer.headers.get('set-cookie')?.split(';')[0] }
}
