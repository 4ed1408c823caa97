import type { PlayedParagraph, TimelinePoint } from './history.js'

export interface FrameRun {
  text: string
  code: string
}
export interface FrameParagraph extends Omit<PlayedParagraph, 'edits'> {
  runs: FrameRun[]
}
/** The whole text at one point of a timeline. */
export type Frame = FrameParagraph[]

/** The text at every point. Paragraphs that did not change between points are the same objects. */
export function framesOf(points: Pick<TimelinePoint, 'order' | 'changed'>[]): Frame[] {
  const paragraphs = new Map<string, FrameParagraph>()
  let order: string[] = []
  return points.map((point) => {
    order = point.order ?? order
    for (const { edits, ...head } of point.changed)
      paragraphs.set(head.key, { ...head, runs: edited(paragraphs.get(head.key)?.runs ?? [], edits) })
    return order.flatMap((key) => paragraphs.get(key) ?? [])
  })
}

function edited(runs: FrameRun[], edits: PlayedParagraph['edits']): FrameRun[] {
  const result: FrameRun[] = []
  const add = ({ text, code }: FrameRun): void => {
    const last = result.at(-1)
    if (last?.code === code) last.text += text
    else if (text !== '') result.push({ text, code })
  }
  let run = 0
  let at = 0
  /** Moves over `many` code units of the old words; all that are left when it is Infinity. */
  const pass = (many: number, take: (piece: FrameRun) => void): void => {
    for (let left = many; left > 0 && run < runs.length;) {
      const { text, code } = runs[run]!
      const piece = text.slice(at, at + left)
      take({ text: piece, code })
      left -= piece.length
      at += piece.length
      if (at < text.length) continue
      run += 1
      at = 0
    }
  }
  for (const edit of edits)
    if (typeof edit === 'object') add(edit)
    else pass(Math.abs(edit), edit > 0 ? add : () => undefined)
  pass(Infinity, add)
  return result
}
