import { hashOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { placeIn } from '../negotiation/ground.js'
import { withTypedBrackets } from './typed-brackets.js'

/** A paragraph as it was taken into informal consultations. */
export interface Taken {
  paragraph_id: string
  hash: string
  base: Content[]
}

/** What would be proposed on one paragraph of the text. */
export interface Change {
  operation: 'replace' | 'insert' | 'delete'
  paragraphId: string
  base: Content[]
  baseHash: string
  words: Content[]
}

/**
 * What the consultations changed: one change for each paragraph that reads otherwise or is gone, and one for all new
 * paragraphs that stand in a row, behind the paragraph of the text that is before them.
 * @param before  the paragraph of the text before the first one that was taken; behind it comes what is new at the head
 */
export function changesIn(taken: Taken[], now: Content[], before: string | undefined): Change[] {
  const forked = withTypedBrackets(taken.flatMap(({ base }) => base))
  const known = new Set(taken.map(({ paragraph_id }) => paragraph_id))
  const changed = taken.flatMap(({ paragraph_id: paragraphId, hash: baseHash, base }, at): Change[] => {
    const content = now[placeIn(now, paragraphId)]
    if (!content) return [{ operation: 'delete', paragraphId, base, baseHash, words: [] }]
    return hashOf(content) === hashOf(forked[at]!)
      ? []
      : [{ operation: 'replace', paragraphId, base, baseHash, words: [content] }]
  })
  let behind = before ?? taken[0]!.paragraph_id
  const inserted = new Map<string, Content[]>()
  for (const content of now) {
    const id = String(content.attributes.id)
    if (known.has(id)) behind = id
    else inserted.set(behind, [...(inserted.get(behind) ?? []), content])
  }
  return [
    ...changed,
    ...[...inserted].map(([paragraphId, words]): Change => {
      return { operation: 'insert', paragraphId, base: [], baseHash: 'there', words }
    }),
  ]
}
