import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Joined } from '../../server/src/collab/engine.js'
import { cardOf } from './client.js'
import { Stage } from './stage.js'
import { turns } from './world.js'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(() => stage.end())

describe('stock clients', () => {
  it('[ENGINE-9] y-websocket itself works, and gets no message type that it does not know', async () => {
    const types = new Set<number>()
    /** A WebSocket whose other end is the engine. */
    class Socket {
      binaryType = 'arraybuffer'
      readonly OPEN = 1
      readyState = 0
      onopen: (() => void) | null = null
      onmessage: ((event: { data: ArrayBufferLike }) => void) | null = null
      onclose: ((event: { code: number }) => void) | null = null
      onerror: (() => void) | null = null
      #joined: Joined | null = null

      constructor() {
        setImmediate(() => this.#open())
      }

      send(bytes: Uint8Array): void {
        this.#joined?.receive(bytes.slice())
      }

      close(): void {
        this.readyState = 3
        this.#joined?.closed()
      }

      #open(): void {
        const wire = {
          bufferedAmount: 0,
          send: (bytes: Uint8Array) => {
            types.add(bytes[0] ?? -1)
            const data = bytes.slice().buffer
            setImmediate(() => this.onmessage?.({ data }))
          },
          close: (code: number) => this.onclose?.({ code }),
        }
        const holder = { personId: 'stock', seatId: 'seat', sessionId: 'session' }
        this.#joined = stage.engine.connect('text', holder, cardOf('stock'), wire, { ext: 0 })
        this.readyState = 1
        this.onopen?.()
      }
    }
    const doc = new Y.Doc()
    const provider = new WebsocketProvider('ws://engine', 'text', doc, {
      WebSocketPolyfill: Socket as unknown as typeof WebSocket,
      disableBc: true,
    })
    await stage.until('synced', () => provider.synced)
    const ghana = await stage.join('ghana')
    doc.getText('t').insert(0, 'stock ')
    await stage.until('ghana sees it', () => ghana.text === 'stock ')
    ghana.type('and ours')
    provider.awareness.setLocalStateField('cursor', 3)
    await stage.until('both ways', () => doc.getText('t').toJSON() === 'stock and ours')
    await stage.until('seen', () => ghana.awareness.getStates().get(doc.clientID)?.cursor === 3, 10)
    stage.authority.set('stock', 'read')
    stage.authority.signal('text')
    await stage.clock.advance(1000)
    doc.getText('t').insert(0, 'refused ')
    await turns(20)
    expect(ghana.text).toBe('stock and ours')
    expect([...types].sort()).toEqual([0, 1])
    provider.destroy()
    doc.destroy()
  })
})
