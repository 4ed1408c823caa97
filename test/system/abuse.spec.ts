import net from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { WebSocket } from 'ws'
import { step1Frame } from '../../server/src/collab/protocol.js'
import { Client } from '../collab/client.js'
import { engineAt } from '../realtime/engine-at.js'
import { until } from '../support/stage.js'
import { MortalServer } from './mortal-server.js'

/* Bad peers on real sockets. What they may send is tried frame by frame in test/collab/abuse.spec.ts. */

const MiB = 2 ** 20
const PATIENCE = 30_000
/** A server that answers health checks later than this is taken for dead. */
const HEALTHY = 2_000
/** What the process may keep: its own heap grows and shrinks by less. */
const MEMORY_BOUND = 200 * MiB

let server: MortalServer
let documentId: string
let writer: Client
let reader: Client
let rssBefore: number
let sockets: net.Socket[]

async function enter(who: string): Promise<Client> {
  const client = new Client(who, { document: documentId, ext: 2 })
  client.connect(engineAt(server.address, await server.cookieOf(who)))
  await until(`${who} has the text`, () => client.sentEdits > 0 && client.isSaved, PATIENCE)
  return client
}

beforeAll(async () => {
  server = await MortalServer.open()
  documentId = await server.firstText('kor.head')
  writer = await enter('kor.head')
  reader = await enter('gha.head')
  rssBefore = server.rss
  sockets = []
}, 120_000)
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  writer.destroy()
  reader.destroy()
  await server.close()
})

/** The server is up, and the honest ones go on. */
async function isWell(): Promise<void> {
  const began = performance.now()
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
  expect(performance.now() - began).toBeLessThan(HEALTHY)
  const word = `<${began}>`
  writer.type(word)
  await until('the reader has the word', () => reader.text.includes(word))
}

async function open(who: string): Promise<WebSocket> {
  const cookie = await server.cookieOf(who)
  const socket = new WebSocket(`${server.address.replace('http', 'ws')}/collab/${documentId}`, { headers: { cookie } })
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('open', resolve))
  return socket
}

/** @param said sent at once, and nothing after it */
function connectTcp(said: string): Promise<net.Socket> {
  const { hostname, port } = new URL(server.address)
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => {
      socket.off('error', reject).on('error', () => undefined)
      if (said !== '') socket.write(said)
      resolve(socket)
    })
    socket.once('error', reject)
    sockets.push(socket)
  })
}

const upgrade = (cookie: string): string =>
  `GET /collab/${documentId} HTTP/1.1\r\nHost: ${new URL(server.address).host}\r\nCookie: ${cookie}\r\n` +
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'

/** A sync step 1 as a WebSocket frame whose mask is zero. */
function askForText(): Buffer {
  const frame = step1Frame(Uint8Array.of(0))
  return Buffer.concat([Uint8Array.of(0x82, 0x80 | frame.length, 0, 0, 0, 0), frame])
}

describe('bad peers on real sockets', () => {
  it.each([
    ['words that are no frame', 'hello', 4400],
    ['a frame of 50 MB', Buffer.alloc(50 * MiB), 1009],
    ['a frame above the limit for edits', Buffer.alloc(1.5 * MiB), 4413],
  ])('[ENGINE-6] %s closes the culprit with its code', async (_name, sent, expected) => {
    const culprit = await open('eth.head')
    const code = new Promise((resolve) => culprit.once('close', resolve))
    culprit.send(sent)
    expect(await code).toBe(expected)
    await isWell()
  })

  it('[ENGINE-6] a thousand connections that say nothing, or half of a request, stop nobody', async () => {
    const half = upgrade(await server.cookieOf('eth.head')).slice(0, -20)
    await Promise.all(Array.from({ length: 1000 }, (_, at) => connectTcp(at % 2 === 0 ? '' : half)))
    for (let times = 0; times < 5; times++) await isWell()
    const late = await enter('eth.head')
    expect(late.text).toBe(reader.text)
    late.destroy()
    for (const socket of sockets.splice(0)) socket.destroy()
    await isWell()
  }, 120_000)

  it('[ENGINE-6] who never reads is hung up on while 36 MB go to the others, and costs no memory', async () => {
    const cookie = await server.cookieOf('eth.head')
    const deaf: net.Socket[] = []
    for (let count = 0; count < 20; count++) {
      const socket = await connectTcp(upgrade(cookie))
      await new Promise((resolve) => socket.once('data', resolve))
      socket.pause()
      socket.write(askForText())
      deaf.push(socket)
    }
    let most = 0
    for (let sent = 0; sent < 36 * MiB; sent += MiB / 2) {
      writer.type('0123456789abcdef'.repeat(MiB / 32), 0)
      writer.erase(0, MiB / 2)
      await until('it is stored', () => writer.isSaved, PATIENCE)
      most = Math.max(most, server.rss)
    }
    await isWell()
    const hungUp = deaf.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
    for (const socket of deaf) socket.resume()
    await Promise.all(hungUp)
    expect(most - rssBefore).toBeLessThan(MEMORY_BOUND)
    expect(reader).toMatchObject({ isConnected: true, text: writer.text })
  }, 120_000)
})
