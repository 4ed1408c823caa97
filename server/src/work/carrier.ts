import type { EntityManager } from 'typeorm'

/**
 * What brings a message from one server to all, the sender included. May lose some, and says when it may have: each
 * time after `connected(false)`.
 */
export interface Carrier {
  start(hear: (message: string) => void, connected: (isConnected: boolean) => void): Promise<void>
  /** Sends when the transaction of `db` commits, or at once outside of one. @param message  at most 7 KiB */
  sendOnCommit(db: EntityManager, message: string): Promise<void>
  /** Sends at once. A message that cannot be sent is lost. */
  send(message: string): void
  stop(): Promise<void>
}
