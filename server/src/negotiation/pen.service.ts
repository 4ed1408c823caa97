import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  askToRebase,
  declineProposal,
  getNegotiation,
  incorporateProposal,
  listActs,
  mergeProposals,
  setParagraphStatus,
} from '@multilogue/shared/negotiation'
import { must, mustBe, type ActingSeat } from '../access/caller.js'
import { visibleDocument, type DocumentRow } from '../access/document.access.js'
import { guides, isBeforeAll, type ProposalRow } from '../access/negotiation.access.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { rows } from '../common/sql.js'
import { bracketsIn } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { closeGone, openIn, takeOver } from './bracket.rows.js'
import { credit } from './credit.js'
import { written } from './drafting.js'
import { paragraphAsSeen } from './ground.js'
import { actsOf, negotiationOf } from './negotiation.views.js'
import { withBrackets } from './kept-brackets.js'
import { carryOut } from './rewording.js'
import { setStatus } from './paragraph.status.js'
import { plainWords, Table, tracedWords } from './table.js'

const NOT_HELD = 'The facilitator or the chair decides on the text.'

/** What the holder of the pen does, and what everybody sees of a negotiation. */
@Injectable()
export class PenService {
  constructor(private readonly table: Table) {}

  @Handles(getNegotiation)
  async getNegotiation(work: Reading, { documentId }: InputOf<typeof getNegotiation>) {
    const { document, seat, contents, no } = await this.table.text(work, documentId, 'look')
    return negotiationOf(work.db, seat, document, { contents, no })
  }

  @Handles(listActs)
  async listActs(work: Reading, { documentId, ...which }: InputOf<typeof listActs>) {
    await visibleDocument(work, documentId)
    return actsOf(work.db, documentId, which)
  }

  @Handles(askToRebase)
  async askToRebase(work: Writing, { proposalId, revision, note }: InputOf<typeof askToRebase>) {
    const { proposal, document, seat, contents } = await this.toDecide(work, proposalId, revision)
    mustBe(proposal.state === 'tabled', `The proposal is ${proposal.state}.`)
    await this.decide(work, [proposal.id], 'rebase_asked', note, 'open')
    await this.trace(work, document, seat, proposal, 'asked-to-rebase', { note })
    return this.table.answer(work, seat, document, contents, proposalId)
  }

  @Handles(declineProposal)
  async declineProposal(work: Writing, { proposalId, revision, note }: InputOf<typeof declineProposal>) {
    const { proposal, document, seat, contents } = await this.toDecide(work, proposalId, revision)
    await this.decide(work, [proposal.id], 'not_retained', note)
    await this.trace(work, document, seat, proposal, 'not-retained', { note })
    return this.table.answer(work, seat, document, contents, proposalId)
  }

  @Handles(incorporateProposal)
  incorporateProposal(work: Writing, { proposalId, revision, note }: InputOf<typeof incorporateProposal>) {
    return this.table.texts.inTurn(async () => {
      const { proposal, document, seat, contents, no } = await this.toDecide(work, proposalId, revision)
      this.table.mustStandOn(contents, proposal)
      const brackets = [...bracketsIn(contents), ...(await openIn(work.db, proposal.id))]
      const proposed = withBrackets(proposal.content ?? [], new Set(brackets))
      await this.decide(work, [proposal.id], 'incorporated', note)
      await this.trace(work, document, seat, proposal, 'incorporated', {
        words: tracedWords(proposal, proposed),
        note,
        no,
      })
      const planned = await this.table.texts.planned(document.id, (doc) =>
        carryOut(doc, proposal, proposed, proposal.base),
      )
      await credit(work.db, proposal.id, planned)
      await takeOver(work.db, document.id, [proposal.id], planned.after)
      await closeGone(work, document.id, planned.after)
      await this.table.texts.carryOut(work.caller, planned)
      return this.table.answer(work, seat, document, planned.after, proposalId)
    })
  }

