import { describe, expect, it } from '@jest/globals'
import { CURSORS, DEFLATED, PLAIN } from '@multilogue/shared/cursors'
import { KEYS } from '@multilogue/shared/keys'
import { ShortFrames } from '@multilogue/shared/short-frames'
import { inflateSync } from 'fflate'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { outgoing } from '../../client/src/lib/collab/outgoing.js'
import { cursorsFrame } from '../../server/src/collab/cursors-frame.js'
import { Names } from '../../server/src/collab/names.js'
import { keysFrame, step2Frame, updateFrame } from '../../server/src/collab/protocol.js'
import { readUpdate } from '../../server/src/collab/update.js'
import { cardOf } from '../collab/client.js'

const OWN = 7

type States = Map<number, Record<string, unknown>>

/** What a browser sees that reads these frames one after the other. */
function seenIn(frames: Uint8Array[]): States {
  const doc = new Y.Doc()
  doc.clientID = OWN
  const awareness = new Awareness(doc)
  const short = new ShortFrames(OWN, inflateSync)
  for (const frame of frames) applyAwarenessUpdate(awareness, short.presenceOf(frame), 'the server')
  const states: States = new Map(awareness.getStates())
  awareness.destroy()
  return states
}

const at = (clientId: number, clock: number, cursor: number | null, withCard = false) => ({
  clientId,
  clock,
  state: cursor === null ? null : { cursor },
  card: cardOf(`person ${clientId}`),
  withCard,
})

/** Updates that leave a text where somebody types, then names that a server gives everybody in them. */
function typed(...changes: ((text: Y.Text) => void)[]) {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('t')
  text.insert(0, 'abc')
  for (const change of changes) change(text)
  const given = new Names().give(readUpdate(updates[0] ?? new Uint8Array()))
  if (given === null) throw new Error('nobody was named')
  return { doc, updates, given }
}

describe('cursors of the server', () => {
  it.each([
    ['as they are', 2, PLAIN],
    ['deflated', 60, DEFLATED],
  ])('[SHORT-1] are read: %s', (_, people, packing) => {
    const frame = cursorsFrame(Array.from({ length: people }, (_, i) => at(100 + i, 1, i, true)))
    expect(frame[1]).toBe(packing)
    const states = seenIn([frame])
    expect(states.size).toBe(people + 1)
    expect(states.get(101)).toEqual({ cursor: 1, user: cardOf('person 101') })
  })

  it('[SHORT-2] keep the card of who moves, until they have left', () => {
    const [came, moved, left] = [cursorsFrame([at(1, 1, 5, true)]), cursorsFrame([at(1, 2, 6)]), at(1, 3, null)]
    expect(seenIn([came, moved]).get(1)).toEqual({ cursor: 6, user: cardOf('person 1') })
    expect(seenIn([came, moved, cursorsFrame([left])]).has(1)).toBe(false)
    const stranger = seenIn([came, cursorsFrame([left]), cursorsFrame([at(1, 4, 7)])])
    expect(stranger.get(1)).toEqual({ cursor: 7 })
  })

  it('[SHORT-2] keep the card also of somebody who was thought gone for a while', () => {
    const short = new ShortFrames(OWN, inflateSync)
    short.presenceOf(cursorsFrame([at(1, 1, 5, true)]))
    const awareness = new Awareness(new Y.Doc())
    applyAwarenessUpdate(awareness, short.presenceOf(cursorsFrame([at(1, 2, 6)])), 'the server')
    expect(awareness.getStates().get(1)?.user).toEqual(cardOf('person 1'))
    awareness.destroy()
  })

  it('[SHORT-3] never say anything of the reader itself', () => {
    const states = seenIn([cursorsFrame([at(OWN, 9, 1, true), at(1, 9, 2, true)]), cursorsFrame([at(OWN, 10, null)])])
    expect(states.get(OWN)).toEqual({})
    expect(states.get(1)?.cursor).toBe(2)
  })

  it.each([
    ['as they are', 2],
    ['deflated', 60],
  ])('[SHORT-4] are refused when they are cut off anywhere: %s', (_, people) => {
    const frame = Uint8Array.from(cursorsFrame(Array.from({ length: people }, (_, i) => at(100 + i, 1, i, true))))
    const short = new ShortFrames(OWN, inflateSync)
    for (let length = 2; length < frame.length; length++)
      expect(() => short.presenceOf(frame.slice(0, length))).toThrow()
    expect(() => short.presenceOf(Uint8Array.of(CURSORS))).toThrow()
  })
})

