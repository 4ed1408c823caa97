import type { Key } from '@multilogue/shared/keys'
import * as Y from 'yjs'

/**
 * Reading Yjs updates without building a document. What enters the log is applied by everyone for ever, so an
 * update that would not integrate, or that others' libraries would stumble over, is refused before it is
 * appended [ENGINE-6].
 */

/** Clocks `from` to `to` (not included) of one client id. */
export interface Span {
  client: number
  from: number
  to: number
}

export interface ReadUpdate {
  /** What it brings, in the update's own order: client ids descending, clocks ascending. */
  structs: Span[]
  /** For each struct at the same index: what must be there before it, besides its own predecessor. */
  needs: { client: number; clock: number }[][]
  deletions: Span[]
}

const MAX_CLOCK = 2 ** 32
const MAX_DEPTH = 32

/**
 * Reads an update (format 1) to its end.
 * @throws when it is malformed, unsorted, or holds what no editor writes
 */
export function readUpdate(bytes: Uint8Array): ReadUpdate {
  const update = Y.decodeUpdate(bytes)
  const read: ReadUpdate = { structs: [], needs: [], deletions: [] }
  let last: Span | undefined
  for (const struct of update.structs) {
    const { client, clock: from } = struct.id
    const to = from + struct.length
    const isNext = last === undefined || client < last.client || (client === last.client && from === last.to)
    if (!(struct.length > 0) || to > MAX_CLOCK || !isNext) throw new Error('structs out of order or without length')
    last = { client, from, to }
    if (struct instanceof Y.Skip) continue
    read.structs.push(last)
    read.needs.push(struct instanceof Y.Item ? needsOf(struct) : [])
  }
  for (const [client, ranges] of update.ds.clients) {
    for (const { clock, len } of ranges) {
      if (clock + len > MAX_CLOCK) throw new Error('a deletion beyond all clocks')
      if (len > 0) read.deletions.push({ client, from: clock, to: clock + len })
    }
  }
  return read
}

/** @returns null when Yjs cannot read it. Then nobody else can: it is skipped, not passed on. */
export function tryRead(bytes: Uint8Array): ReadUpdate | null {
  try {
    return readUpdate(bytes)
  } catch {
    return null
  }
}

/** A key as what `readUpdate` would say of its update. @throws as `readUpdate` does */
export function readKey(key: Key): ReadUpdate {
  const { client, clock: from } = key
  const to = from + ('length' in key ? key.length : key.text.length)
  if (to === from || to > MAX_CLOCK) throw new Error('a key without length')
  if ('length' in key) return { structs: [], needs: [], deletions: [{ client, from, to }] }
  const neighbours = [key.left, key.right].filter((place) => place !== null)
  if (neighbours.length === 0) throw new Error('a key that is nowhere')
  if (neighbours.some((place) => place.client === client && place.clock >= from)) {
    throw new Error('an item names one of its own successors')
  }
  const needs = neighbours.filter((place) => place.client !== client)
  return { structs: [{ client, from, to }], needs: [needs], deletions: [] }
}

function needsOf(item: Y.Item): { client: number; clock: number }[] {
  refuseOdd(item.content)
  const needs: { client: number; clock: number }[] = []
  for (const neighbour of [item.origin, item.rightOrigin, item.parent]) {
    if (!(neighbour instanceof Y.ID)) continue
    if (neighbour.client !== item.id.client) needs.push(neighbour)
    else if (neighbour.clock >= item.id.clock) throw new Error('an item names one of its own successors')
  }
  return needs
}

/** Documents within documents, and values so deep that another reader's stack would not hold them. */
function refuseOdd(content: Y.Item['content']): void {
  if (content instanceof Y.ContentDoc) throw new Error('a document within the document')
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) refuseDeep(content.arr, 0)
  if (content instanceof Y.ContentEmbed) refuseDeep(content.embed, 0)
  if (content instanceof Y.ContentFormat) refuseDeep(content.value, 0)
}

function refuseDeep(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > MAX_DEPTH) throw new Error('a value too deep')
  for (const inner of Object.values(value)) refuseDeep(inner, depth + 1)
}

/** All updates as one. Those that Yjs cannot merge go one by one. */
export function mergeUpdates(updates: Uint8Array[]): Uint8Array[] {
  if (updates.length < 2) return updates
  try {
    return [Y.mergeUpdates(updates)]
  } catch {
    return updates
  }
}
