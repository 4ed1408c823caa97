import { EXTRA, type Card, type ExtraMessage } from '@multilogue/shared/collab'
import type { Problem } from '@multilogue/shared/problems'
import * as Y from 'yjs'
import { localProblem } from '$lib/api'
import { cellsOf } from './cells'
import { OUTDATED, TOO_LARGE, WITHDRAWN } from './closing'
import { keptWordsPlace, notTaken, readKept, writeKept, type KeptParagraph } from './kept'
import type { TextPlace } from './local-copies'
import { LocalText } from './local-text'
import { paragraphsOf, paragraphsTouchedBy, touchesOf } from './paragraphs'
import type { TextStatus } from './text-status.svelte'
import { Wire } from './wire'

const KEEP_MS = 300
const LINGER_MS = 15_000
/** First wait for the server's word before a new connection is tried; doubles, because a thin line may just be slow. */
const STALL_MS = 10_000
const STALL_MAX_MS = 120_000

/**
 * A text that is open in this browser. Holds one wire; when the server does not take an edit, a second one is
 * opened on the text as it really is, and the paragraphs that differ are kept for their author.
 */
export class TextSession {
  #place: TextPlace
  #status: TextStatus
  #onwire: (wire: Wire) => void
  #wire: Wire
  /** A wire that was refused, until the next one has the text. */
  #refusedWire: Wire | undefined
  #local: LocalText | undefined
  /** The text has been equal with the server's in this visit, but for what was written here. */
  #synced = false
  #left = false
  #keeping: ReturnType<typeof setTimeout> | undefined
  #stalling: ReturnType<typeof setTimeout> | undefined
  #patience = STALL_MS

