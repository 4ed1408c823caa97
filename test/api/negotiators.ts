import { openDocument, setMode, syncDocument } from '@multilogue/shared/documents'
import {
  draftProposal,
  getNegotiation,
  setParagraphStatus,
  tableProposal,
  type Block,
  type Operation,
  type Proposal,
} from '@multilogue/shared/negotiation'
import type * as Y from 'yjs'
import { buildText, type NewBlock } from '../../server/src/collab/text.js'
import { newId } from '../../server/src/common/ids.js'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'
import { Pen } from './pen.js'

export const PREAMBLE = [
  'Recognizing that tools change,',
  'Noting that data are asked for twice,',
  'Mindful of the baseline,',
]
export const OPERATIVE = [
  'Agree on a common baseline of ten indicators;',
  'Invite partners to publish their offers of assistance;',
  'Call for rules on data flows that everybody can apply;',
  'Support cooperatives that sell traceable products;',
  'Decide to review progress in one year.',
]

export const words = (blocks: Block[] | null) => blocks?.map(({ runs }) => runs.map(({ text }) => text).join(''))
export const named = ({ id, revision }: Proposal) => ({ proposalId: id, revision })

/** Delegations and a facilitator at work on a text. */
export class Negotiators {
  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  /** A zero draft in negotiating mode: three preambular and five operative paragraphs. @returns their ids too */
  async zeroDraft() {
    const { id: documentId } = await this.stage.done('facilitator', openDocument, {
      roundId: this.round.roundId,
      kind: 'outcome',
      title: 'Outcome',
      language: 'en',
    })
    const blocks: NewBlock[] = [
      { id: newId(), kind: 'heading', level: 1, text: 'Outcome' },
      ...PREAMBLE.map((text): NewBlock => ({ id: newId(), kind: 'paragraph', part: 'preambular', text })),
      ...OPERATIVE.map((text): NewBlock => ({ id: newId(), kind: 'paragraph', part: 'operative', text })),
    ]
    const update = Buffer.from(buildText(blocks)).toString('base64')
    await this.stage.done('facilitator', syncDocument, { documentId, update })
    await this.stage.done('facilitator', setMode, { documentId, mode: 'negotiating', revision: 1 })
    return { documentId, pp: blocks.slice(1, 4).map(({ id }) => id), op: blocks.slice(4).map(({ id }) => id) }
  }

  seen(who: string, documentId: string) {
    return this.stage.done(who, getNegotiation, { documentId })
  }
  async hashOf(documentId: string, id: string) {
    return (await this.seen('chair', documentId)).blocks.find((block) => block.id === id)!.hash
  }

  async draft(who: string, documentId: string, paragraphId: string, text: string, operation: Operation = 'replace') {
    const made = await this.stage.done(who, draftProposal, { documentId, paragraphId, operation })
    if (operation === 'delete') return made
    await new Pen(this.stage, who, made.id).write((pen) => {
      const run = (pen.blocks.get(0) as Y.XmlElement).get(0) as Y.XmlText | undefined
      if (run) {
        run.delete(0, run.length)
        run.insert(0, text)
      } else pen.put(0, text)
    })
    return made
  }
  async tabled(who: string, documentId: string, paragraphId: string, text: string, operation?: Operation) {
    const made = await this.draft(who, documentId, paragraphId, text, operation)
    return this.stage.done(who, tableProposal, {
      proposalId: made.id,
      revision: made.revision,
      reason: 'As instructed.',
    })
  }
  async agree(documentId: string, paragraphId: string) {
    const hash = await this.hashOf(documentId, paragraphId)
    return this.stage.done('facilitator', setParagraphStatus, {
      documentId,
      paragraphId,
      hash,
      status: 'agreed_ad_ref',
    })
  }
}
