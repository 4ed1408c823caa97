import {
  breakSilence,
  castVote,
  gavel,
  getProcedure,
  objectTo,
  openProcedure,
  type Ballot,
  type Method,
} from '@multilogue/shared/decisions'
import { openDocument } from '@multilogue/shared/documents'
import { getNegotiation, issueDocument } from '@multilogue/shared/negotiation'
import { getRound } from '@multilogue/shared/rounds'
import { setRules } from '@multilogue/shared/rules'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

const NEXT_WEEK = '2027-06-15T09:00:00Z'
const said = { text: 'Not yet.', language: 'en' as const }

/** Makes decisions for the rights matrix, each in the state that is asked for. */
export class DecisionThings {
  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  /** Votes are allowed, and consensus waits for nobody. */
  private async permit(): Promise<void> {
    const { roundId } = this.round
    const { rules, revision } = await this.stage.done('secretariat', getRound, { roundId })
    if (rules.decision === 'vote' && rules.objectionSeconds === 0) return
    const permitting = { ...rules, decision: 'vote' as const, objectionSeconds: 0, quorum: 'none' as const }
    await this.stage.done('secretariat', setRules, { roundId, rules: permitting, revision })
  }

  private async text() {
    const { world } = this.stage
    const { id: documentId } = await world.do('facilitator', openDocument, {
      roundId: this.round.roundId,
      kind: 'outcome',
      title: 'Text',
      language: 'en',
    })
    const [paragraphId] = await world.begin('facilitator', documentId, [
      { kind: 'paragraph', part: 'operative', text: 'Decide to meet again.' },
    ])
    return { documentId, paragraphId: paragraphId! }
  }

  async toAsk(method: Method = 'silence', ballot?: Ballot) {
    await this.permit()
    const { documentId } = await this.text()
    const { id: issuedId } = await this.stage.done('secretariat', issueDocument, { documentId, series: 'L' })
    const deadline = method === 'silence' ? NEXT_WEEK : undefined
    return { documentId, issuedId, method, ballot, deadline, sessionId: this.round.sessionId }
  }

  async toAskOnParagraph() {
    const { documentId, paragraphId } = await this.text()
    const { blocks } = await this.stage.done('chair', getNegotiation, { documentId })
    const paragraph = { id: paragraphId, hash: blocks[0]!.hash }
    return { documentId, paragraph, method: 'straw_poll' as const, sessionId: this.round.sessionId }
  }

  ask(asked: Awaited<ReturnType<DecisionThings['toAsk']>>) {
    return this.stage.done('chair', openProcedure, asked)
  }

  async asked(method: Method = 'silence', ballot?: Ballot) {
    const { id: procedureId } = await this.ask(await this.toAsk(method, ballot))
    return { procedureId }
  }

  async ended(method: 'consensus' | 'vote') {
    const on = await this.asked(method, method === 'vote' ? 'recorded' : undefined)
    if (method === 'vote') await this.stage.done('gha.head', castVote, { ...on, choice: 'yes' })
    await this.stage.done('chair', gavel, on)
    return on
  }

  async running(method: Method = 'silence') {
    return { ...(await this.asked(method)), revision: 1 }
  }

  async toBreak(state: 'running' | 'broken' = 'running') {
    const { procedureId } = await this.asked()
    const { paragraphs } = await this.stage.done('chair', getProcedure, { procedureId })
    const input = { procedureId, paragraphIds: [paragraphs[0]!.id], ...said }
    if (state === 'broken') await this.stage.done('deu.head', breakSilence, input)
    return input
  }

  async broken() {
    const { procedureId } = await this.toBreak('broken')
    const { revision } = await this.stage.done('chair', getProcedure, { procedureId })
    return { procedureId, revision }
  }

  async objected() {
    const on = await this.asked('consensus')
    const { objections } = await this.stage.done('gha.head', objectTo, { ...on, language: 'en' })
    return { objectionId: objections[0]!.id, ...said }
  }
}
