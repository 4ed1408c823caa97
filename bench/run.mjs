/*
 * Measures the server as people use it, on an embedded database of its own: statements over HTTP until another
 * member hears them, and edits of one text until they are stored. Machines differ: compare runs, not numbers.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const ROUNDS = 5
const STATEMENTS = 100
const EDITS = 200
const main = createRequire(import.meta.url).resolve('../server/dist/main.js')
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'multilogue-bench-'))
fs.chmodSync(dataDir, 0o755)

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const percentile = (list, p) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * p)]

/** Starts the server. @returns its address and how to stop it */
async function serve() {
  const environment = {
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'error',
    WRITES_PER_MINUTE: '100000',
    TEXT_UPDATES_PER_SECOND: '10000',
  }
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise((resolve, reject) => {
    let said = ''
    child.once('exit', () => reject(new Error(said)))
    child.stdout.on('data', (chunk) => {
      said += chunk
      const ready = /ready: (\S+)/.exec(said)
      if (ready) resolve(ready[1])
    })
  })
  const stop = () => new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGTERM'))
  return { address, stop }
}

async function person(address, who) {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ email: `${who}@demo.test`, password: 'multilogue-demo' })
  const response = await fetch(`${address}/api/sign-in`, { method: 'POST', headers, body })
  const cookie = response.headers.get('set-cookie').split(';')[0]
  const call = async (method, route, input) => {
    const sent = { method, headers: { ...headers, cookie }, body: input && JSON.stringify(input) }
    const answer = await fetch(`${address}/api${route}`, sent)
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }
  return { cookie, call }
}

/** Milliseconds from sending a statement to another delegation hearing it, one after the other. */
async function statements(address, speaker, listener, round) {
  const session = await speaker.call('GET', `/sessions/${round.sessions.find((s) => s.status === 'live').id}`)
  const { threadId } = session.items.find((item) => item.id === session.currentItemId)
  const socket = io(address, { extraHeaders: { cookie: listener.cookie }, transports: ['websocket'] })
  await socket.emitWithAck('subscribe', { stream: `round:${round.id}` })
  const took = []
  for (let i = 0; i < STATEMENTS; i++) {
    const began = performance.now()
    const heard = new Promise((resolve) => socket.once('event', resolve))
    await speaker.call('POST', `/threads/${threadId}/messages`, { body: `Statement ${i}`, language: 'en' })
    await heard
    took.push(performance.now() - began)
  }
  socket.disconnect()
  return took
}

/** Milliseconds from typing a letter to another delegation seeing it, which is after it was stored. */
async function edits(address, writer, reader, documentId) {
  const open = async ({ cookie }) => {
    class Signed extends WebSocket {
      constructor(url) {
        super(url, { headers: { cookie } })
      }
    }
    const doc = new Y.Doc()
    const provider = new WebsocketProvider(address.replace('http', 'ws') + '/collab', documentId, doc, {
      WebSocketPolyfill: Signed,
      disableBc: true,
    })
    await new Promise((resolve) => provider.once('sync', resolve))
    return { doc, provider }
  }
  const [one, two] = [await open(writer), await open(reader)]
  const took = []
  for (let i = 0; i < EDITS; i++) {
    const began = performance.now()
    const seen = new Promise((resolve) => two.doc.once('update', resolve))
    one.doc.getText('bench').insert(0, 'x')
    await seen
    took.push(performance.now() - began)
  }
  for (const { doc, provider } of [one, two]) {
    provider.destroy()
    doc.destroy()
  }
  return took
}

const { address, stop } = await serve()
try {
  const [ghana, korea] = [await person(address, 'gha.head'), await person(address, 'kor.head')]
  const [{ id }] = await ghana.call('GET', '/rounds')
  const round = await ghana.call('GET', `/rounds/${id}`)
  const [document] = await ghana.call('GET', `/documents?roundId=${id}`)
  const heard = []
  const seen = []
  for (let i = 0; i < ROUNDS; i++) {
    heard.push(await statements(address, ghana, korea, round))
    seen.push(await edits(address, ghana, korea, document.id))
  }
  const row = (name, runs) =>
    `| ${name} | ${median(runs.map(median)).toFixed(1)} | ${median(runs.map((r) => percentile(r, 0.99))).toFixed(1)} |`
  console.log(`\n${ROUNDS} runs, medians over the runs, milliseconds\n`)
  console.log('| from | p50 | p99 |\n|---|---|---|')
  console.log(row(`statement sent to statement heard (${STATEMENTS} a run)`, heard))
  console.log(row(`letter typed to letter stored and seen (${EDITS} a run)`, seen))
} finally {
  await stop()
  fs.rmSync(dataDir, { recursive: true, force: true })
}
