import type { PlayedParagraph, Step, TimelinePoint } from '@multilogue/shared/history'
import type { Carried } from './carried.js'
import type { Chronicle } from './chronicle.js'
import { stripsOf } from './strips.js'

/**
 * At most `points` points from the first step to the last, each with the paragraphs that changed since the one
 * before. Long steps are divided, so that a text that one person wrote plays too.
 */
export function timelineOf(chronicle: Chronicle, carried: Carried, steps: Step[], points: number): TimelinePoint[] {
  const strips = stripsOf(chronicle, carried)
  const heads = new Map<string, string>()
  let order = ''
  let before = 0
  return numbersOf(steps, chronicle.head, points).map((no) => {
    const standing = strips.filter((strip) => strip.stoodAt(no))
    const changed: PlayedParagraph[] = []
    for (const strip of standing) {
      const head = strip.head(no)
      const facts = JSON.stringify(head)
      const edits = strip.edits(before, no)
      if (facts === heads.get(strip.key) && edits.length === 0) continue
      heads.set(strip.key, facts)
      changed.push({ ...head, edits })
    }
    const keys = standing.map(({ key }) => key)
    const isSameOrder = keys.join() === order
    order = keys.join()
    before = no
    const { writer, at } = chronicle.row(no)
    return {
      no,
      at: new Date(at).toISOString(),
      writer: chronicle.writers[writer]!,
      ...(isSameOrder ? {} : { order: keys }),
      changed,
    }
  })
}

/** Ends of steps when there are enough of them, otherwise log numbers at even distances. */
function numbersOf(steps: Step[], head: number, points: number): number[] {
  const ends = steps.length >= points ? steps.map(({ toNo }) => toNo) : Array.from({ length: head }, (_, i) => i + 1)
  const many = Math.min(points, ends.length)
  return Array.from({ length: many }, (_, i) => ends[Math.ceil(((i + 1) * ends.length) / many) - 1]!)
}
