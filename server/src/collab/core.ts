import type { CommitQueue } from './commit-queue.js'
import type { Compact } from './compact.js'
import type { Limits } from './limits.js'
import type { Ports } from './ports.js'
import type { Participant } from './presence.js'
import type { WriteBudget } from './write-budget.js'

/** What a room knows about a connection. */
export interface Member extends Participant {
  /** Called now and then, so that the member can show a sign of life. */
  keepAlive(): void
}

/** Who hears what becomes of an update. */
export interface Writer {
  /** Not sent the update itself: it has it. */
  member?: Member
  /** Stored as log row `no` or earlier, and known to the room. */
  done(no: number): void
  /** Not stored yet, will be tried again. */
  failed(): void
  /** A client id in it has become somebody else's while it was on its way. */
  refused(): void
  /** The engine closed before it was stored. */
  dropped(): void
}

/** What all rooms of an engine share. */
export interface Core {
  ports: Ports
  limits: Limits
  queue: CommitQueue
  writes: WriteBudget
  compact: Compact
  counters: { skippedUpdates: number; failedSnapshots: number; refusedUpdates: number }
}