  /** @param onwire  called when a loaded copy of the text is there, and again when another one replaces it */
  constructor(place: TextPlace, status: TextStatus, onwire: (wire: Wire) => void) {
    this.#place = place
    this.#status = status
    this.#onwire = onwire
    // Earlier pages kept the words alone.
    const kept = readKept<(KeptParagraph | string)[]>(this.#keptPlace, [])
    status.kept = kept.map((one) => (typeof one === 'string' ? { id: '', words: one } : one))
    this.#wire = this.#make((wire) => this.#load(wire))
    void this.#begin(this.#wire)
    window.addEventListener('pagehide', this.#keepNow)
    window.addEventListener('online', this.#backOnline)
    window.addEventListener('offline', this.#lineLost)
    document.addEventListener('visibilitychange', this.#seen)
  }

  /** Words that are not saved yet are still sent before the connection ends. */
  leave() {
    this.#left = true
    window.removeEventListener('pagehide', this.#keepNow)
    window.removeEventListener('online', this.#backOnline)
    window.removeEventListener('offline', this.#lineLost)
    document.removeEventListener('visibilitychange', this.#seen)
    clearTimeout(this.#stalling)
    this.#keepNow()
    this.#local?.close()
    this.#refusedWire?.destroy()
    const wire = this.#wire
    wire.awareness.setLocalState(null)
    if (wire.ledger.unsaved && wire.line !== 'none') setTimeout(() => wire.destroy(), LINGER_MS)
    else wire.destroy()
  }

  /** @param left  those that the person still needs */
  dropKept(left: KeptParagraph[] = []) {
    this.#status.kept = left
    if (left.length === 0) this.#status.keptBecause = undefined
    writeKept(this.#keptPlace, left.length ? left : undefined)
  }

  /** First this browser's copy, then the server: so it is asked only for what is missing here. */
  async #begin(wire: Wire): Promise<void> {
    const opened = await LocalText.open(this.#place, wire.doc, () => (this.#status.keeps = false))
    if (this.#left) return opened?.local.close()
    this.#local = opened?.local
    this.#status.keeps = opened !== undefined
    wire.restore((origin) => opened?.local.isOrigin(origin) ?? false, opened?.unsaved)
    if (wire.hasText) this.#load(wire)
    wire.connect()
    this.#show(wire)
  }

  /** @param onsynced  the copy has become equal with the server's for the first time */
  #make(onsynced: (wire: Wire) => void): Wire {
    let first = true
    const wire: Wire = new Wire(this.#place.documentId, this.#place.seatId, {
      onchange: () => this.#show(wire),
      onextra: (message) => this.#hear(wire, message),
      onmerged: (no) => this.#durable(wire, no),
      onlater: (problem) => {
        if (this.#wire === wire) this.#status.delayed = problem
      },
      onrefused: (problem) => this.#refused(wire, problem),
      onpresence: () => this.#showPresence(wire),
      onclosed: (code) => this.#closed(wire, code),
      onsynced: () => {
        if (this.#left || this.#wire !== wire) return
        this.#synced = true
        if (first) onsynced(wire)
        first = false
        this.#show(wire)
      },
    })
    return wire
  }

  /** The copy may be shown and edited. */
  #load(wire: Wire) {
    if (this.#status.loaded) return
    this.#status.loaded = true
    this.#status.everLoaded = true
    this.#onwire(wire)
  }

  #show(wire: Wire) {
    if (this.#wire !== wire) return
    const { unsaved } = wire.ledger
    if (this.#left) {
      if (!unsaved) void this.#local?.sent()
      if (!unsaved) wire.destroy()
      return
    }
    this.#keepSoon()
    const status = this.#status
    status.unsaved = unsaved
    status.slow = wire.line === 'slow'
    if (wire.line === 'slow') status.right = undefined
    this.#watch(wire)
    const isOut = wire.line === 'none' || (!navigator.onLine && (unsaved || wire.line !== 'live'))
    if (status.closedCode !== undefined) status.saving = 'closed'
    else if (isOut) status.saving = 'offline'
    else if (!this.#synced || !status.loaded) status.saving = 'connecting'
    else status.saving = unsaved ? 'saving' : 'saved'
  }

  #hear(wire: Wire, message: ExtraMessage) {
    if (this.#wire !== wire) return
    if (message.type === EXTRA.durable) {
      this.#durable(wire, message.no)
    } else if (message.type === EXTRA.rights) {
      this.#status.right = message.right
      // Written offline, and the text may not be written any more: the server will not ask for these words.
      const tooLate = message.right === 'read' && message.reason === 'joined' && wire.ledger.unsaved
      if (tooLate) this.#refused(wire, localProblem('text-not-writable'))
    } else if (message.retry) {
      this.#status.delayed = message.problem
    } else {
      this.#refused(wire, message.problem)
    }
    this.#show(wire)
  }

  #durable(wire: Wire, no: number) {
    if (this.#wire !== wire) return
    if (!wire.ledger.unsaved) this.#status.durableTo = no
    this.#status.delayed = undefined
    this.#show(wire)
  }

  /** This copy holds words that nobody else will ever see: keep them, and show the text as it is. */
  #refused(refused: Wire, problem: Problem) {
    if (this.#left || this.#wire !== refused) return
    const mine = wordsOfUnsaved(refused)
    const { line } = refused
    this.#keepNow()
    this.#status.loaded = false
    this.#synced = false
    this.#refusedWire = refused
    this.#wire = this.#make((wire) => {
      const theirs = new Map([...paragraphsOf(wire.doc), ...cellsOf(wire.doc)])
      this.#handBack(notTaken(mine, paragraphsOf(refused.doc), theirs), problem)
      this.#status.delayed = undefined
      this.#load(wire)
      wire.restore((origin) => this.#local?.isOrigin(origin) ?? false, undefined)
      void this.#local?.startOver(wire.doc).catch(() => (this.#status.keeps = false))
      // The editor still shows the refused copy until the new one is handed over in this same turn.
      queueMicrotask(() => refused.destroy())
      this.#refusedWire = undefined
    })
    this.#wire.connect(line)
  }

  #closed(wire: Wire, code: number) {
    if (this.#wire !== wire || this.#left) return
    // However often it was sent again, it would not be taken.
    if (code === TOO_LARGE && wire.ledger.unsaved) return this.#refused(wire, localProblem('too-large'))
    this.#status.closedCode = code
    // Loading anew would lose what waits nowhere but in this page.
    if (code === OUTDATED && wire.ledger.unsaved && !this.#status.keeps)
      this.#handBack(notTaken(wordsOfUnsaved(wire), new Map(), new Map()), localProblem('not-saved'))
    if (WITHDRAWN.has(code)) {
      this.#status.right = 'none'
      // What others wrote is not left behind in this browser; what this person wrote is handed back.
      if (wire.ledger.unsaved)
        this.#handBack(notTaken(wordsOfUnsaved(wire), new Map(), new Map()), localProblem('not-allowed'))
      void this.#local?.forget().catch(() => undefined)
      this.#local = undefined
    }
    this.#show(wire)
  }

  #handBack(paragraphs: KeptParagraph[], problem: Problem) {
    const status = this.#status
    const known = new Set(status.kept.map(({ words }) => words))
    status.kept = [...status.kept, ...paragraphs.filter(({ words }) => !known.has(words))]
    status.keptBecause = problem
    writeKept(this.#keptPlace, status.kept.length ? status.kept : undefined)
  }

  /** While the server owes its word, a connection on which nothing comes is replaced. */
  #watch(wire: Wire) {
    if (!wire.ledger.unsaved || wire.line !== 'live') {
      clearTimeout(this.#stalling)
      this.#stalling = undefined
      if (!wire.ledger.unsaved) this.#patience = STALL_MS
      return
    }
    this.#stalling ??= setTimeout(() => {
      this.#stalling = undefined
      this.#patience = Math.min(this.#patience * 2, STALL_MAX_MS)
      if (!this.#left) this.#wire.reconnect()
    }, this.#patience)
  }

  #backOnline = () => this.#wire.reconnect()
  #lineLost = () => this.#show(this.#wire)
  #seen = () => document.visibilityState === 'visible' && this.#wire.hurry()

  #showPresence(wire: Wire) {
    if (this.#wire !== wire) return
    const present = new Map<string, Card>()
    for (const [client, state] of wire.awareness.getStates()) {
      const card = state.user as Card | undefined
      if (client !== wire.doc.clientID && card) present.set(card.personId, card)
    }
    const cards = [...present.values()].sort((a, b) => a.delegationCode.localeCompare(b.delegationCode))
    // Mostly, only a caret has moved.
    if (JSON.stringify(cards) !== JSON.stringify(this.#status.present)) this.#status.present = cards
  }

  get #keptPlace() {
    return keptWordsPlace(this.#place.seatId, this.#place.documentId)
  }

  /** The first unsaved word is kept at once, those after it together; that all is saved is also noted at once. */
  #keepSoon() {
    if (this.#wire.pending.length < 2) this.#keepNow()
    else this.#keeping ??= setTimeout(this.#keepNow, KEEP_MS)
  }

  #keepNow = () => {
    clearTimeout(this.#keeping)
    this.#keeping = undefined
    // Refused words stay where they are until they have been handed back.
    if (!this.#status.loaded) return
    const wire = this.#wire
    if (wire.pending.length > 1) wire.pending = [Y.mergeUpdates(wire.pending)]
    this.#local?.keep(wire.pending[0])
  }
}

function wordsOfUnsaved({ doc, pending }: Wire): Map<string, string> {
  if (pending.length === 0) return new Map()
  const unsaved = Y.mergeUpdates(pending)
  return new Map([...paragraphsTouchedBy(unsaved, doc), ...cellsOf(doc, touchesOf(unsaved))])
}
