import type { Comment } from '@multilogue/shared/comments'
import { wordsOf, type Row } from '@multilogue/shared/compilation'
import type { Selected } from '$lib/collab/brackets'
import type { TextStatus } from '$lib/collab/text-status.svelte'
import { liveComments } from './comments-live'
import { isOpen } from './trays'

/** What is commented on; without words the whole paragraph. */
export interface Commented {
  paragraphId: string
  words?: { from: number; quote: string }
  shown: string
}

/** What is said beside one text, and what of it is looked at. Make it while a component is set up. */
export class Commenting {
  readonly live
  /** The comment that is looked at. */
  chosenId = $state<string>()
  /** Whether the reader has come for it, and not only put the caret into its words. */
  isWanted = $state(false)
  /** What somebody is writing a comment on. */
  on = $state.raw<Commented>()

  constructor(documentId: () => string, roundId: () => string, after: Promise<void>) {
    this.live = liveComments(documentId, roundId, after)
  }

  choose(id: string | undefined, isWriting = false) {
    this.chosenId = id
    this.isWanted = id !== undefined && !isWriting
  }

  get may(): boolean {
    return (this.live.data?.visibilities.length ?? 0) > 0
  }
  get open(): Comment[] {
    return this.live.data?.comments.filter(isOpen) ?? []
  }
  get chosen(): Comment | undefined {
    return this.live.data?.comments.find(({ id }) => id === this.chosenId)
  }
}

/** UTF-16 code units that a comment quotes at most. */
const LONGEST_QUOTE = 4000

/** A longer selection stands for its paragraph. */
export const commentedOn = ({ paragraphId, from, quote }: Selected): Commented => ({
  paragraphId,
  ...(quote.length <= LONGEST_QUOTE ? { words: { from, quote } } : {}),
  shown: quote,
})

/** What a comment would be on: the selected words, or all of the paragraph that is written in or chosen. */
export function commentableIn(
  isWritten: boolean,
  { selected, caret }: TextStatus,
  chosen: Row | undefined,
): Commented | undefined {
  if (isWritten && selected) return commentedOn(selected)
  if (isWritten) return caret && { paragraphId: caret.id, shown: caret.text }
  return chosen?.kind === 'block' ? { paragraphId: chosen.id, shown: wordsOf(chosen.block.runs) } : undefined
}
