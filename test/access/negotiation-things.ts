import { closeBracket, openBracket } from '@multilogue/shared/brackets'
import { openDocument, setMode } from '@multilogue/shared/documents'
import { closeInformal, openInformal } from '@multilogue/shared/informals'
import { draftProposal, getNegotiation, tableProposal, type Proposal } from '@multilogue/shared/negotiation'
import type * as Y from 'yjs'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'
import { changedFile } from '../support/word.js'

type Mode = 'negotiating' | 'frozen'

/** Makes texts and proposals for the rights matrix, each in the state that is asked for. */
export class NegotiationThings {
  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  private get world() {
    return this.stage.world
  }

  /** One operative paragraph, in a text of the participants; or in Ghana's own. */
  private async text(visibility: 'participants' | 'delegation' = 'participants') {
    const by = visibility === 'participants' ? 'facilitator' : 'gha.head'
    const { id: documentId } = await this.world.do(by, openDocument, {
      roundId: this.round.roundId,
      kind: 'outcome',
      title: 'Text',
      language: 'en',
      visibility,
    })
    const [paragraphId] = await this.world.begin(by, documentId, [
      { kind: 'paragraph', part: 'operative', text: 'Decide to meet again.' },
    ])
    return { documentId, paragraphId: paragraphId! }
  }

  private move(documentId: string, mode: Mode) {
    return this.world.do('facilitator', setMode, { documentId, mode, revision: 1 })
  }

  async toPropose(visibility: 'participants' | 'delegation' = 'participants', mode?: Mode) {
    const { documentId, paragraphId } = await this.text(visibility)
    if (mode) await this.move(documentId, mode)
    return { documentId, paragraphId, operation: 'delete' as const }
  }

  async toConsult(mode?: Mode) {
    const { documentId, paragraphId } = await this.toPropose('participants', mode)
    return { documentId, title: 'Informals', paragraphIds: [paragraphId], delegationIds: [this.round.delegations.GHA] }
  }

  /** Ghana has written something else. */
  async consulted(state?: 'closed') {
    const { id: informalId } = await this.world.do('facilitator', openInformal, await this.toConsult())
    await this.world.edit('gha.head', informalId, (blocks) => {
      const words = (blocks.get(0) as Y.XmlElement).get(0) as Y.XmlText
      words.insert(0, 'Solemnly ')
    })
    if (state) await this.world.do('facilitator', closeInformal, { informalId })
    return { informalId }
  }

  async toSplit() {
    const on = await this.toPropose()
    return { ...on, operation: 'split' as const, words: 'Decide to meet.\nDecide to meet again.' }
  }

  async splitTabled() {
    const drafted = await this.world.do('gha.head', draftProposal, await this.toSplit())
    return named(await this.world.do('gha.head', tableProposal, named(drafted)))
  }

  async changed(visibility: 'participants' | 'delegation' = 'participants', mode?: Mode) {
    const { documentId } = await this.toPropose(visibility, mode)
    const file = await changedFile('Decide to meet ', 'again.', 'in a year.', 'Desk officer')
    return { documentId, file: Buffer.from(file).toString('base64') }
  }

  private async drafted(by: string) {
    const { documentId, paragraphId } = await this.text()
    const proposal = await this.world.do(by, draftProposal, {
      documentId,
      paragraphId,
      operation: 'replace',
      words: 'Decide to meet in a year.',
    })
    return { documentId, paragraphId, proposal }
  }

  async draft(by: string, mode?: Mode) {
    const { documentId, proposal } = await this.drafted(by)
    if (mode) await this.move(documentId, mode)
    return named(proposal)
  }

  async offer(by: string) {
    return { ...(await this.draft(by)), delegationId: this.round.delegations.ETH }
  }

  private async put() {
    const { documentId, paragraphId, proposal } = await this.drafted('gha.head')
    const tabled = await this.world.do('gha.head', tableProposal, named(proposal))
    return { documentId, paragraphId, proposal: tabled }
  }

  async tabled(mode?: Mode) {
    const { documentId, proposal } = await this.put()
    if (mode) await this.move(documentId, mode)
    return named(proposal)
  }

  async unnamed(mode?: Mode) {
    return { proposalId: (await this.tabled(mode)).proposalId }
  }

  async toMerge() {
    const { documentId, paragraphId, proposal } = await this.put()
    return {
      documentId,
      paragraphId,
      hash: await this.hashOf(documentId),
      proposalIds: [proposal.id],
      words: 'Decide to meet in spring.',
    }
  }

  async toAgree(mode?: Mode) {
    const { documentId, paragraphId } = await this.text()
    const hash = await this.hashOf(documentId)
    if (mode) await this.move(documentId, mode)
    return { documentId, paragraphId, hash, status: 'agreed_ad_ref' as const }
  }

  async toBracket(mode: Mode | 'drafting' = 'negotiating') {
    const { documentId, paragraphId } = await this.text()
    if (mode !== 'drafting') await this.move(documentId, mode)
    return { documentId, paragraphId, from: 0, quote: 'Decide', reason: 'Too strong.' }
  }

  async toBracketADraft() {
    const { proposal, paragraphId } = await this.drafted('gha.head')
    return { documentId: proposal.id, paragraphId, from: 0, quote: 'Decide', reason: 'Too strong.' }
  }

  async bracketed(mode?: Mode) {
    const on = await this.toBracket('drafting')
    const { id: bracketId } = await this.world.do('gha.head', openBracket, on)
    if (mode) await this.move(on.documentId, mode)
    return { bracketId, outcome: 'kept' as const, reason: 'Withdrawn.' }
  }

  async unbracketed() {
    const closing = await this.bracketed()
    await this.world.do('facilitator', closeBracket, closing)
    return closing
  }

  async alternative() {
    const { bracketId } = await this.bracketed()
    return { bracketId, words: 'Agree' }
  }

  async toIssue(visibility: 'participants' | 'delegation' = 'participants') {
    const { documentId } = await this.text(visibility)
    return { documentId, series: 'L' as const }
  }

  private async hashOf(documentId: string): Promise<string> {
    return (await this.stage.done('chair', getNegotiation, { documentId })).blocks[0]!.hash
  }
}

const named = ({ id, revision }: Proposal) => ({ proposalId: id, revision })
