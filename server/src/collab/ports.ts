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

/** Who a Yjs client id belongs to in one document, for ever [ENGINE-3]. */
export type Author = Pick<Holder, 'personId' | 'seatId'>

/** One row of a document's log; numbers count from 1 per document, without gaps. */
export interface LogRow extends Author {
  no: number
  bytes: Uint8Array
}

export interface NewUpdate extends Author {
  documentId: string
  bytes: Uint8Array
  /** Client ids that this update is the first to use in the document: from now on they are its author's. */
  clientIds: number[]
}

/** A document after log row `no`, in a form that can be sent and judged without being taken apart. */
export interface Snapshot {
  no: number
  /** The whole document as one Yjs update. */
  state: Uint8Array
  /** Its state vector, as Yjs encodes it. */
  vector: Uint8Array
  /** Its deletions, as they stand at the end of a Yjs update. */
  deletions: Uint8Array
}

export interface StoredText {
  snapshot: Snapshot | null
  /** Every log row after the snapshot, in order. */
  updates: LogRow[]
  authors: (Author & { clientId: number })[]
}

export interface Refusal extends Author {
  documentId: string
  problem: string
  /** The client id that is somebody else's. */
  clientId: number
}

export interface Store {
  /** @returns null when there is no such document */
  load(documentId: string): Promise<StoredText | null>
  /** Every log row after number `after`, in order. */
  tail(documentId: string, after: number): Promise<LogRow[]>
  /**
   * Appends all updates in one transaction, or none. Rows of one document keep the order of the batch.
   * @returns for each its log number once the transaction is durable, or null when one of its client ids has
   *          become another author's; such an update is left out
   */
  append(batch: NewUpdate[]): Promise<(number | null)[]>
  /** Keeps the snapshot, unless one with a higher number is there. Deletes no log row. */
  saveSnapshot(documentId: string, snapshot: Snapshot): Promise<void>
  /** Keeps on record that somebody wrote with another's client id. */
  recordRefusal(refusal: Refusal): Promise<void>
}

export interface Authority {
  /**
   * Asked whenever a right is used. `read` for a document that is frozen.
   * @param when  `soon`: nobody waits for the answer, which may gather with others for a tenth of a second
   */
  rightOf(documentId: string, holder: Holder, when: 'now' | 'soon'): Promise<Right>
  /**
   * Calls the listener when rights on a document, or on all of them (null), may have changed.
   * @returns how to stop listening
   */
  onRightsChanged(listener: (documentId: string | null) => void): () => void
}

/** What one server hears from the others. */
export interface BusListener {
  /** The log of a document, or of any (null), may have grown. */
  grown(documentId: string | null): void
  /** Presence of the people of server `from`, as `presence-relay.ts` wrote it. */
  presence(documentId: string, from: string, bytes: Uint8Array): void
}

/** Wake-ups and presence between servers [ENGINE-11]. May lose some: the log is the truth. */
export interface Bus {
  /** Says to the others that the log of a document grew. */
  publish(documentId: string): void
  /** @param bytes at most 4 KiB */
  publishPresence(documentId: string, bytes: Uint8Array): void
  /** The listener hears the other servers, not this one. @returns how to stop listening */
  subscribe(listener: BusListener): () => void
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
  /** The same array may be given to many wires, and is not changed afterwards. */
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
