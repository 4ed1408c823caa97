import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { Worker } from 'node:worker_threads'
import { framesOf } from '@multilogue/shared/frames'
import type { HistoryParagraph, TimelinePoint } from '@multilogue/shared/history'
import pg from 'pg'
import * as Y from 'yjs'
import { Forum } from '../support/forum.js'

/* A long history, read from the real server while somebody else asks whether it is alive. */

const ROWS = 20_000
let forum: Forum
let cookie: string
let documentId: string

beforeAll(async () => {
  forum = await Forum.open()
  const response = await fetch(`${forum.address}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'gha.head@demo.test', password: 'multilogue-demo' }),
  })
  cookie = response.headers.get('set-cookie')!.split(';')[0]!
  documentId = await aLongLog()
}, 120_000)
afterAll(() => forum.close())

/** One key a row, by twenty people in turn, at places all over a growing text. @returns the text's id */
async function aLongLog(): Promise<string> {
  const client = new pg.Client({ connectionString: forum.databaseUrl })
  await client.connect()
  const { rows: seats } = await client.query<{ id: string; person_id: string }>(
    `SELECT s.id, s.person_id FROM seat s JOIN document d ON d.round_id = s.round_id
     WHERE d.kind = 'action_plan' AND s.delegation_id IS NOT NULL ORDER BY s.id LIMIT 20`,
  )
  const { rows } = await client.query<{ id: string; no: string }>(
    `SELECT d.id, g.no FROM document d JOIN document_log g ON g.document_id = d.id WHERE d.kind = 'action_plan'`,
  )
  const { id, no } = rows[0]!
  const log = typed(seats.length)
  await client.query(
    `INSERT INTO document_update (document_id, no, bytes, person_id, seat_id, at)
     SELECT $1, $2 + ord, bytes, person_id, seat_id, now() + ord * interval '3 seconds'
     FROM unnest($3::bytea[], $4::uuid[], $5::uuid[]) WITH ORDINALITY AS u(bytes, person_id, seat_id, ord)`,
    [id, no, log.map((l) => l.bytes), log.map((l) => seats[l.by]!.person_id), log.map((l) => seats[l.by]!.id)],
  )
  await client.query(`UPDATE document_log SET no = no + $2 WHERE document_id = $1`, [id, ROWS])
  await client.end()
  return id
}

function typed(people: number): { bytes: Buffer; by: number }[] {
  const log: { bytes: Buffer; by: number }[] = []
  const docs = Array.from({ length: people }, () => new Y.Doc())
  const first = docs[0]!
  const blocks = first.getXmlFragment('default')
  for (const [by, doc] of docs.entries())
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === 'log') return
      log.push({ bytes: Buffer.from(bytes), by })
      if (doc !== first) Y.applyUpdate(first, bytes, 'log')
    })
  while (log.length < ROWS) {
    const by = Math.floor(log.length / 100) % people
    const doc = docs[by]!
    if (log.length % 100 === 0) Y.applyUpdate(doc, Y.encodeStateAsUpdate(first, Y.encodeStateVector(doc)), 'log')
    const own = doc.getXmlFragment('default')
    if (log.length % 400 === 0) {
      const block = new Y.XmlElement('paragraph')
      block.setAttribute('id', `p${log.length}`)
      block.insert(0, [new Y.XmlText('.')])
      own.insert(own.length, [block])
      continue
    }
    const text = (own.get((log.length * 7) % own.length) as Y.XmlElement).get(0) as Y.XmlText
    if (log.length % 11 === 0 && text.length > 1) text.delete(0, 1)
    else text.insert(text.length, 'abcdefgh '[log.length % 9]!)
  }
  expect(blocks.length).toBeGreaterThan(10)
  return log.slice(0, ROWS)
}

/** Asks `/healthz` again and again from a thread of its own. @returns how to stop: the longest answer in ms, and how many came */
function pulse(): () => Promise<{ longest: number; answers: number }> {
  const asking = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads')
     let [longest, answers, stopped] = [0, 0, false]
     parentPort.on('message', () => (stopped = true))
     const ask = async () => {
       await fetch(workerData)
       while (!stopped) {
         const began = performance.now()
         await fetch(workerData).then((r) => r.text())
         longest = Math.max(longest, performance.now() - began)
         answers += 1
         await new Promise((resolve) => setTimeout(resolve, 2))
       }
       parentPort.postMessage({ longest, answers })
       parentPort.close()
     }
     ask()`,
    { eval: true, workerData: `${forum.address}/healthz` },
  )
  return () =>
    new Promise((resolve, reject) => {
      asking.once('message', resolve)
      asking.once('error', reject)
      asking.postMessage('stop')
    })
}

const read = async <T>(path: string): Promise<T> => {
  const response = await fetch(`${forum.address}/api/documents/${documentId}/${path}`, { headers: { cookie } })
  expect(response.status).toBe(200)
  return (await response.json()) as T
}

it('[HIST-15] twenty thousand edits play within seconds, and the server answers others meanwhile', async () => {
  const stop = pulse()
  const began = performance.now()
  const { points } = await read<{ points: TimelinePoint[] }>('timeline?points=100')
  const cold = performance.now() - began
  const again = performance.now()
  await read('timeline?points=100')
  const warm = performance.now() - again
  await read('history')
  await read('text?at=10000')
  await read('compare?from=5000&to=15000')
  const { longest, answers } = await stop()
  process.stdout.write(
    `  timeline of ${ROWS} rows: ${Math.round(cold)} ms, again ${Math.round(warm)} ms; /healthz at most ${Math.round(longest)} ms\n`,
  )
  expect(points).toHaveLength(100)
  // How long is the machine's affair; that others are answered while a text is played is ours.
  expect(answers).toBeGreaterThan(20)
  const played = framesOf(points)
    .at(-1)!
    .map(({ runs }) => runs.map(({ text }) => text).join(''))
  const { paragraphs } = await read<{ paragraphs: HistoryParagraph[] }>('text')
  expect(played).toEqual(paragraphs.map(({ runs }) => runs.map(({ text }) => text).join('')))
}, 120_000)
