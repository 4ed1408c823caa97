import type { Right } from '@multilogue/shared/collab'

/**
 * Everything the collaboration engine needs from outside. Nothing else reaches in or out, so the engine runs
 * the same on PostgreSQL, on a fake network and in a benchmark.
 */

/** On whose behalf a connection or a request acts. */
export interface Holder {
  personId: string
  seatId: string
  sessionId: string
}

/** One row of a document's log; numbers count from 1 per document, without gaps. */
export interface LogRow {
  no: number
  bytes: Uint8Array
}

export interface NewUpdate {
  documentId: string
  bytes: Uint8Array
  personId: string
  seatId: string
}

export interface StoredText {
  /** The document's state after log row `no`, or null when none was saved yet (then `no` is 0). */
  snapshot: Uint8Array | null
  no: number
  /** Every log row after `no`, in order. */
  updates: LogRow[]
}

export interface Store {
  /** @returns null when there is no such document */
  load(documentId: string): Promise<StoredText | null>
  /** Every log row after number `after`, in order. */
  tail(documentId: string, after: number): Promise<LogRow[]>
  /**
   * Appends all updates in one transaction, or none. Rows of one document keep the order of the batch.
   * @returns the log number of each, in the order of the batch, once the transaction is durable
   */
  append(batch: NewUpdate[]): Promise<number[]>
  /** Keeps `state` as the document's snapshot, unless one with a higher number is there. Deletes no log row. */
  saveSnapshot(documentId: string, no: number, state: Uint8Array): Promise<void>
}

export interface Authority {
  /** Asked whenever a right is used. `read` for a document that is frozen. */
  rightOf(documentId: string, holder: Holder): Promise<Right>
  /**
   * Calls the listener when rights on a document, or on all of them (null), may have changed.
   * @returns how to stop listening
   */
  onRightsChanged(listener: (documentId: string | null) => void): () => void
}

/** Wake-ups between servers. May lose some: the log is the truth. */
export interface Bus {
  /** Says that the log of a document grew. */
  publish(documentId: string): void
  /** @returns how to stop listening */
  subscribe(listener: (documentId: string, sourceIsSelf: boolean) => void): () => void
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs once after `ms` milliseconds. @returns how to cancel it */
  after(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** The server's end of one WebSocket. */
export interface Wire {
  send(bytes: Uint8Array): void
  close(code: number, reason: string): void
  /** Bytes handed to `send` that the peer has not taken yet. */
  readonly bufferedAmount: number
}

export interface Ports {
  store: Store
  authority: Authority
  bus: Bus
  clock: Clock
}
