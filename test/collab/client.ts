import { inflateRawSync } from 'node:zlib'
import { decodeExtra, EXTRA, isEditFrame } from '@multilogue/shared/collab'
import type { Card, ExtraMessage } from '@multilogue/shared/collab'
import { CURSORS } from '@multilogue/shared/cursors'
import { KEYS, NAMES } from '@multilogue/shared/keys'
import { ShortFrames } from '@multilogue/shared/short-frames'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import type { Engine, Joined } from '../../server/src/collab/engine.js'
import type { Holder, Wire } from '../../server/src/collab/ports.js'

interface Options {
  document?: string
  session?: string
  /** What it understands of Multilogue's own: 0 nothing, 1 extra messages, 2 short frames too. */
  ext?: 0 | 1 | 2
}

export const cardOf = (personId: string): Card => ({
  personId,
  name: `Delegate ${personId}`,
  delegationCode: personId.slice(0, 3).toUpperCase(),
  colour: '#0a5',
})

/** A participant with a real Y.Doc, a real Awareness and the real y-protocols, on a network that keeps order. */
export class Client {
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly holder: Holder
  readonly document: string
  readonly ext: number
  /** The first byte of every frame that came, since the start. */
  types: number[] = []
  updatesSeen = 0
  extra: ExtraMessage[] = []
  sentEdits = 0
  /** Bytes of all frames, without what WebSocket adds. */
  bytesIn = 0
  bytesOut = 0
  #short = new ShortFrames(this.doc.clientID, inflateRawSync)
  closed: { code: number; reason: string } | null = null
  /** What the server's end says is unread. */
  unread = 0
  #joined: Joined | null = null

  constructor(
    readonly personId: string,
    { document = 'text', session = `session of ${personId}`, ext = 1 }: Options = {},
  ) {
    this.document = document
    this.ext = ext
    this.holder = { personId, seatId: `seat of ${personId}`, sessionId: session }
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#sendUpdate(update)
    })
    this.awareness.on('update', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
      this.#sendPresence([...added, ...updated, ...removed]) // of others too, as y-websocket does
    })
  }

  get text(): string {
    return this.doc.getText('t').toJSON()
  }

  get isConnected(): boolean {
    return this.#joined !== null
  }

  get durable(): { no: number; settled: number } {
    return this.extra.findLast((message) => message.type === EXTRA.durable) ?? { no: 0, settled: 0 }
  }

  /** Rule 2: nothing else makes an editor say "saved". */
  get isSaved(): boolean {
    return this.isConnected && this.durable.settled === this.sentEdits
  }

  get problems(): string[] {
    return this.extra.flatMap((message) => (message.type === EXTRA.notTaken ? [message.problem.type] : []))
  }

  get rights(): string[] {
    return this.extra.flatMap((message) => (message.type === EXTRA.rights ? [message.right] : []))
  }

  connect(engine: Pick<Engine, 'connect'>): this {
    this.closed = null
    this.extra = []
    this.sentEdits = 0
    this.#short = new ShortFrames(this.doc.clientID, inflateRawSync)
    let isCut = false
    const countUnread = (): number => this.unread
    const wire: Wire = {
      get bufferedAmount() {
        return countUnread()
      },
      send: (bytes) => {
        const copy = bytes.slice()
        setImmediate(() => {
          if (!isCut && this.#wire === wire) this.#receive(copy)
        })
      },
      close: (code, reason) => {
        isCut = true
        if (this.#wire !== wire) return
        this.closed = { code, reason }
        this.#hungUp()
      },
    }
    this.#wire = wire
    this.#joined = engine.connect(this.document, this.holder, cardOf(this.personId), wire, { ext: this.ext })
    this.#send(0, (encoder) => writeSyncStep1(encoder, this.doc))
    if (this.awareness.getLocalState() !== null) this.#sendPresence([this.doc.clientID])
    return this
  }
  #wire: Wire | null = null

  /** The network goes: what the server had sent and was not read is lost. */
  disconnect(): void {
    const joined = this.#joined
    this.#hungUp()
    joined?.closed()
  }

  type(text: string, at = this.text.length): this {
    this.doc.getText('t').insert(at, text)
    return this
  }

  erase(at: number, length: number): this {
    this.doc.getText('t').delete(at, length)
    return this
  }

  /** Sends bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#joined?.receive(bytes)
  }

  destroy(): void {
    this.disconnect()
    this.doc.destroy()
  }

  #hungUp(): void {
    this.#joined = null
    this.#wire = null
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.doc.clientID)
    removeAwarenessStates(this.awareness, others, this)
  }

  #receive(bytes: Uint8Array): void {
    this.types.push(bytes[0] ?? -1)
    this.bytesIn += bytes.length
    if (bytes[0] === NAMES) return this.#short.learnNames(bytes)
    if (bytes[0] === CURSORS) return applyAwarenessUpdate(this.awareness, this.#short.presenceOf(bytes), this)
    if (bytes[0] === KEYS) {
      this.updatesSeen += 1
      for (const update of this.#short.updatesOf(bytes)) Y.applyUpdate(this.doc, update, this)
      return
    }
    const extra = decodeExtra(bytes)
    if (extra !== null) return void this.extra.push(extra)
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === 1) return applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this)
    if (type !== 0) throw new Error(`a frame of type ${type}`)
    const reply = encoding.createEncoder()
    encoding.writeVarUint(reply, 0)
    if (readSyncMessage(decoder, reply, this.doc, this) === 2) this.updatesSeen += 1
    if (encoding.length(reply) > 1) this.#sendBytes(encoding.toUint8Array(reply))
  }

  #sendUpdate(update: Uint8Array): void {
    const short = this.#short.keyFrame(update)
    if (short === null) this.#send(0, (encoder) => writeUpdate(encoder, update))
    else this.#sendBytes(short)
  }

  #sendPresence(clientIds: number[]): void {
    const update = encodeAwarenessUpdate(this.awareness, clientIds)
    this.#send(1, (encoder) => encoding.writeVarUint8Array(encoder, update))
  }

  #send(type: number, write: (encoder: encoding.Encoder) => void): void {
    this.#sendBytes(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, type)
        write(encoder)
      }),
    )
  }

  #sendBytes(bytes: Uint8Array): void {
    if (this.#joined === null) return
    if (isEditFrame(bytes)) this.sentEdits += 1
    this.bytesOut += bytes.length
    this.#joined.receive(bytes)
  }
}

/** A presence frame with one entry, as anybody could make it up. */
export function presence(clientId: number, json: string): Uint8Array {
  return encoding.encode((frame) => {
    encoding.writeVarUint(frame, 1)
    const body = encoding.encode((inner) => {
      for (const value of [1, clientId, 1]) encoding.writeVarUint(inner, value)
      encoding.writeVarString(inner, json)
    })
    encoding.writeVarUint8Array(frame, body)
  })
}
