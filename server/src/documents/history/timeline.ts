import type { HistoryParagraph, PlayedParagraph, Step, TimelinePoint } from '@multilogue/shared/history'
import type { Carried } from './carried.js'
import type { Chronicle } from './chronicle.js'
import { Redline } from './redline.js'

/**
 * At most `points` points from the first step to the last, each with the paragraphs that changed since the one
 * before. Long steps are divided, so that a text that one person wrote plays too.
 */
export function timelineOf(chronicle: Chronicle, carried: Carried, steps: Step[], points: number): TimelinePoint[] {
  let shown = new Map<string, string>()
  let order = ''
  return numbersOf(steps, chronicle.head, points).map((no) => {
    const paragraphs = new Redline(chronicle, carried, no, no).paragraphs().map(played)
    const now = new Map(paragraphs.map((paragraph) => [paragraph.key, JSON.stringify(paragraph)]))
    const changed = paragraphs.filter(({ key }) => now.get(key) !== shown.get(key))
    const keys = [...now.keys()]
    const isSameOrder = keys.join() === order
    shown = now
    order = keys.join()
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

/** Neighbouring words of one delegation in one run. */
function played({ key, id, kind, level, runs }: HistoryParagraph): PlayedParagraph {
  const joined: PlayedParagraph['runs'] = []
  for (const { text, written } of runs) {
    const last = joined.at(-1)
    if (last?.code === written.code) last.text += text
    else joined.push({ text, code: written.code })
  }
  return { key, id, kind, ...(level === undefined ? {} : { level }), runs: joined }
}
