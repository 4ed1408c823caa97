import { EXTRA, Card, type ExtraMessage } from '@multilogue/shared/collab'
import type { Problem } from '@multilogue/shared/problems'
import * as Y from 'yjs'
import { localProblem } from '$lib/api'
import { readKept, writeKept } from './kept'
import { paragraphsOf } from './paragraphs'
import type { TextStatus } from './text-status.svelte'
import { keepUnsaved, takeUnsaved } from './unsaved'
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
  #documentId: string
  #seatId: string
  #status: TextStatus
  #onwire: (wire: Wire) => void
  #wire: Wire
  #left = false
  #keeping: ReturnType<typeof setTimeout> | undefined
  #stalling: ReturnType<typeof setTimeout> | undefined
  #patience = STALL_MS

  /** @param onwire  called when a loaded copy of the text is there, and again when another one replaces it */
  constructor(documentId: string, seatId: string, status: TextStatus, onwire: (wire: Wire) => void) {
    this.#documentId = documentId
    this.#seatId = seatId
    this.#status = status
    this.#onwire = onwire
    status.kept = readKept<string[]>(this.#keptPlace, [])
    this.#wire = this.#open()
    window.addEventListener('pagehide', this.#keepNow)
    window.addEventListener('online', this.#backOnline)
    window.addEventListener('offline', this.#lineLost)
  }

  /** Words that are not saved yet are still sent before the connection ends. */
  leave() {
    this.#left = true
    window.removeEventListener('pagehide', this.#keepNow)
    window.removeEventListener('online', this.#backOnline)
    window.removeEventListener('offline', this.#lineLost)
    clearTimeout(this.#stalling)
    this.#keepNow()
    this.#wire.awareness.setLocalState(null)
    if (this.#wire.ledger.unsaved && this.#wire.connected) setTimeout(() => this.#wire.destroy(), LINGER_MS)
    else this.#wire.destroy()
  }

  dropKept() {
    this.#status.kept = []
    this.#status.keptBecause = undefined
    writeKept(this.#keptPlace, undefined)
  }

  #open(loaded?: (wire: Wire) => void): Wire {
    let first = true
    const wire: Wire = new Wire(this.#documentId, this.#seatId, {
      onchange: () => this.#show(wire),
      onextra: (message) => this.#hear(wire, message),
      onpresence: () => this.#showPresence(wire),
      onclosed: (code) => {
        if (this.#wire !== wire || this.#left) return
        this.#status.closedCode = code
        this.#show(wire)
      },
      onsynced: () => {
        if (!first || this.#left) return
        first = false
        loaded?.(wire)
        for (const update of takeUnsaved(this.#documentId, this.#seatId)) Y.applyUpdate(wire.doc, update, 'kept')
        this.#status.synced = true
        this.#status.everSynced = true
        this.#onwire(wire)
        this.#show(wire)
      },
    })
    wire.connect()
    return wire
  }

  #show(wire: Wire) {
    if (this.#wire !== wire) return
    this.#keepSoon()
    if (this.#left) {
      if (!wire.ledger.unsaved) wire.destroy()
      return
    }
    const status = this.#status
    const { unsaved } = wire.ledger
    status.unsaved = unsaved
    this.#watch(wire)
    if (status.closedCode !== undefined) status.saving = 'closed'
    else if (!wire.connected) status.saving = status.synced ? 'offline' : 'connecting'
    else if (!status.synced) status.saving = 'connecting'
    else if (unsaved && !navigator.onLine) status.saving = 'offline'
    else status.saving = unsaved ? 'saving' : 'saved'
  }

  #hear(wire: Wire, message: ExtraMessage) {
    if (this.#wire !== wire) return
    if (message.type === EXTRA.durable) {
      if (!wire.ledger.unsaved) this.#status.durableTo = message.no
      this.#status.delayed = undefined
    } else if (message.type === EXTRA.rights) {
      this.#status.right = message.right
      // Written offline, and the text may not be written any more: the server will not ask for these words.
      const tooLate = message.right === 'read' && message.reason === 'joined' && wire.ledger.unsaved
      if (tooLate && !this.#left) this.#startAnew(wire, localProblem('text-not-writable'))
    } else if (message.retry) {
      this.#status.delayed = message.problem
    } else if (!this.#left) {
      this.#startAnew(wire, message.problem)
    }
    this.#show(wire)
  }

  /** This copy holds words that nobody else will ever see: keep them, and show the text as it is. */
  #startAnew(refused: Wire, problem: Problem) {
    const mine = paragraphsOf(refused.doc)
    this.#keepNow()
    this.#status.synced = false
    this.#wire = this.#open((wire) => {
      const theirs = paragraphsOf(wire.doc)
      const kept = [...mine].filter(([id, words]) => theirs.get(id) !== words).map(([, words]) => words)
      this.#status.kept = [...this.#status.kept, ...kept.filter((words) => !this.#status.kept.includes(words))]
      this.#status.keptBecause = problem
      writeKept(this.#keptPlace, this.#status.kept.length ? this.#status.kept : undefined)
      keepUnsaved(this.#documentId, this.#seatId, refused.doc, [])
      // The editor still shows the refused copy until the new one is handed over in this same turn.
      queueMicrotask(() => refused.destroy())
    })
  }

  /** While the server owes its word, a connection on which nothing comes is replaced. */
  #watch(wire: Wire) {
    if (!wire.ledger.unsaved || !wire.connected) {
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

  #showPresence(wire: Wire) {
    if (this.#wire !== wire) return
    const present = new Map<string, Card>()
    for (const [client, state] of wire.awareness.getStates()) {
      const card = Card.safeParse(state.user)
      if (client !== wire.doc.clientID && card.success) present.set(card.data.personId, card.data)
    }
    this.#status.present = [...present.values()].sort((a, b) => a.delegationCode.localeCompare(b.delegationCode))
  }

  get #keptPlace() {
    return `multilogue.kept.${this.#seatId}.${this.#documentId}`
  }

  #keepSoon() {
    this.#keeping ??= setTimeout(this.#keepNow, KEEP_MS)
  }

  #keepNow = () => {
    clearTimeout(this.#keeping)
    this.#keeping = undefined
    const wire = this.#wire
    if (wire.pending.length > 1) wire.pending = [Y.mergeUpdates(wire.pending)]
    keepUnsaved(this.#documentId, this.#seatId, wire.doc, wire.pending)
  }
}
