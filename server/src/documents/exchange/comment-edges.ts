import { isWords, type Inline } from './manuscript.js'

/** A comment on its way into a file. */
export interface Remarked {
  /** UTF-16 code units from the paragraph's beginning; what is no letter, such as a footnote, is one. */
  place: { paragraphId: string; from: number; to: number }
  /** The first one opens it. */
  remarks: { author: string; at: string; words: string }[]
}

/** Where a comment begins or ends, among the words of a paragraph. */
export interface Edge {
  at: number
  edge: 'begin' | 'end'
  /** Counted from 0. */
  comment: number
}

/** The edges of the comments on each paragraph, in the order in which they are met. */
export function edgesOf(comments: Remarked[]): Map<string, Edge[]> {
  const edges = new Map<string, Edge[]>()
  for (const [comment, { place }] of comments.entries()) {
    const here = edges.get(place.paragraphId) ?? []
    here.push({ at: place.from, edge: 'begin', comment }, { at: place.to, edge: 'end', comment })
    edges.set(place.paragraphId, here)
  }
  for (const here of edges.values()) here.sort((one, other) => one.at - other.at)
  return edges
}

/**
 * Puts the edges among the inlines, which are split where one falls within.
 * @param measured  each inline with the units that it stands for: its letters; none for a sign; one for anything else
 */
export function withEdges(measured: { inline: Inline; units: number }[], edges: Edge[]): Inline[] {
  const made: Inline[] = []
  const left = [...edges]
  const put = (edge: Edge) => made.push({ is: 'comment', edge: edge.edge, comment: edge.comment })
  let at = 0
  for (const { inline, units } of measured) {
    let rest = inline
    let length = units
    while (left[0] && left[0].at <= at) put(left.shift()!)
    while (left[0] && left[0].at < at + length && isWords(rest) && rest.text.length === length) {
      const cut = left[0].at - at
      made.push({ ...rest, text: rest.text.slice(0, cut) })
      rest = { ...rest, text: rest.text.slice(cut) }
      at += cut
      length -= cut
      while (left[0] && left[0].at <= at) put(left.shift()!)
    }
    made.push(rest)
    at += length
  }
  for (const edge of left) put(edge)
  return made
}
