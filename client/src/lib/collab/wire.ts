import { decodeExtra, EXTRA, type ExtraMessage } from '@multilogue/shared/collab'
import { CURSORS } from '@multilogue/shared/cursors'
import { KEYS, NAMES } from '@multilogue/shared/keys'
import type { Problem } from '@multilogue/shared/problems'
import { ShortFrames } from '@multilogue/shared/short-frames'
import { TEXT_SCHEMA } from '@multilogue/shared/text-schema'
import { inflateSync } from 'fflate'
import { peekVarUint, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { applyAwarenessUpdate, type Awareness } from 'y-protocols/awareness'
import { messageYjsUpdate } from 'y-protocols/sync'
import { messageAwareness, messageSync, WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { MESSAGE_TOO_BIG, OUTDATED, TOO_LARGE } from './closing'
import { exchangeOverHttp } from './http-exchange'
import { outgoing } from './outgoing'
import { Pace } from './pace'
import { SaveLedger } from './save-ledger'
import { SlowLine } from './slow-line'

/**
 * `opening`: no line yet, or lost a moment ago. `live`: a WebSocket. `slow`: HTTP only. `none`: neither gets through.
 */
export type Line = 'opening' | 'live' | 'slow' | 'none'

export interface WireEvents {
  /** Connected, lost, edited, settled: something about saving may have changed. */
  onchange: () => void
  onsynced: () => void
  onextra: (message: ExtraMessage) => void
  /** Everything sent over HTTP is durable, up to this log number. */
  onmerged: (no: number) => void
  /** Words sent over HTTP were not taken. */
  onrefused: (problem: Problem) => void
  /** The server has words sent over HTTP, but could not take them yet. */
  onlater: (problem: Problem) => void
  onpresence: () => void
  /** The server ended the connection for good. */
  onclosed: (code: number) => void
}

/** The server restarts: all come back, not all at once, and most of them to another server. */
const RESTARTS = new Set([1001, 1012])
const JITTER_MS = 500
/** How long a lost line counts as `opening`: when tries have failed, and when they only hang. */
const FAILING_MS = 2000
const HANGING_MS = 4000
/** A WebSocket that is still opening after this long is tried anew; what was in its way may be gone. */
const OPENING_MS = 15_000

/** One copy of a text and its line to the server. Local words are counted as saved only by the server's word. */
export class Wire {
  readonly doc = new Y.Doc()
  readonly ledger = new SaveLedger()
  /** Local updates since everything was last saved. */
  pending: Uint8Array[] = []
  #events: WireEvents
  #provider: WebsocketProvider
  #slow: SlowLine
  /** The editor draws a busy room's keys at once. */
  #pace = new Pace(
    (work) => Y.transact(this.doc, work, this.#provider, false),
    // It comes again over a new connection.
    () => this.#unreadable(),
  )
  /** Of the connection that is or is being made. */
  #short = this.#newShort()
  #isCopy: (origin: unknown) => boolean = () => false
  /** The server has said something over this WebSocket. An upgrade alone may be a proxy's doing. */
  #heard = false
  #failures = 0
  #timers: ReturnType<typeof setTimeout>[] = []
  #renewal: ReturnType<typeof setTimeout> | undefined
  #gone = false

  constructor(documentId: string, seatId: string, events: WireEvents) {
    this.#events = events
    const { doc, ledger } = this
    const leaving = (frame: Uint8Array<ArrayBuffer>) => outgoing(frame, this.#short, doc.clientID)
    class CountingSocket extends WebSocket {
      override send(data: Uint8Array<ArrayBuffer>) {
        const frame = leaving(data)
        if (!frame) return
        super.send(frame)
        ledger.left(frame)
      }
    }
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this.#provider || origin === this.#slow || this.#isCopy(origin)) return
      this.pending.push(update)
      ledger.edited()
      this.#pace.typed()
      events.onchange()
    })
    this.#slow = new SlowLine(this, exchangeOverHttp(documentId), {
      onchange: events.onchange,
      onmerged: (no) => this.#merged(no),
      onlater: events.onlater,
      onrefused: events.onrefused,
      onclosed: (code) => this.#closed(code),
    })
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    this.#provider = new WebsocketProvider(`${scheme}://${location.host}/collab`, documentId, doc, {
      connect: false,
      // Two tabs hear of each other through the server, or words could be seen that nobody has stored.
      disableBc: true,
      params: { ext: '2', seat: seatId },
      WebSocketPolyfill: CountingSocket,
    })
    this.#listen()
  }

  get awareness(): Awareness {
    return this.#provider.awareness
  }
  get line(): Line {
    if (this.#heard) return 'live'
    if (!this.#slow.running || this.#slow.up === undefined) return 'opening'
    return this.#slow.up ? 'slow' : 'none'
  }
  /** Whether there are words to be edited: an empty text that was not asked for yet may be anything. */
  get hasText(): boolean {
    return this.doc.getXmlFragment('default').length > 0 || this.doc.getMap('items').size > 0
  }

  /** @param unsaved  words from an earlier visit that the server has not called durable; in `doc` already */
  restore(isCopy: (origin: unknown) => boolean, unsaved: Uint8Array | undefined) {
    this.#isCopy = isCopy
    if (!unsaved) return
    this.pending.push(unsaved)
    this.ledger.edited()
  }

  /** @param line  `slow`: nothing else got through a moment ago */
  connect(line?: Line) {
    if (this.#gone) return
    this.#provider.connect()
    if (line === 'slow') this.#slow.start()
    else this.#wait()
  }

  /** A line that has gone quiet may be dead without having said so; what was not settled is sent again. */
  reconnect() {
    if (this.#gone || !this.#provider.shouldConnect) return
    this.#provider.disconnect()
    this.#provider.connect()
    this.#slow.hurry()
  }

  /** Somebody looks: does not wait for the next exchange over HTTP. */
  hurry() {
    this.#slow.hurry()
  }

  destroy() {
    if (this.#gone) return
    this.#gone = true
    clearTimeout(this.#renewal)
    this.#rest()
    this.#pace.stop()
    this.#provider.destroy()
    this.#provider.awareness.destroy()
    this.doc.destroy()
  }

  #listen() {
    const provider = this.#provider
    for (const type of Object.values(EXTRA)) {
      provider.messageHandlers[type] = (_encoder, decoder) => this.#hear(decodeExtra(decoder.arr))
    }
    this.#listenToStock()
    this.#listenToShort()
    provider.on('status', ({ status }) => {
      clearTimeout(this.#renewal)
      if (status === 'connecting') this.#short = this.#newShort()
      if (status === 'connected') this.ledger.connected()
      if (status === 'connecting') this.#renewal = setTimeout(() => this.reconnect(), OPENING_MS)
      if (status === 'disconnected') {
        if (this.#heard) this.#wait()
        this.#heard = false
      }
      this.#events.onchange()
    })
    provider.on('connection-close', (event) => {
      this.#failures++
      if (event && RESTARTS.has(event.code)) this.#comeBack()
      if (event?.code === MESSAGE_TOO_BIG) this.#closed(TOO_LARGE)
    })
    provider.on('sync', (synced: boolean) => {
      if (synced) this.#events.onsynced()
    })
    provider.on('closed', ({ code }) => this.#closed(code))
    provider.awareness.on('change', this.#events.onpresence)
  }

  #listenToStock() {
    const { doc } = this
    const provider = this.#provider
    const whole = provider.messageHandlers[messageSync]!
    provider.messageHandlers[messageSync] = (encoder, decoder, ...more) => {
      if (peekVarUint(decoder) !== messageYjsUpdate) {
        this.#pace.flush()
        return whole(encoder, decoder, ...more)
      }
      readVarUint(decoder)
      const update = readVarUint8Array(decoder)
      this.#pace.add(() => Y.applyUpdate(doc, update, provider))
    }
    provider.messageHandlers[messageAwareness] = (_encoder, decoder) => {
      const presence = readVarUint8Array(decoder)
      this.#pace.add(() => applyAwarenessUpdate(provider.awareness, presence, provider))
    }
  }

  #listenToShort() {
    const { doc } = this
    const provider = this.#provider
    provider.messageHandlers[NAMES] = (_encoder, { arr }) => this.#read(() => this.#short.learnNames(arr))
    provider.messageHandlers[KEYS] = (_encoder, { arr }) => {
      const updates = this.#read(() => this.#short.updatesOf(arr)) ?? []
      this.#pace.add(() => updates.forEach((update) => Y.applyUpdate(doc, update, provider)))
    }
    provider.messageHandlers[CURSORS] = (_encoder, { arr }) => {
      const presence = this.#read(() => this.#short.presenceOf(arr))
      if (presence) this.#pace.add(() => applyAwarenessUpdate(provider.awareness, presence, provider))
    }
  }

  #newShort() {
    return new ShortFrames(this.doc.clientID, inflateSync)
  }

  /** What cannot be read would be missing from the text: it comes again over a new connection without short frames. */
  #read<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch {
      this.#unreadable()
      return undefined
    }
  }

  #unreadable() {
    this.#provider.params = { ...this.#provider.params, ext: '1' }
    this.reconnect()
  }

  #hear(message: ExtraMessage | null) {
    if (!this.#heard) {
      this.#heard = true
      this.#rest()
      this.#events.onchange()
    }
    if (!message) return
    // Before anything of the text comes: the right is the first that is said.
    if (message.type === EXTRA.rights && message.schema > TEXT_SCHEMA) {
      this.#provider.disconnect()
      return this.#closed(OUTDATED)
    }
    if (message.type === EXTRA.durable) {
      this.ledger.settled(message.settled)
      if (!this.ledger.unsaved) this.pending = []
    }
    this.#events.onextra(message)
  }

  #merged(no: number) {
    if (this.#gone) return
    if (!this.ledger.unsaved) this.pending = []
    this.#events.onsynced()
    this.#events.onmerged(no)
  }

  #closed(code: number) {
    this.#provider.shouldConnect = false
    this.#rest()
    this.#events.onclosed(code)
  }

  /** The line is lost since now: gives WebSocket a moment before HTTP is tried. */
  #wait() {
    this.#rest()
    this.#failures = 0
    const start = () => {
      this.#slow.start()
      this.#events.onchange()
    }
    this.#timers = [setTimeout(() => this.#failures > 0 && start(), FAILING_MS), setTimeout(start, HANGING_MS)]
  }

  /** y-websocket's own wait is the same for all. */
  #comeBack() {
    const provider = this.#provider
    provider.shouldConnect = false
    setTimeout(() => {
      if (!this.#gone) provider.connect()
    }, Math.random() * JITTER_MS)
  }

  #rest() {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers = []
    this.#slow.stop()
  }
}
