const KiB = 1024
const MiB = 1024 * KiB

/** What one peer may ask of the engine, and the engine's own pace. All times in milliseconds. */
export interface Limits {
  /** Largest frame or HTTP update. A pasted text of 44 KB is one frame. */
  frameBytes: number
  /** Largest presence state of one connection, as JSON. */
  presenceBytes: number
  /** Frames per second of one connection, in the long run and at once. */
  framesPerSecond: number
  framesBurst: number
  connectionsPerDocument: number
  /** Connections of one signed-in session to one document: tabs, and reconnects that overtake their closing. */
  connectionsPerSession: number
  /** Open texts of one person, however many windows show them. */
  documentsPerPerson: number
  connectionsPerPerson: number
  /** Sent to a connection but not read by it; what answers a sync step 1 does not count. */
  unreadBytes: number
  /** Received from a connection but not yet settled. */
  unsettledBytes: number
  /** Received from all connections but not yet stored. */
  unstoredBytes: number
  /** Rows in one transaction. */
  rowsPerCommit: number

  /** How long an answer of the authority may be used again when no signal says that it has changed. */
  rightsCache: number
  /** A connection may ask for a look at the log, or be asked for everything it has, this often. */
  secondLook: number
  /** Wait after a rights signal, so that a burst of signals asks once. */
  rightsSettle: number
  /** Frames that all rooms write to sockets before they begin to join what is to be written. */
  writesPerSecond: number
  /** How long a time without writes can be made up for at once. */
  writesCredit: number
  /** A room waits no longer than this for its turn to write. */
  longestTurn: number
  /** Presence changes go out together, at most this often, and less often the more there are in the room. */
  presenceTick: number
  presenceTickPerReader: number
  presenceTickMost: number
  /** A connection that nothing was sent to for this long gets an empty frame: y-websocket hangs up after 30 s. */
  keepAlive: number
  /** Open rooms look for a wake-up or rights signal that was lost. */
  recheck: number
  /** From the last one leaving to forgetting the room. */
  idle: number
  /** Log rows after the last snapshot that make a new one worthwhile, when idle and while open; open also bytes. */
  snapshotIdleRows: number
  snapshotOpenRows: number
  snapshotOpenBytes: number
  /** Waits between tries of something that failed: doubles from the first to the last. */
  retryFirst: number
  retryLast: number
  /** How long `close` waits for what is not stored yet. */
  closeGrace: number
}

export const defaultLimits: Limits = {
  frameBytes: 1 * MiB,
  presenceBytes: 4 * KiB,
  framesPerSecond: 200,
  framesBurst: 1000,
  connectionsPerDocument: 1000,
  connectionsPerSession: 32,
  documentsPerPerson: 100,
  connectionsPerPerson: 200,
  unreadBytes: 1 * MiB,
  unsettledBytes: 8 * MiB,
  unstoredBytes: 128 * MiB,
  rowsPerCommit: 2000,
  rightsCache: 900,
  secondLook: 1000,
  rightsSettle: 50,
  writesPerSecond: 26_000,
  writesCredit: 50,
  longestTurn: 100,
  presenceTick: 50,
  presenceTickPerReader: 1,
  presenceTickMost: 500,
  keepAlive: 10_000,
  recheck: 30_000,
  idle: 5_000,
  snapshotIdleRows: 200,
  snapshotOpenRows: 500,
  snapshotOpenBytes: 4 * MiB,
  retryFirst: 100,
  retryLast: 5_000,
  closeGrace: 5_000,
}
