import { fileURLToPath } from 'node:url'
import { startServer } from '../collab/processes.mjs'
import { percentile } from '../figures.mjs'
import { plansOf, statementsOf } from './plans.mjs'
import { questionsOn } from './questions.mjs'
import { PASSWORD } from './world/world.mjs'

const main = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url))
const observed = new URL('observed.mjs', import.meta.url).href
const WARM_UP = 5
const ASKED = 30
/** What takes longer in all is asked less often. */
const MOST_MS = 15_000
const TARGET_MS = 100

/**
 * Asks a server on a world what people ask of it, one question after another, warm.
 * @returns a line for each question: its answer's size and rows, p50 and p95 over HTTP, and what the database does
 */
export async function measured({ url, client }, { folder, only }) {
  const { address, tree } = await serverOn(url, folder)
  try {
    const people = { chair: await signedIn(address, 'chair'), secretariat: await signedIn(address, 'secretariat') }
    people.head = await signedIn(address, (await someHead(client)).email)
    const questions = questionsOn(await things(client)).filter(({ name }) => !only || name.includes(only))
    const lines = []
    for (const { name, who, route, target = TARGET_MS } of questions) {
      const ask = () => people[who](route)
      const [answer, took] = await timed(ask)
      const plans = await plansOf(client, await statementsOf(`${folder}/statements`, ask))
      const [p50, p95] = [percentile(took, 0.5), percentile(took, 0.95)]
      console.log(`  ${name}: ${p95.toFixed(0)} ms`)
      lines.push({ name, target, ...sizeOf(answer), p50, p95, plans })
    }
    return { lines, rss: tree.rss() }
  } finally {
    await tree.stop()
  }
}

export const serverOn = (url, folder) =>
  startServer(['--import', observed, main], {
    env: {
      ...{ DATABASE_URL: url, DEMO: '0', SESSION_SECRET: 'of a measurement, thrown away with its database', PORT: '0' },
      ...{ LOG_LEVEL: 'error', SIGN_INS_PER_MINUTE: '100000', BENCH_STATEMENTS: `${folder}/statements` },
    },
    log: `${folder}/server.log`,
  })

async function timed(ask) {
  const took = []
  const start = performance.now()
  let answer
  for (let at = -WARM_UP; at < ASKED && (took.length < 3 || performance.now() - start < MOST_MS); at++) {
    const began = performance.now()
    answer = await ask()
    if (at >= 0) took.push(performance.now() - began)
  }
  return [answer, took]
}

function sizeOf(text) {
  const kB = Buffer.byteLength(text) / 1000
  if (text.startsWith('<')) return { kB, rows: text.split('<iati-activity ').length - 1 }
  const answer = JSON.parse(text)
  const lists = [answer, ...Object.values(answer)].filter(Array.isArray)
  return { kB, rows: Math.max(1, ...lists.map((list) => list.length)) }
}

/** @returns what asks by GET as that person, and answers the text */
export async function signedIn(address, name) {
  const headers = { 'content-type': 'application/json' }
  const email = name.includes('@') ? name : `${name}@bench.test`
  const body = JSON.stringify({ email, password: PASSWORD })
  const response = await fetch(`${address}/api/sign-in`, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`)
  const cookie = response.headers.get('set-cookie').split(';')[0]
  const seats = await (await fetch(`${address}/api/me`, { headers: { cookie } })).json()
  const newest = seats.seats.toSorted((a, b) => b.roundNumber - a.roundNumber)[0]
  return async (route) => {
    const answer = await fetch(`${address}/api${route}`, { headers: { cookie, 'x-seat': newest.id } })
    if (!answer.ok) throw new Error(`${route}: ${await answer.text()}`)
    return answer.text()
  }
}

/** Somebody to whom a recommendation of the newest round is addressed. */
export async function someHead(client) {
  const { rows } = await client.query(
    `SELECT p.email FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
     JOIN seat s ON s.delegation_id = d.id JOIN person p ON p.id = s.person_id JOIN round r ON r.id = d.round_id
     ORDER BY r.number DESC, d.code LIMIT 1`,
  )
  return rows[0]
}

/** What of the newest round is asked for by id. */
export async function things(client) {
  const { rows } = await client.query(
    `SELECT r.id AS "roundId",
       (SELECT id FROM document WHERE round_id = r.id AND kind = 'action_plan' ORDER BY title LIMIT 1) AS "planId",
       (SELECT id FROM recommendation WHERE round_id = r.id AND number = 1) AS "recommendationId",
       (SELECT id FROM listing WHERE round_id = r.id AND side = 'request' AND state = 'published' ORDER BY id LIMIT 1) AS "requestId",
       (SELECT c.id || '%20' || d.code FROM recommendation c JOIN recommendation_addressee a ON a.recommendation_id = c.id
        JOIN delegation d ON d.id = a.delegation_id JOIN round o ON o.id = c.round_id
        WHERE o.number = r.number - 2 ORDER BY c.number, d.name LIMIT 1) AS "lateLine"
     FROM round r ORDER BY r.number DESC LIMIT 1`,
  )
  return rows[0]
}
