import type { Core } from './core.js'
import { Room } from './room.js'

/**
 * The life of rooms [ENGINE-8]:
 *
 *   loading   the first to enter starts it, all who come meanwhile wait for the same promise; when it fails all
 *             of them are refused, and the next one tries anew
 *   open      as long as somebody holds it: connections, requests, updates not yet stored
 *   idle      nobody holds it; a short wait for those who come back, then a snapshot if one is due
 *   gone      if still nobody holds it after the snapshot
 */
export class Rooms {
  #rooms = new Map<string, { room: Room; ready: Promise<void> }>()

  constructor(private readonly core: Core) {}

  get size(): number {
    return this.#rooms.size
  }

  /**
   * Holds the room of a document, loading it first if need be. Who enters must `release` the room.
   * @throws Refused `not-found`, or whatever the store failed with
   */
  async enter(documentId: string): Promise<Room> {
    const { room, ready } = this.#rooms.get(documentId) ?? this.#open(documentId)
    room.hold()
    try {
      await ready
      return room
    } catch (error) {
      room.release()
      throw error
    }
  }

  /** Own updates of a document were committed. */
  committed(documentId: string): void {
    this.#rooms.get(documentId)?.room.committed()
  }

  /** The log of a document, or of any (null), may have grown elsewhere. */
  wake(documentId: string | null): void {
    const all = documentId === null ? this.#rooms.values() : [this.#rooms.get(documentId)]
    for (const known of all) {
      known?.ready.then(
        () => known.room.catchUp(),
        () => undefined,
      )
    }
  }

  /** Presence of another server's people. */
  hear(documentId: string, from: string, bytes: Uint8Array): void {
    this.#rooms.get(documentId)?.room.presence.hear(from, bytes)
  }

  /** Saves the snapshots that are due and forgets all rooms. */
  async close(snapshotRows: number): Promise<void> {
    const all = [...this.#rooms.values()]
    await Promise.all(
      all.map(({ room, ready }) => ready.then(() => room.snapshots.make(snapshotRows)).catch(() => undefined)),
    )
    for (const { room } of all) this.#forget(room)
  }

  #open(documentId: string): { room: Room; ready: Promise<void> } {
    const room = new Room(documentId, this.core, (idle) => void this.#retire(idle))
    const ready = room.load()
    ready.catch(() => this.#forget(room))
    const entry = { room, ready }
    this.#rooms.set(documentId, entry)
    return entry
  }

  async #retire(room: Room): Promise<void> {
    await room.snapshots.make(this.core.limits.snapshotIdleRows)
    if (room.holders === 0) this.#forget(room)
  }

  #forget(room: Room): void {
    if (this.#rooms.get(room.documentId)?.room === room) this.#rooms.delete(room.documentId)
    room.destroy()
  }
}
