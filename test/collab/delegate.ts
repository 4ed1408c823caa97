import { inflateRawSync } from 'node:zlib'
import { decodeExtra, EXTRA, isEditFrame } from '@multilogue/shared/collab'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import type { Engine } from '../../server/src/collab/engine.js'
import type { Holder } from '../../server/src/collab/ports.js'
import { KEYS, NAMES } from '@multilogue/shared/keys'
import { ShortFrames } from '@multilogue/shared/short-frames'
import { cardOf, presence } from './client.js'
import { editAtRandom } from './edits.js'
import { Line } from './line.js'
import type { Random } from './random.js'

/** Clocks by client id. */
export type Clocks = Map<number, number>

interface Watch {
  /** An update has come from the server: everything in it must be in the log. */
  seen(update: Uint8Array): void
}

/** A simulated delegate: a real Y.Doc with undo, the real y-protocols, and a slow line that keeps order. */
export class Delegate {
  doc: Y.Doc
  line: Line | null = null
  /** The server that it was last connected to. */
  engine: Engine | null = null
  readonly holder: Holder
  /** How far each own client id was said to be saved. */
  readonly saved: Clocks = new Map()
  /** Problems that came with `retry: false`. */
  readonly refused: string[] = []
  readonly closed: number[] = []
  /** Every client id that this person has written with. */
  readonly clientIds: number[] = []
  #undo: Y.UndoManager
  #sent: Uint8Array[] = []
  /** On this connection: everything that is here was sent, and all that was sent was taken. */
  #hasSentAll = false
  #isRefused = false
  /** Of this connection. */
  #short: ShortFrames
  #sentEdits = 0
  #settled = 0

  constructor(
    readonly personId: string,
    /** 0: a stock client */
    readonly ext: number,
    private readonly random: Random,
    private readonly watch: Watch,
  ) {
    this.holder = { personId, seatId: `seat of ${personId}`, sessionId: `session of ${personId}` }
    this.doc = this.#open(new Uint8Array())
    this.#short = new ShortFrames(this.doc.clientID, inflateRawSync)
    this.#undo = this.#undoOf(this.doc)
  }

  /** Whether all is known to be stored; a stock client is never told. */
  get isSaved(): boolean {
    return this.line !== null && this.line.isQuiet && this.#hasSentAll && (this.ext === 0 || this.#isSettled)
  }

  get state(): string {
    return `${this.personId} ext ${this.ext} sent ${this.#sentEdits} settled ${this.#settled} ${this.refused.join()} ${this.closed.join()}`
  }

  connect(engine: Engine): string {
    this.engine = engine
    this.#sentEdits = this.#settled = 0
    this.#hasSentAll = this.#isRefused = false
    this.#sent = []
    this.#short = new ShortFrames(this.doc.clientID, inflateRawSync)
    const line = new Line(
      (bytes) => this.#receive(bytes),
      (code) => {
        this.closed.push(code)
        if (this.line === line) this.line = null
      },
    )
    this.line = line
    line.joined = engine.connect('text', this.holder, cardOf(this.personId), line, { ext: this.ext })
    this.#send(0, (encoder) => writeSyncStep1(encoder, this.doc))
    return 'connect'
  }

  /** The network goes. Some of what was sent still arrives; nothing that was sent to here does. */
  disconnect(): string {
    this.line?.cut(this.random)
    this.line = null
    return 'disconnect'
  }

  edit(): string {
    const dice = this.random(100)
    if (dice < 6) {
      this.#undo.undo()
      return 'undo'
    }
    if (dice < 9) {
      this.#undo.redo()
      return 'redo'
    }
    if (dice < 20) this.#undo.stopCapturing()
    return editAtRandom(this.doc, this.random)
  }

  /** Sends a frame a second time. */
  repeat(): string {
    const again = this.#sent[this.random(this.#sent.length || 1)]
    if (again !== undefined) this.#sendBytes(again)
    return 'repeat a frame'
  }

