import { describe, expect, it } from '@jest/globals'
import * as Y from 'yjs'
import { Carried } from '../../server/src/documents/history/carried.js'
import { Chronicle } from '../../server/src/documents/history/chronicle.js'
import { Redline } from '../../server/src/documents/history/redline.js'
import { rewriting } from '../../server/src/documents/history/rewriting.js'
import type { Mark } from '../../shared/src/history.js'

/* Histories of seeded random edits by people who are often behind each other, against a plain replay by Yjs. */

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const WRITERS = ['GHA', 'ETH', 'DEU']
const fragmentOf = (doc: Y.Doc) => doc.getXmlFragment('default')

/** @param letter what is typed; left out, any */
function edit(doc: Y.Doc, roll: () => number, letter?: string): void {
  const blocks = fragmentOf(doc)
  const pick = (below: number) => Math.floor(roll() * below)
  const kind = blocks.length === 0 ? 9 : pick(10)
  const block = blocks.get(pick(blocks.length)) as Y.XmlElement | undefined
  const text = block?.get(0) as Y.XmlText | undefined
  const at = text ? pick(text.length + 1) : 0
  const words = (letter ?? String.fromCharCode(97 + pick(26))).repeat(1 + pick(5))
  if (text && kind < 5) text.insert(at, words)
  else if (text && kind < 7) text.delete(at, pick(text.length - at + 1))
  else if (text && kind === 7) text.format(at, pick(text.length - at + 1), { bold: roll() < 0.6 ? {} : null })
  else if (kind === 8 && blocks.length > 2) blocks.delete(pick(blocks.length), 1)
  else {
    const added = new Y.XmlElement('paragraph')
    added.setAttribute('id', `p${pick(1_000_000)}`)
    added.insert(0, [new Y.XmlText(words)])
    blocks.insert(pick(blocks.length + 1), [added])
  }
}

/**
 * A log of the edits of three people.
 * @param isSigned everybody types nothing but the first letter of the own code
 * @param upToDate how often, from 0 to 1, a writer has seen what the others did
 */
function history(seed: number, edits: number, upToDate: number, isSigned = false) {
  const roll = dice(seed)
  const log: Uint8Array[] = []
  const docs = WRITERS.map((_, i) => {
    const doc = new Y.Doc()
    doc.clientID = seed * 10 + i + 1
    return { doc, seen: 0 }
  })
  const chronicle = new Chronicle()
  docs.forEach(({ doc }, writer) => chronicle.authors.set(doc.clientID, writer))
  chronicle.writers.push(
    ...WRITERS.map((code) => ({ personId: code, name: code, seatId: code, code, delegationName: code })),
  )
  for (let i = 0; i < edits; i++) {
    const writer = Math.floor(roll() * WRITERS.length)
    const { doc, seen } = docs[writer]!
    if (roll() < upToDate) {
      log.slice(seen).forEach((update) => Y.applyUpdate(doc, update))
      docs[writer]!.seen = log.length
    }
    let update: Uint8Array | undefined
    const hear = (bytes: Uint8Array) => (update = bytes)
    doc.on('update', hear)
    doc.transact(() => edit(doc, roll, isSigned ? WRITERS[writer]![0] : undefined))
    doc.off('update', hear)
    if (update) {
      log.push(update)
      chronicle.extend([{ bytes: update, writer, at: i * 1000 }])
    }
  }
  return { log, chronicle }
}

type Words = [string, string[]]

/** Neighbours with equal formats as one. */
function joined(runs: Words[]): Words[] {
  const all: Words[] = []
  for (const [text, formats] of runs) {
    const last = all.at(-1)
    if (last && last[1].join() === formats.join()) last[0] += text
    else all.push([text, formats])
  }
  return all
}

/** The text by Yjs alone: words and formats of every block. */
function replayed(log: Uint8Array[], no: number): Words[][] {
  const doc = new Y.Doc()
  log.slice(0, no).forEach((update) => Y.applyUpdate(doc, update))
  return fragmentOf(doc)
    .toArray()
    .map((block) => {
      const delta = ((block as Y.XmlElement).get(0) as Y.XmlText).toDelta() as { insert: string; attributes?: object }[]
      return joined(delta.map(({ insert, attributes }) => [insert, Object.keys(attributes ?? {})]))
    })
}