describe('keys', () => {
  it('[SHORT-5] are the same updates again on the other side, several in one frame', () => {
    const { doc, updates, given } = typed(
      (text) => text.insert(3, 'd'),
      (text) => text.insert(1, '🌍'),
      (text) => text.delete(1, 2),
    )
    const [first, ...keys] = updates
    const [writer, reader] = [new ShortFrames(OWN, inflateSync), new ShortFrames(OWN, inflateSync)]
    for (const end of [writer, reader]) end.learnNames(given)
    const bodies = keys.map((update) => writer.keyFrame(update)?.subarray(1) ?? new Uint8Array())
    const read = reader.updatesOf(keysFrame(bodies))
    expect(read).toEqual(keys)
    const copy = new Y.Doc()
    for (const update of [first ?? new Uint8Array(), ...read]) Y.applyUpdate(copy, update)
    expect(copy.getText('t').toJSON()).toBe(doc.getText('t').toJSON())
  })

  it('[SHORT-6] of people without a name are not written, and not read', () => {
    const { updates, given } = typed((text) => text.insert(3, 'd'))
    const key = updates[1] ?? new Uint8Array()
    const [stranger, acquainted] = [new ShortFrames(OWN, inflateSync), new ShortFrames(OWN, inflateSync)]
    expect(stranger.keyFrame(key)).toBeNull()
    acquainted.learnNames(given)
    const frame = acquainted.keyFrame(key) ?? new Uint8Array()
    expect(() => stranger.updatesOf(frame)).toThrow('a name that was not given')
    for (let length = 2; length < frame.length; length++)
      expect(() => acquainted.updatesOf(frame.slice(0, length))).toThrow()
  })
})

describe('what y-websocket sends', () => {
  it('[SHORT-7] leaves in short when it is a key, and otherwise as it is', () => {
    const { updates, given } = typed((text) => text.insert(3, 'd'))
    const short = new ShortFrames(OWN, inflateSync)
    const [whole, key] = updates.map(updateFrame)
    if (whole === undefined || key === undefined) throw new Error('nothing was typed')
    expect(outgoing(key, short, OWN)).toBe(key)
    short.learnNames(given)
    expect(outgoing(key, short, OWN)?.[0]).toBe(KEYS)
    expect(outgoing(whole, short, OWN)).toBe(whole)
    const answer = step2Frame(updates[1] ?? new Uint8Array())
    expect(outgoing(answer, short, OWN)).toBe(answer)
  })

  it('[SHORT-8] leaves when it is the own cursor, and not when it repeats others', () => {
    const awareness = new Awareness(new Y.Doc())
    awareness.setLocalState({ cursor: 1 })
    const frame = (presence: Uint8Array) => Uint8Array.of(1, presence.length, ...presence)
    const own = frame(encodeAwarenessUpdate(awareness, [awareness.clientID]))
    const short = new ShortFrames(OWN, inflateSync)
    expect(outgoing(own, short, awareness.clientID)).toBe(own)
    expect(outgoing(own, short, OWN)).toBeNull()
    const left = frame(encodeAwarenessUpdate(awareness, [awareness.clientID], new Map()))
    expect(outgoing(left, short, awareness.clientID)).toBe(left)
    awareness.destroy()
  })
})
