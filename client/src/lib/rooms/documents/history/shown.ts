import { signed, type Signed } from '@multilogue/shared/brackets'
import type { Frame } from '@multilogue/shared/frames'
import type { HistoryParagraph, Mark, Run } from '@multilogue/shared/history'
import { numbersOf } from '@multilogue/shared/numbering'

/** Words as they are drawn: by whom they are, what became of them, and who did that. */
export interface ShownRun {
  text: string
  mark: Mark | 'moved' | 'reformatted'
  code: string
  /** Who inserted, removed or reformatted it. */
  by: string
  at?: string
  formats: string[]
  /** How many brackets begin before it and end behind it. */
  opens: number
  closes: number
}

export interface ShownParagraph extends Omit<HistoryParagraph, 'mark' | 'runs'> {
  /** Left out for what has none and for what was removed. */
  number?: string
  runs: ShownRun[]
}

/** Words that stand elsewhere now are shown there and not struck out here; paragraphs left with nothing go. */
export function shownRedline(paragraphs: HistoryParagraph[]): ShownParagraph[] {
  const numbers = numbersByKey(paragraphs.filter(({ mark }) => mark !== 'removed'))
  const inBrackets = signed(paragraphs)
  return paragraphs
    .map(({ mark, runs, ...head }, at) => ({
      paragraph: {
        ...head,
        ...numbers(head.key),
        runs: inBrackets[at]!.filter(({ run }) => !(run.moved && run.mark === 'removed')).map(shown),
      },
      isGone: mark === 'removed' && runs.every((run) => run.moved),
    }))
    .filter(({ isGone }) => !isGone)
    .map(({ paragraph }) => paragraph)
}

function shown({ run, opens, closes }: Signed<Run>): ShownRun {
  const { text, mark, written, removed, moved, formats = [], reformatted } = run
  const { code } = written
  const words = { text, code, formats, opens: opens.length, closes: closes.length }
  if (removed) return { ...words, mark, by: removed.code, at: removed.at }
  if (moved) return { ...words, mark: 'moved', by: code, at: written.at }
  if (reformatted) return { ...words, mark: 'reformatted', by: reformatted.by.code, at: reformatted.by.at }
  return { ...words, mark, by: code, at: written.at }
}

export function shownFrame(frame: Frame): ShownParagraph[] {
  const numbers = numbersByKey(frame)
  return frame.map(({ runs, ...paragraph }) => ({
    ...paragraph,
    ...numbers(paragraph.key),
    runs: runs.map(({ text, code }) => ({ text, mark: 'kept', code, by: code, formats: [], opens: 0, closes: 0 })),
  }))
}

/** Paragraphs have keys before they have ids. */
function numbersByKey(paragraphs: Pick<HistoryParagraph, 'key' | 'part' | 'depth' | 'bis'>[]) {
  const numbers = numbersOf(
    paragraphs.map(({ key, part, depth, bis }) => ({ id: key, part, depth, bis })),
    'working',
  )
  return (key: string): { number?: string } => {
    const number = numbers.get(key)
    return number === undefined ? {} : { number }
  }
}

/** The codes of everybody whose hand is seen. */
export const codesIn = (paragraphs: ShownParagraph[]): string[] =>
  [...new Set(paragraphs.flatMap(({ runs }) => runs.flatMap(({ code, by }) => [code, by])))].sort()
