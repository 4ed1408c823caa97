import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Snapshot } from './ports.js'
import type { ReadUpdate, Span } from './update.js'

/**
 * What a document holds, by its headers alone: how far each client id has come and what is deleted. Enough to
 * tell whether an update is news and whether it would integrate, without a Y.Doc.
 */
export class Known {
  #clocks = new Map<number, number>()
  /** Per client id the bounds from, to, from, to ... of what is deleted: ascending, neither touching nor empty. */
  #deleted = new Map<number, number[]>()

  static of(snapshot: Snapshot): Known {
    const known = new Known()
    for (const [client, clock] of Y.decodeStateVector(snapshot.vector)) known.#clocks.set(client, clock)
    const decoder = decoding.createDecoder(snapshot.deletions)
    for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
      const client = decoding.readVarUint(decoder)
      for (let ranges = decoding.readVarUint(decoder); ranges > 0; ranges--) {
        const from = decoding.readVarUint(decoder)
        known.#delete({ client, from, to: from + decoding.readVarUint(decoder) })
      }
    }
    return known
  }

  /** The first clock of this client id that is not there. */
  clock(client: number): number {
    return this.#clocks.get(client) ?? 0
  }

  /** False for the step 2 that every stock client sends on joining: it is empty, or repeats what is known. */
  lacks({ structs, deletions }: ReadUpdate): boolean {
    return (
      structs.some(({ client, to }) => to > this.clock(client)) || deletions.some((span) => !this.#hasDeleted(span))
    )
  }

  /**
   * Whether everything that the update builds on is here or comes with it [ENGINE-6]. Takes time in proportion to
   * the update, in whatever order its parts build on each other.
   * @param ahead  clocks of what is not here yet, but will be before this update
   */
  integrates(update: ReadUpdate, ahead: ReadonlyMap<number, number>): boolean {
    const reached = this.#reachedWith(update, ahead)
    return (
      update.structs.every(({ client, to }) => to <= reached(client)) &&
      update.deletions.every(({ client, to }) => to <= reached(client))
    )
  }

  /** The client ids in whose name the update brings something that is not there yet. */
  newClients({ structs }: ReadUpdate): number[] {
    const clients: number[] = []
    for (const { client, to } of structs) {
      if (to > this.clock(client) && !clients.includes(client)) clients.push(client)
    }
    return clients
  }

  /** The state vector, as Yjs encodes it. */
  vector(): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, this.#clocks.size)
      for (const [client, clock] of this.#clocks) {
        encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, clock)
      }
    })
  }

  add({ structs, deletions }: ReadUpdate): void {
    for (const { client, to } of structs) if (to > this.clock(client)) this.#clocks.set(client, to)
    for (const span of deletions) this.#delete(span)
  }

  /** How far each client id would come with the update: its structs are taken as soon as what they need is there. */
  #reachedWith({ structs, needs }: ReadUpdate, ahead: ReadonlyMap<number, number>): (client: number) => number {
    const come = new Map<number, number>()
    const reached = (client: number): number => come.get(client) ?? Math.max(ahead.get(client) ?? 0, this.clock(client))
    /** Per client id: which of its structs is next, and who waits for it to come how far. */
    const next = new Map<number, number>()
    const waiting = new Map<number, { client: number; clock: number }[]>()
    structs.forEach(({ client }, index) => next.has(client) || next.set(client, index))
    const ready = [...next.keys()]
    for (let client = ready.pop(); client !== undefined; client = ready.pop()) {
      for (let index = next.get(client) ?? structs.length; ; index++) {
        next.set(client, index)
        const struct = structs[index]
        if (struct?.client !== client || struct.from > reached(client)) break
        const missing = needs[index]?.find((need) => need.clock >= reached(need.client))
        if (missing !== undefined) {
          const others = waiting.get(missing.client) ?? []
          waiting.set(missing.client, [...others, { client, clock: missing.clock }])
          break
        }
        if (struct.to > reached(client)) come.set(client, struct.to)
      }
      const waiters = waiting.get(client) ?? []
      const served = waiters.filter(({ clock }) => clock < reached(client))
      if (served.length === 0) continue
      waiting.set(
        client,
        waiters.filter(({ clock }) => clock >= reached(client)),
      )
      ready.push(...served.map((waiter) => waiter.client))
    }
    return reached
  }

  #hasDeleted({ client, from, to }: Span): boolean {
    const bounds = this.#deleted.get(client)
    if (bounds === undefined) return false
    const at = above(bounds, from)
    return at % 2 === 1 && to <= (bounds[at] ?? 0)
  }

  #delete({ client, from, to }: Span): void {
    const bounds = this.#deleted.get(client)
    if (bounds === undefined) return void this.#deleted.set(client, [from, to])
    if (from > (bounds.at(-1) ?? 0)) return void bounds.push(from, to) // as stored snapshots come
    const first = above(bounds, from - 1) // a range that ends at `from` is joined
    const last = above(bounds, to)
    const start = first % 2 === 1 ? [] : [from]
    const end = last % 2 === 1 ? [] : [to]
    bounds.splice(first, last - first, ...start, ...end)
  }
}

/** The index of the first bound that is greater than `clock`. Odd: `clock` lies inside a range. */
function above(bounds: number[], clock: number): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] ?? 0) > clock) high = middle
    else low = middle + 1
  }
  return low
}

/** Whether who has one state vector has everything of the other. */
export function covers(one: Uint8Array, other: Uint8Array): boolean {
  const has = Y.decodeStateVector(one)
  return [...Y.decodeStateVector(other)].every(([client, clock]) => (has.get(client) ?? 0) >= clock)
}