/** The same from one side of a redline. */
function side(redline: Redline, marks: Mark[], earlier: boolean): Words[][] {
  return redline
    .paragraphs()
    .filter(({ mark }) => marks.includes(mark))
    .map(({ runs }) =>
      joined(
        runs
          .filter(({ mark }) => marks.includes(mark))
          .map(({ text, formats = [], reformatted }) => [text, earlier && reformatted ? reformatted.before : formats]),
      ),
    )
}

const bare = (text: Words[][]) => text.map((runs) => runs.map(([words]) => words).join(''))

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1)

/** Pairs of log numbers, the earlier one first. */
function* pairs(seed: number, head: number): Generator<[number, number]> {
  const roll = dice(seed + 1000)
  for (let i = 0; i < 10; i++) {
    const [a, b] = [Math.floor(roll() * (head + 1)), Math.floor(roll() * (head + 1))]
    yield a < b ? [a, b] : [b, a]
  }
}

/*
 * Yjs itself takes away format marks that it finds needless, each replica for itself and in no log, when people
 * format without seeing each other. So formats are compared where everybody is up to date, words always.
 */
describe.each(SEEDS)('A history of random edits, seed %i', (seed) => {
  it('[HIST-11] compares any two points as replaying them does, to the word and to the format', () => {
    const { log, chronicle } = history(seed, 100, 1)
    const carried = new Carried(chronicle)
    for (const [from, to] of pairs(seed, log.length)) {
      const redline = new Redline(chronicle, carried, from, to)
      expect(side(redline, ['kept', 'removed'], true)).toEqual(replayed(log, from))
      expect(side(redline, ['kept', 'inserted'], false)).toEqual(replayed(log, to))
    }
  })

  it('[HIST-12] compares to the word what was written without seeing each other, and names who typed it', () => {
    const { log, chronicle } = history(seed, 100, 0.4)
    const carried = new Carried(chronicle)
    for (const [from, to] of pairs(seed, log.length)) {
      const redline = new Redline(chronicle, carried, from, to)
      expect(bare(side(redline, ['kept', 'removed'], true))).toEqual(bare(replayed(log, from)))
      expect(bare(side(redline, ['kept', 'inserted'], false))).toEqual(bare(replayed(log, to)))
    }
    const signed = history(seed, 100, 0.4, true)
    const runs = new Redline(signed.chronicle, new Carried(signed.chronicle), signed.log.length, signed.log.length)
      .paragraphs()
      .flatMap((paragraph) => paragraph.runs)
    for (const { text, written } of runs) expect(new Set(text)).toEqual(new Set(written.code[0]))
  })

  it('[HIST-13] restores any point, on every replica', () => {
    const { log, chronicle } = history(seed, 100, 0.4)
    for (const [no] of pairs(seed, log.length)) {
      const update = rewriting(chronicle, no)
      const again = update ? [...log, update] : log
      expect(bare(replayed(again, again.length))).toEqual(bare(replayed(log, no)))
    }
    expect(rewriting(chronicle, chronicle.head)).toBeNull()
  })
})

it('[HIST-14] waits for rows that come before what they build on', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const block = new Y.XmlElement('paragraph')
  const text = new Y.XmlText('one')
  block.insert(0, [text])
  fragmentOf(doc).insert(0, [block])
  text.insert(3, ' two')
  text.delete(0, 3)
  const chronicle = new Chronicle()
  chronicle.writers.push({ personId: 'a', name: 'a', seatId: null, code: 'A', delegationName: null })
  const [first, second, third] = updates as [Uint8Array, Uint8Array, Uint8Array]
  chronicle.extend([third, second, first].map((bytes, at) => ({ bytes, writer: 0, at })))
  const textAt = (no: number) =>
    new Redline(chronicle, new Carried(chronicle), no, no)
      .paragraphs()
      .map(({ runs }) => runs.map((r) => r.text).join(''))
  expect([1, 2, 3].map(textAt)).toEqual([[], [], [' two']])
})
