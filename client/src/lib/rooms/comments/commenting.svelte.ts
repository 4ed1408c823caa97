import type { Comment } from '@multilogue/shared/comments'
import { wordsOf, type Row } from '@multilogue/shared/compilation'
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
  /** What somebody is writing a comment on. */
  on = $state.raw<Commented>()

  constructor(documentId: () => string, roundId: () => string) {
    this.live = liveComments(documentId, roundId)
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

/** What a comment would be on: the selected words, or all of the paragraph that is written in or chosen. */
export function commentableIn(
  isWritten: boolean,
  { selected, caret }: TextStatus,
  chosen: Row | undefined,
): Commented | undefined {
  if (isWritten && selected) return { paragraphId: selected.paragraphId, words: selected, shown: selected.quote }
  if (isWritten) return caret && { paragraphId: caret.id, shown: caret.text }
  return chosen?.kind === 'block' ? { paragraphId: chosen.id, shown: wordsOf(chosen.block.runs) } : undefined
}
