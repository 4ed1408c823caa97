import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openDocument } from '@multilogue/shared/documents'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { secondServer } from './second-server.js'
import { StockClient } from './stock-client.js'

let stage: Stage
let round: SmallRound

beforeEach(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterEach(() => stage.close())

/** Opens a text like a browser, and then never reads or answers anything. */
async function deafPeer(address: string, documentId: string, cookie: string): Promise<net.Socket> {
  const { hostname, port, host } = new URL(address)
  const socket = net.connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(
    `GET /collab/${documentId} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${address}\r\nCookie: ${cookie}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  const [first] = await new Promise<Buffer[]>((resolve) => socket.once('data', (data) => resolve([data])))
  expect(first?.toString()).toContain('101 Switching Protocols')
  socket.pause()
  return socket
}

describe('a server that stops', () => {
  it('[ENGINE-6] tells its readers to come again, and waits for nobody who does not answer', async () => {
    const { id } = await stage.world.do('facilitator', openDocument, {
      roundId: round.roundId,
      kind: 'vision_statement',
      title: 'Vision',
      language: 'en',
    })
    await stage.world.begin('facilitator', id, [{ kind: 'paragraph', text: 'We. ' }])
    const other = await secondServer(stage)
    const here = await StockClient.connect(stage, 'facilitator', id)
    const leaving = await StockClient.connect(stage, 'facilitator', id, other.address)
    await until('both have the text', () => here.provider.synced && leaving.provider.synced)
    const deaf = await deafPeer(other.address, id, await stage.cookieOf('facilitator'))
    leaving.write('last words')
    await until('the words are there', () => here.paragraphs.includes('last words'))
    const began = performance.now()
    await other.close()
    expect(performance.now() - began).toBeLessThan(5000)
    await until('it is told', () => leaving.closed.length > 0)
    expect(leaving.closed[0]).toBe(1012)
    deaf.destroy()
    leaving.close()
    here.close()
  })
})
