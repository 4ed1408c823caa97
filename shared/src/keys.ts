import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/**
 * Short frames for what happens most: somebody types or erases. A stock frame names client ids with five bytes each
 * and says much that goes without saying; these take about a third. For clients that connected with `?ext=2`.
 *
 *   104 keys    both ways: one key after the other to the end of the frame; from a client exactly one
 *                 insertion  flags, name, clock, [name and clock of the left neighbour], [of the right], text
 *                 deletion   flags, name, clock, length
 *   105 names   from the server: pairs of name and client id, valid as long as the connection
 *
 * All numbers are Yjs varuints. A key is a whole Yjs update (`updateOfKey`); whatever is not so simple goes as a
 * stock update.
 */
export const KEYS = 104
export const NAMES = 105

const DELETION = 1
/** The left neighbour is the author's own character just before. */
const GOES_ON = 2
const LEFT = 4
const RIGHT = 8

interface Place {
  client: number
  clock: number
}
export interface Insertion extends Place {
  left: Place | null
  right: Place | null
  text: string
}
export interface Deletion extends Place {
  length: number
}
export type Key = Insertion | Deletion

/** What an update does, if it is a single key; otherwise null. @throws when it is no update */
export function keyOfUpdate(update: Uint8Array): Key | null {
  const { structs, ds } = Y.decodeUpdate(update)
  const [struct] = structs
  if (struct === undefined) return onlyDeletion(ds)
  if (structs.length > 1 || ds.clients.size > 0 || !(struct instanceof Y.Item)) return null
  const { id, origin, rightOrigin, content } = struct
  if (!(content instanceof Y.ContentString) || (origin === null && rightOrigin === null)) return null
  return { client: id.client, clock: id.clock, left: origin, right: rightOrigin, text: content.str }
}

function onlyDeletion(ds: ReturnType<typeof Y.decodeUpdate>['ds']): Deletion | null {
  const [first, ...others] = ds.clients
  if (first === undefined || others.length > 0) return null
  const [client, ranges] = first
  const [range] = ranges
  return range === undefined || ranges.length > 1 ? null : { client, clock: range.clock, length: range.len }
}

/** The key as a Yjs update (format 1). */
export function updateOfKey(key: Key): Uint8Array {
  return encoding.encode((encoder) => {
    const write = (...values: number[]): void => values.forEach((value) => encoding.writeVarUint(encoder, value))
    if ('length' in key) return write(0, 1, key.client, 1, key.clock, key.length)
    write(1, 1, key.client, key.clock)
    encoding.writeUint8(encoder, 4 | (key.left === null ? 0 : 0x80) | (key.right === null ? 0 : 0x40))
    for (const neighbour of [key.left, key.right]) if (neighbour !== null) write(neighbour.client, neighbour.clock)
    encoding.writeVarString(encoder, key.text)
    write(0)
  })
}

/** @param nameOf  @returns null when somebody in it has no name yet */
export function encodeKey(key: Key, nameOf: (client: number) => number | undefined): Uint8Array | null {
  const goesOn = !('length' in key) && key.left?.client === key.client && key.left.clock === key.clock - 1
  const left = 'length' in key || goesOn ? null : key.left
  const right = 'length' in key ? null : key.right
  const places = [key, left, right].filter((place) => place !== null)
  const names = places.map(({ client }) => nameOf(client))
  if (names.includes(undefined)) return null
  return encoding.encode((encoder) => {
    const deletes = 'length' in key ? DELETION : 0
    encoding.writeUint8(encoder, deletes | (goesOn ? GOES_ON : 0) | (left ? LEFT : 0) | (right ? RIGHT : 0))
    places.forEach(({ clock }, at) => {
      encoding.writeVarUint(encoder, names[at] ?? 0)
      encoding.writeVarUint(encoder, clock)
    })
    if ('length' in key) encoding.writeVarUint(encoder, key.length)
    else encoding.writeVarString(encoder, key.text)
  })
}

/**
 * @param body  the frame without its type
 * @throws when it is cut off, or names somebody who has no name
 */
export function decodeKeys(body: Uint8Array, clientOf: (name: number) => number | undefined): Key[] {
  const decoder = decoding.createDecoder(body)
  const place = (): Place => {
    const client = clientOf(decoding.readVarUint(decoder))
    if (client === undefined) throw new Error('a name that was not given')
    return { client, clock: decoding.readVarUint(decoder) }
  }
  const keys: Key[] = []
  while (decoding.hasContent(decoder)) {
    const flags = decoding.readUint8(decoder)
    const { client, clock } = place()
    if (flags & DELETION) {
      keys.push({ client, clock, length: decoding.readVarUint(decoder) })
      continue
    }
    const before = flags & GOES_ON ? { client, clock: clock - 1 } : null
    const left = flags & LEFT ? place() : before
    const right = flags & RIGHT ? place() : null
    keys.push({ client, clock, left, right, text: decoding.readVarString(decoder) })
  }
  return keys
}

export function encodeNames(names: Iterable<[name: number, client: number]>): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, NAMES)
    for (const pair of names) for (const value of pair) encoding.writeVarUint(encoder, value)
  })
}

/** @param body  the frame without its type */
export function decodeNames(body: Uint8Array): [name: number, client: number][] {
  const decoder = decoding.createDecoder(body)
  const names: [number, number][] = []
  while (decoding.hasContent(decoder)) names.push([decoding.readVarUint(decoder), decoding.readVarUint(decoder)])
  return names
}