  moveCursor(): string {
    this.line?.up.push(presence(this.doc.clientID, `{"cursor":${this.random(1000)}}`))
    return 'move the cursor'
  }

  /** Closes the browser and opens it again: what was kept there is there, under a new client id. */
  reopen(): string {
    this.disconnect()
    const kept = Y.encodeStateAsUpdate(this.doc)
    this.#undo.destroy()
    this.doc.destroy()
    this.doc = this.#open(kept)
    this.#undo = this.#undoOf(this.doc)
    return 'reopen'
  }

  /** The same merge over HTTP. */
  async sync(engine: Engine): Promise<void> {
    const { doc } = this
    const [update, vector] = [Y.encodeStateAsUpdate(doc), Y.encodeStateVector(doc)]
    const answer = await engine.sync('text', this.holder, { update, vector })
    this.watch.seen(answer.update)
    this.#keepSaved(doc.clientID, Y.decodeStateVector(vector).get(doc.clientID) ?? 0)
    if (this.doc === doc) Y.applyUpdate(doc, answer.update, this)
  }

  destroy(): void {
    this.disconnect()
    this.doc.destroy()
  }

  #open(kept: Uint8Array): Y.Doc {
    const doc = new Y.Doc()
    doc.clientID = 1 + this.random(2 ** 32 - 1)
    this.clientIds.push(doc.clientID)
    if (kept.length > 0) Y.applyUpdate(doc, kept)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#sendUpdate(update)
    })
    return doc
  }

  #undoOf(doc: Y.Doc): Y.UndoManager {
    return new Y.UndoManager(doc.getXmlFragment('default'), { captureTimeout: 1e9, trackedOrigins: new Set([null]) })
  }

  #receive(bytes: Uint8Array): void {
    const extra = decodeExtra(bytes)
    if (extra?.type === EXTRA.durable) return this.#settle(extra.settled)
    if (extra?.type === EXTRA.notTaken && !extra.retry) {
      this.refused.push(extra.problem.type.split('/').at(-1) ?? '')
      this.#isRefused = true
    }
    if (bytes[0] === NAMES) this.#short.learnNames(bytes)
    if (bytes[0] === KEYS) this.#receiveKeys(bytes)
    if (bytes[0] !== 0) return
    if (bytes[1] !== 0) {
      const decoder = decoding.createDecoder(bytes.subarray(2))
      this.watch.seen(decoding.readVarUint8Array(decoder))
    }
    const reply = encoding.createEncoder()
    encoding.writeVarUint(reply, 0)
    readSyncMessage(decoding.createDecoder(bytes.subarray(1)), reply, this.doc, this)
    if (encoding.length(reply) > 1) this.#sendBytes(encoding.toUint8Array(reply))
  }

  #receiveKeys(frame: Uint8Array): void {
    for (const update of this.#short.updatesOf(frame)) {
      this.watch.seen(update)
      Y.applyUpdate(this.doc, update, this)
    }
  }

  #sendUpdate(update: Uint8Array): void {
    const short = this.#short.keyFrame(update)
    if (short === null) this.#send(0, (encoder) => writeUpdate(encoder, update))
    else this.#sendBytes(short)
  }

  get #isSettled(): boolean {
    return this.#settled === this.#sentEdits
  }

  #settle(settled: number): void {
    this.#settled = settled
    const { doc } = this
    if (this.#isSettled && this.#hasSentAll && !this.#isRefused) {
      this.#keepSaved(doc.clientID, Y.getState(doc.store, doc.clientID))
    }
  }

  #keepSaved(client: number, clock: number): void {
    this.saved.set(client, Math.max(this.saved.get(client) ?? 0, clock))
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
    if (this.line === null) return
    this.line.up.push(bytes)
    if (!isEditFrame(bytes)) return
    this.#sent.push(bytes)
    this.#sentEdits += 1
    if (bytes[0] === 0 && bytes[1] === 1) this.#hasSentAll = true
  }
}
