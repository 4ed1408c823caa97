import { inflateRawSync } from 'node:zlib'
import { decodeCursors, CURSORS } from '@multilogue/shared/cursors'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/*
 * The frames of the y-websocket protocol, as all servers of this benchmark speak it once what a server puts before
 * them (a `dialect`, see servers/) is taken off: 0 sync (0 step 1, 1 step 2, 2 update), 1 presence.
 */
const SYNC = 0
const PRESENCE = 1
/** Hocuspocus' answer to a step 1 has a number of its own. */
const SYNC_REPLY = 4

export const EMPTY_VECTOR = Uint8Array.of(0)
const EMPTY_UPDATE = Uint8Array.of(0, 0)

const sync = (step, body) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, body)
  })
export const step1 = (vector = EMPTY_VECTOR) => sync(0, vector)
export const step2 = (update = EMPTY_UPDATE) => sync(1, update)
export const update = (bytes) => sync(2, bytes)

export const presence = (clientId, clock, state) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, PRESENCE)
    const entry = encoding.encode((inner) => {
      encoding.writeVarUint(inner, 1)
      encoding.writeVarUint(inner, clientId)
      encoding.writeVarUint(inner, clock)
      encoding.writeVarString(inner, JSON.stringify(state))
    })
    encoding.writeVarUint8Array(encoder, entry)
  })

/** @returns {kind: 'step1' | 'step2' | 'update', body} for a sync frame, otherwise null */
export function readSync(frame) {
  if (frame[0] !== SYNC && frame[0] !== SYNC_REPLY) return null
  const decoder = decoding.createDecoder(frame)
  decoder.pos = 1
  const kind = ['step1', 'step2', 'update'][decoding.readVarUint(decoder)]
  return kind === undefined ? null : { kind, body: decoding.readVarUint8Array(decoder) }
}

/** @returns [[clientId, state]], null for somebody who left; empty for every other frame */
export function readPresence(frame) {
  if (frame[0] === CURSORS) {
    return decodeCursors(frame, inflateRawSync).map(({ clientId, state }) => [clientId, state])
  }
  if (frame[0] !== PRESENCE) return []
  const outer = decoding.createDecoder(frame)
  outer.pos = 1
  const decoder = decoding.createDecoder(decoding.readVarUint8Array(outer))
  const entries = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const clientId = decoding.readVarUint(decoder)
    decoding.readVarUint(decoder)
    entries.push([clientId, JSON.parse(decoding.readVarString(decoder))])
  }
  return entries
}

/**
 * Calls `visit(clientId, from, to)` for every run of characters in a Yjs update (clocks from ... to - 1), also when
 * the server has joined many edits into it. Typed text is read without building anything; the rest is Yjs' own work.
 */
export function eachSpan(bytes, visit) {
  const spans = typedSpans(bytes)
  if (spans === null) {
    for (const { id, length, constructor } of Y.decodeUpdate(bytes).structs) {
      if (constructor !== Y.Skip) visit(id.client, id.clock, id.clock + length)
    }
    return
  }
  for (let i = 0; i < spans.length; i += 3) visit(spans[i], spans[i + 1], spans[i + 2])
}

const STRING = 4
const DELETED = 1
const GC = 0
const SKIP = 10

/** @returns client id, from, to, client id, from, to ...; null when the update holds something else than text */
function typedSpans(bytes) {
  const decoder = decoding.createDecoder(bytes)
  const spans = []
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    let structs = decoding.readVarUint(decoder)
    const client = decoding.readVarUint(decoder)
    const from = decoding.readVarUint(decoder)
    let clock = from
    let start = from
    for (; structs > 0; structs--) {
      const info = decoding.readUint8(decoder)
      const content = info & 31
      if (content === SKIP) {
        if (clock > start) spans.push(client, start, clock)
        clock += decoding.readVarUint(decoder)
        start = clock
        continue
      }
      if (content !== GC) skipPlace(decoder, info)
      if (content === STRING) clock += lengthOfString(decoder)
      else if (content === DELETED || content === GC) clock += decoding.readVarUint(decoder)
      else return null
    }
    if (clock > start) spans.push(client, start, clock)
  }
  return spans
}

function skipPlace(decoder, info) {
  const skipId = () => {
    decoding.readVarUint(decoder)
    decoding.readVarUint(decoder)
  }
  if (info & 0x80) skipId()
  if (info & 0x40) skipId()
  if ((info & 0xc0) !== 0) return
  if (decoding.readVarUint(decoder) === 1) decoding.readVarString(decoder)
  else skipId()
  if (info & 0x20) decoding.readVarString(decoder)
}

/** In UTF-16 units, as Yjs counts. */
function lengthOfString(decoder) {
  const bytes = decoding.readVarUint(decoder)
  if (bytes > 1 || decoder.arr[decoder.pos] > 127) {
    decoder.pos -= lengthOfVarUint(bytes)
    return decoding.readVarString(decoder).length
  }
  decoder.pos += bytes
  return bytes
}

function lengthOfVarUint(value) {
  let length = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length += 1
  return length
}
