import { makeComment, resolveComment, withdrawRemark, type CommentVisibility } from '@multilogue/shared/comments'
import { openDocument, setMode } from '@multilogue/shared/documents'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

type Mode = 'drafting' | 'negotiating' | 'frozen'

/** Makes texts and comments for the rights matrix, each in the state that is asked for. */
export class CommentThings {
  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  async toMake(visibility: CommentVisibility, { own = false, mode = 'drafting' }: { own?: boolean; mode?: Mode } = {}) {
    const { world } = this.stage
    const by = own ? 'gha.head' : 'facilitator'
    const { id: documentId, revision } = await world.do(by, openDocument, {
      roundId: this.round.roundId,
      kind: 'outcome',
      title: 'Text',
      language: 'en',
      visibility: own ? 'delegation' : 'participants',
    })
    const [paragraphId] = await world.begin(by, documentId, [
      { kind: 'paragraph', part: 'operative', text: 'Decide to meet again.' },
    ])
    if (mode !== 'drafting') await world.do(by, setMode, { documentId, mode, revision })
    return {
      documentId,
      paragraphId: paragraphId!,
      words: { from: 0, quote: 'Decide' },
      body: 'Too strong.',
      language: 'en' as const,
      visibility,
      ...(visibility === 'group' ? { groupId: this.round.bodyId } : {}),
    }
  }

  /** Ethiopia's when it is for the group, and Ghana's otherwise. */
  async made(visibility: CommentVisibility) {
    const by = visibility === 'group' ? 'eth.head' : 'gha.head'
    const { id, remarks } = await this.stage.done(by, makeComment, await this.toMake(visibility))
    return { commentId: id, remarkId: remarks[0]!.id }
  }

  async toAnswer(visibility: CommentVisibility) {
    const { commentId } = await this.made(visibility)
    return { commentId, body: 'So be it.', language: 'en' as const }
  }

  async toRevise(state: 'standing' | 'withdrawn' = 'standing') {
    const { remarkId } = await this.made('room')
    if (state === 'withdrawn') await this.stage.done('gha.head', withdrawRemark, { remarkId })
    return { remarkId, body: 'Very strong.' }
  }

  async toWithdraw(state: 'standing' | 'withdrawn' = 'standing') {
    return { remarkId: (await this.toRevise(state)).remarkId }
  }

  async toResolve(visibility: CommentVisibility, state: 'open' | 'resolved' = 'open') {
    const { commentId } = await this.made(visibility)
    const input = { commentId, resolved: true }
    if (state === 'resolved') await this.stage.done('gha.head', resolveComment, input)
    return input
  }
}
