import type { Writer } from '@multilogue/shared/history'
import * as Y from 'yjs'
import { Ledger } from './ledger.js'

/** One row of a text's log. */
export interface LoggedUpdate {
  bytes: Uint8Array
  /** Place in `Chronicle.writers`. */
  writer: number
  /** Milliseconds since 1970. */
  at: number
}

interface EarlyRemoval {
  client: number
  from: number
  until: number
  no: number
}

/** Rows that are applied in one Yjs transaction: the cost of a transaction grows with the number of clients. */
const ROWS_PER_TRANSACTION = 500

/**
 * The whole life of a text: a document that forgets nothing, and for every clock in it the rows that brought
 * and removed it. From these two the text at any log number, and what is between any two, is read exactly.
 */
export class Chronicle {
  readonly doc = new Y.Doc({ gc: false })
  readonly rows: { writer: number; at: number }[] = []
  readonly writers: Writer[] = []
  private readonly ledgers = new Map<number, Ledger>()
  /** Whose a client id is, as places in `writers`. */
  readonly authors = new Map<number, number>()
  private early: EarlyRemoval[] = []
  /** Bytes of log read. */
  size = 0

  /** The newest log number. */
  get head(): number {
    return this.rows.length
  }

  extend(updates: LoggedUpdate[]): void {
    for (let at = 0; at < updates.length; at += ROWS_PER_TRANSACTION) {
      const some = updates.slice(at, at + ROWS_PER_TRANSACTION)
      this.doc.transact(() => some.forEach((update) => this.append(update)))
    }
    this.early = this.early.filter((removal) => !this.isBuried(removal))
  }

  ledger(client: number): Ledger {
    const known = this.ledgers.get(client)
    if (known) return known
    const ledger = new Ledger()
    this.ledgers.set(client, ledger)
    return ledger
  }

  /** Who wrote what the client brought with row `no`. A client that nobody is named for is its row's writer's. */
  writerOf(client: number, no: number): number {
    return this.authors.get(client) ?? this.row(no).writer
  }

  /** @param no from 1 */
  row(no: number): { writer: number; at: number } {
    const row = this.rows[no - 1]
    if (!row) throw new Error(`There is no row ${no}.`)
    return row
  }

  /** Rows are causally whole as a rule; only when some wait for others must all clients be looked through. */
  private append({ bytes, writer, at }: LoggedUpdate): void {
    const no = this.rows.push({ writer, at })
    this.size += bytes.length
    const { store } = this.doc
    const waited = store.pendingStructs !== null
    let update: ReturnType<typeof Y.decodeUpdate>
    try {
      update = Y.decodeUpdate(bytes)
      Y.applyUpdate(this.doc, bytes)
    } catch {
      // What no Yjs can apply is in nobody's text.
      return
    }
    const clients =
      waited || store.pendingStructs !== null
        ? store.clients.keys()
        : new Set(update.structs.map(({ id }) => id.client))
    for (const client of clients) this.ledger(client).bear(Y.getState(store, client), no)
    for (const [client, ranges] of update.ds.clients)
      for (const { clock, len } of ranges) this.bury({ client, from: clock, until: clock + len, no })
  }

  private bury({ client, from, until, no }: EarlyRemoval): void {
    const ledger = this.ledger(client)
    ledger.bury(from, until, no)
    if (until > ledger.length) this.early.push({ client, from: Math.max(from, ledger.length), until, no })
  }

  /** A removal can be told before what it removes. */
  private isBuried({ client, from, until, no }: EarlyRemoval): boolean {
    const ledger = this.ledger(client)
    ledger.bury(from, until, no)
    return until <= ledger.length
  }
}
