import type { Operation } from '@multilogue/shared/negotiation'
import { Refusal } from '../common/problem.js'
import { hashOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'

/** What a proposal stands on. */
export interface Ground {
  operation: Operation
  paragraph_id: string
  other_id: string | null
}

export const placeIn = (contents: Content[], id: string): number =>
  contents.findIndex(({ attributes }) => attributes.id === id)

/** @throws Refusal text-moved-on when it is gone or says something else than the caller has seen */
export function paragraphAsSeen(contents: Content[], { id, hash }: { id: string; hash: string }): Content {
  const paragraph = contents[placeIn(contents, id)]
  if (!paragraph || hashOf(paragraph) !== hash) throw new Refusal('text-moved-on')
  return paragraph
}

/**
 * Names what a proposal is about, as it stands now: another name later means that the ground has moved. An insertion
 * needs only the paragraph behind which it comes.
 * @returns undefined when it is gone
 */
export function groundOf(contents: Content[], { operation, paragraph_id, other_id }: Ground): string | undefined {
  const place = placeIn(contents, paragraph_id)
  const paragraph = contents[place]
  if (!paragraph) return undefined
  if (operation === 'insert') return 'there'
  const hash = hashOf(paragraph)
  if (operation === 'move') return other_id !== null && placeIn(contents, other_id) >= 0 ? hash : undefined
  if (operation !== 'merge') return hash
  const next = contents[place + 1]
  return next?.attributes.id === other_id && next ? hash + hashOf(next) : undefined
}

/** The paragraphs that a proposal takes the place of. */
export function baseOf(contents: Content[], { operation, paragraph_id }: Ground): Content[] {
  const place = placeIn(contents, paragraph_id)
  if (operation === 'insert') return []
  return contents.slice(place, place + (operation === 'merge' ? 2 : 1))
}