  @Handles(mergeProposals)
  mergeProposals(work: Writing, input: InputOf<typeof mergeProposals>) {
    return this.table.texts.inTurn(async () => {
      const { document, seat, contents, no } = await this.table.text(work, input.documentId, 'lock')
      must(guides(seat, document), NOT_HELD)
      this.table.mustMove(document)
      const paragraph = paragraphAsSeen(contents, { id: input.paragraphId, hash: input.hash })
      const merged = await rows<ProposalRow>(
        work.db,
        `SELECT * FROM proposal WHERE document_id = $1 AND id = ANY($2) AND tabled_at IS NOT NULL FOR UPDATE`,
        [document.id, input.proposalIds],
      )
      if (merged.length < new Set(input.proposalIds).size) throw nothingHere()
      mustBe(
        merged.every(({ state }) => state === 'tabled' || state === 'rebase_asked'),
        'Only tabled proposals are merged.',
      )
      mustBe(
        merged.every(({ operation, paragraph_id }) => operation === 'replace' && paragraph_id === input.paragraphId),
        'A compromise is made of other words for the same paragraph.',
      )
      const ground = { operation: 'replace', paragraph_id: input.paragraphId, other_id: null } as const
      const words: Content = { ...paragraph, children: written(input.words) }
      await this.decide(work, input.proposalIds, 'merged', input.note)
      for (const proposal of merged)
        await this.trace(work, document, seat, proposal, 'merged', { words: input.words, note: input.note, no })
      const planned = await this.table.texts.planned(document.id, (doc) => carryOut(doc, ground, [words]))
      await closeGone(work, document.id, planned.after)
      await this.table.texts.carryOut(work.caller, planned)
      return negotiationOf(work.db, seat, document, { contents: planned.after, no })
    })
  }

  @Handles(setParagraphStatus)
  async setParagraphStatus(work: Writing, input: InputOf<typeof setParagraphStatus>) {
    const { document, seat, contents, no } = await this.table.text(work, input.documentId, 'lock')
    must(guides(seat, document), NOT_HELD)
    this.table.mustMove(document)
    const paragraph = paragraphAsSeen(contents, { id: input.paragraphId, hash: input.hash })
    mustBe(
      paragraph.attributes.part === 'preambular' || paragraph.attributes.part === 'operative',
      'Only preambular and operative paragraphs are agreed.',
    )
    if (input.status === 'agreed_ad_ref') {
      mustBe(bracketsIn([paragraph]).size === 0, 'Words of the paragraph are still in brackets.')
      await this.mustBeClear(work, document, input.paragraphId)
    }
    if (input.status === 'open' && !input.reason) throw invalidInput('reason', 'Say why the paragraph is reopened.')
    const { paragraphId, status, hash, reason: note } = input
    await setStatus(work, { document, seat }, { paragraphId, status, hash, reason: note || null })
    const act = input.status === 'open' ? 'reopened' : 'agreed-ad-ref'
    await this.table.trace(work, document, seat, { act, paragraphId, words: plainWords([paragraph]), note, no })
    return negotiationOf(work.db, seat, document, { contents, no })
  }

  private async toDecide(work: Writing, proposalId: string, revision: number) {
    const found = await this.table.proposal(work, proposalId)
    must(guides(found.seat, found.document), NOT_HELD)
    mustBe(isBeforeAll(found.proposal), `The proposal is ${found.proposal.state}.`)
    mustStandAt(found.proposal.revision, revision)
    this.table.mustMove(found.document)
    return found
  }

  /** As long as somebody proposes something else, nothing is agreed. */
  private async mustBeClear({ db }: Writing, document: DocumentRow, paragraphId: string): Promise<void> {
    const pending = await rows<{ number: number }>(
      db,
      `SELECT number FROM proposal WHERE document_id = $1 AND state IN ('tabled', 'rebase_asked')
         AND operation <> 'insert' AND (paragraph_id = $2 OR (operation = 'merge' AND other_id = $2)) ORDER BY number`,
      [document.id, paragraphId],
    )
    const names = pending.map(({ number }) => `P${number}`).join(', ')
    mustBe(pending.length === 0, `${names} still waits for a decision.`)
  }

  private async decide({ db, now }: Writing, ids: string[], state: string, note: string, end: 'open' | 'end' = 'end') {
    await db.query(
      `UPDATE proposal SET state = $2, note = nullif($3, ''), decided_at = CASE WHEN $5 = 'end' THEN $4::timestamptz END,
         revision = revision + 1 WHERE id = ANY($1)`,
      [ids, state, note, now, end],
    )
  }

  private trace(
    work: Writing,
    document: DocumentRow,
    seat: ActingSeat,
    proposal: ProposalRow,
    act: string,
    more: { words?: string; note?: string; no?: number },
  ): Promise<void> {
    const { id: proposalId, paragraph_id: paragraphId } = proposal
    return this.table.trace(work, document, seat, { act, proposalId, paragraphId, ...more })
  }
}
