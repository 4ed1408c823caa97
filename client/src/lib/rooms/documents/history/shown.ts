import type { Frame } from '@multilogue/shared/frames'
import type { HistoryParagraph, Mark, Run } from '@multilogue/shared/history'

/** Words as they are drawn: by whom they are, what became of them, and who did that. */
export interface ShownRun {
  text: string
  mark: Mark | 'moved' | 'reformatted'
  code: string
  /** Who inserted, removed or reformatted it. */
  by: string
  at?: string
  formats: string[]
}

export interface ShownParagraph extends Pick<HistoryParagraph, 'key' | 'id' | 'kind' | 'level'> {
  runs: ShownRun[]
}

/** Words that stand elsewhere now are shown there and not struck out here; paragraphs left with nothing go. */
export function shownRedline(paragraphs: HistoryParagraph[]): ShownParagraph[] {
  return paragraphs
    .map(({ key, id, kind, level, mark, runs }) => ({
      paragraph: {
        key,
        id,
        kind,
        level,
        runs: runs.filter((run) => !(run.moved && run.mark === 'removed')).map(shown),
      },
      isGone: mark === 'removed' && runs.every((run) => run.moved),
    }))
    .filter(({ isGone }) => !isGone)
    .map(({ paragraph }) => paragraph)
}

function shown({ text, mark, written, removed, moved, formats = [], reformatted }: Run): ShownRun {
  const { code } = written
  if (removed) return { text, mark, code, by: removed.code, at: removed.at, formats }
  if (moved) return { text, mark: 'moved', code, by: code, at: written.at, formats }
  if (reformatted) return { text, mark: 'reformatted', code, by: reformatted.by.code, at: reformatted.by.at, formats }
  return { text, mark, code, by: code, at: written.at, formats }
}

export const shownFrame = (frame: Frame): ShownParagraph[] =>
  frame.map(({ runs, ...paragraph }) => ({
    ...paragraph,
    runs: runs.map(({ text, code }) => ({ text, mark: 'kept', code, by: code, formats: [] })),
  }))

/** The codes of everybody whose hand is seen. */
export const codesIn = (paragraphs: ShownParagraph[]): string[] =>
  [...new Set(paragraphs.flatMap(({ runs }) => runs.flatMap(({ code, by }) => [code, by])))].sort()
