import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  draftProposal,
  offerProposal,
  rebaseProposal,
  sponsorProposal,
  tableProposal,
  takePosition,
  withdrawProposal,
} from '@multilogue/shared/negotiation'
import { isMember, must, mustBe, type ActingSeat } from '../access/caller.js'
import type { DocumentRow } from '../access/document.access.js'
import {
  answersForInformal,
  isBeforeAll,
  isOwn,
  mayPropose,
  mayTable,
  mayTakePosition,
  mayWithdraw,
  type ProposalRow,
} from '../access/negotiation.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import type { Content } from '../documents/history/content.js'
import { Bus } from '../work/bus.js'
import { Handles } from '../work/handles.js'
import type { Audience, Writing } from '../work/work.js'
import { draftOf, likeBeside } from './drafting.js'
import { baseOf, groundOf, placeIn } from './ground.js'
import { nextNumber } from './proposal.numbers.js'
import { plainWords, Table, tracedWords } from './table.js'

const NO_CHANGE = 'The proposal changes nothing yet.'

/** What delegations do with proposals. */
@Injectable()
export class ProposalsService {
  constructor(
    private readonly table: Table,
    private readonly bus: Bus,
  ) {}

  @Handles(draftProposal)
  async draftProposal(work: Writing, input: InputOf<typeof draftProposal>) {
    const { db, caller, now } = work
    const { document, seat, contents, no } = await this.table.text(work, input.documentId, 'look')
    must(mayPropose(seat, document), 'Proposals are made by delegations, on texts of the participants.')
    const ground = { operation: input.operation, paragraph_id: input.paragraphId, other_id: input.otherId ?? null }
    const hash = groundOf(contents, ground)
    if (hash === undefined) throw invalidInput('paragraphId', 'The text has no such paragraph any more.')
    const base = baseOf(contents, ground)
    await this.table.mustBeOpen(work, document, base)
    if (ground.operation === 'split' || ground.operation === 'merge')
      mustBe(
        base.every(({ name }) => name === 'paragraph'),
        'Only paragraphs are split and merged.',
      )
    const id = newId()
    await insert(db, 'document', {
      id,
      round_id: document.round_id,
      kind: 'proposal',
      title: document.title,
      visibility: 'delegation',
      owner_delegation_id: seat.delegationId,
      language: document.language,
      created_at: now,
    })
    await insert(db, 'document_log', { document_id: id, changed_at: now })
    await this.table.texts.seed(db, id, caller, draftOf(contents, ground, input.words))
    await insert(db, 'proposal', {
      id,
      document_id: document.id,
      ...ground,
      base_no: no,
      base_hash: hash,
      base: JSON.stringify(base),
      delegation_id: seat.delegationId,
      created_at: now,
    })
    this.table.tell(work, document, ownAudience(seat))
    return this.table.answer(work, seat, document, contents, id)
  }

  @Handles(tableProposal)
  async tableProposal(work: Writing, { proposalId, revision, reason }: InputOf<typeof tableProposal>) {
    const { db, now } = work
    const { proposal, document, seat, contents } = await this.table.proposal(work, proposalId)
    const isInformal = answersForInformal(seat, proposal)
    if (isOwn(seat, proposal) && !isInformal && !isMember(seat)) throw new Refusal('sponsor-needed')
    must(mayTable(seat, proposal), 'The head or alternate of its delegation tables a proposal.')
    mustBe(proposal.state === 'draft' || proposal.state === 'offered', `The proposal is ${proposal.state}.`)
    mustStandAt(proposal.revision, revision)
    this.table.mustMove(document)
    this.table.mustStandOn(contents, proposal)
    await this.table.mustBeOpen(work, document, baseOf(contents, proposal))
    const words = await this.wordsOf(work, proposal, contents)
    const number = proposal.number ?? (await nextNumber(db, document.id))
    await db.query(
      `UPDATE proposal SET state = 'tabled', content = $2, number = $3, tabled_at = coalesce(tabled_at, $4),
         reason = coalesce($5, reason), note = NULL, revision = revision + 1 WHERE id = $1`,
      [proposalId, JSON.stringify(words), number, now, reason || null],
    )
    if (!isInformal)
      await db.query(
        `INSERT INTO proposal_sponsor (proposal_id, delegation_id, joined_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [proposalId, seat.delegationId, now],
      )
    await this.close(work, proposalId)
    await this.trace(work, document, seat, proposal, 'tabled', { words: tracedWords(proposal, words), note: reason })
    return this.table.answer(work, seat, document, contents, proposalId)
  }

  @Handles(offerProposal)
  async offerProposal(work: Writing, input: InputOf<typeof offerProposal>) {
    const { db } = work
    const { proposal, document, seat, contents } = await this.table.proposal(work, input.proposalId)
    must(
      isOwn(seat, proposal) && mayPropose(seat, document) && !isMember(seat) && proposal.delegation_id !== null,
      'Stakeholders and observers ask for a sponsor.',
    )
    mustBe(proposal.state === 'draft', `The proposal is ${proposal.state}.`)
    mustStandAt(proposal.revision, input.revision)
    this.table.mustMove(document)
    const asked = await row<{ id: string }>(
      db,
      `SELECT id FROM delegation WHERE id = $1 AND round_id = $2 AND kind = 'member'`,
      [input.delegationId, document.round_id],
    )
    if (!asked) throw invalidInput('delegationId', 'Only a member delegation can sponsor.')
    const words = await this.wordsOf(work, proposal, contents)
    await db.query(
      `UPDATE proposal SET state = 'offered', asked_id = $2, content = $3, reason = coalesce($4, reason),
         revision = revision + 1 WHERE id = $1`,
      [proposal.id, asked.id, JSON.stringify(words), input.reason || null],
    )
    await this.close(work, proposal.id)
    const audience = { delegationIds: [asked.id, proposal.delegation_id], secretariat: false }
    this.table.tell(work, document, audience)
    return this.table.answer(work, seat, document, contents, proposal.id)
  }

  @Handles(withdrawProposal)
  async withdrawProposal(work: Writing, { proposalId, revision }: InputOf<typeof withdrawProposal>) {
    const { proposal, document, seat, contents } = await this.table.proposal(work, proposalId)
    must(mayWithdraw(seat, proposal), 'A proposal is withdrawn by its delegation.')
    mustBe(['draft', 'offered'].includes(proposal.state) || isBeforeAll(proposal), `The proposal is ${proposal.state}.`)
    mustStandAt(proposal.revision, revision)
    await work.db.query(
      `UPDATE proposal SET state = 'withdrawn', decided_at = $2, revision = revision + 1 WHERE id = $1`,
      [proposalId, work.now],
    )
    await this.close(work, proposalId)
    if (proposal.tabled_at) await this.trace(work, document, seat, proposal, 'withdrawn')
    else this.table.tell(work, document, ownAudience(seat))
    return this.table.answer(work, seat, document, contents, proposalId)
  }

  @Handles(rebaseProposal)
  async rebaseProposal(work: Writing, { proposalId, revision }: InputOf<typeof rebaseProposal>) {
    const { proposal, document, seat, contents, no } = await this.table.proposal(work, proposalId)
    const isInformal = answersForInformal(seat, proposal)
    must(
      isInformal || (isOwn(seat, proposal) && mayPropose(seat, document)),
      'A proposal is rebased by its delegation.',
    )
    mustBe(proposal.state === 'draft' || isBeforeAll(proposal), `The proposal is ${proposal.state}.`)
    mustStandAt(proposal.revision, revision)
    const hash = groundOf(contents, proposal)
    if (hash === undefined) throw new Refusal('wrong-state', 'The paragraph is gone; the words of the proposal stay.')
    await work.db.query(
      `UPDATE proposal SET state = 'draft', base_no = $2, base_hash = $3, base = $4, revision = revision + 1 WHERE id = $1`,
      [proposalId, no, hash, JSON.stringify(baseOf(contents, proposal))],
    )
    // In negotiating mode who holds the pen writes alone.
    const mode = isInformal ? 'negotiating' : 'drafting'
    await work.db.query(`UPDATE document SET mode = $2, revision = revision + 1 WHERE id = $1`, [proposalId, mode])
    await this.bus.wakeOnCommit(work.db, 'rights', `document:${proposalId}`)
    if (isBeforeAll(proposal)) await this.trace(work, document, seat, proposal, 'taken-back-to-rebase')
    else this.table.tell(work, document, ownAudience(seat))
    return this.table.answer(work, seat, document, contents, proposalId)
  }

  @Handles(sponsorProposal)
  async sponsorProposal(work: Writing, { proposalId, sponsors }: InputOf<typeof sponsorProposal>) {
    const { proposal, document, seat, contents } = await this.table.proposal(work, proposalId)
    must(mayTakePosition(seat), 'The head or alternate of a member delegation sponsors a proposal.')
    mustBe(isBeforeAll(proposal), `The proposal is ${proposal.state}.`)
    this.table.mustMove(document)
    const first = await row<{ id: string }>(
      work.db,
      `SELECT delegation_id AS id FROM proposal_sponsor WHERE proposal_id = $1 ORDER BY joined_at LIMIT 1`,
      [proposalId],
    )
    mustBe(
      proposal.informal_id !== null || first?.id !== seat.delegationId,
      'Whoever tabled a proposal withdraws it instead.',
    )
    const changed = sponsors
      ? await row(
          work.db,
          `INSERT INTO proposal_sponsor (proposal_id, delegation_id, joined_at) VALUES ($1, $2, $3)
           ON CONFLICT DO NOTHING RETURNING 1 AS one`,
          [proposalId, seat.delegationId, work.now],
        )
      : await row(
          work.db,
          `DELETE FROM proposal_sponsor WHERE proposal_id = $1 AND delegation_id = $2 RETURNING 1 AS one`,
          [proposalId, seat.delegationId],
        )
    if (changed) await this.trace(work, document, seat, proposal, sponsors ? 'joined' : 'left')
    return this.table.answer(work, seat, document, contents, proposalId)
  }

  @Handles(takePosition)
  async takePosition(work: Writing, { proposalId, position }: InputOf<typeof takePosition>) {
    const { proposal, document, seat, contents } = await this.table.proposal(work, proposalId)
    must(mayTakePosition(seat), 'The head or alternate of a member delegation takes positions.')
    mustBe(isBeforeAll(proposal), `The proposal is ${proposal.state}.`)
    this.table.mustMove(document)
    if (position === null)
      await work.db.query(`DELETE FROM proposal_position WHERE proposal_id = $1 AND delegation_id = $2`, [
        proposalId,
        seat.delegationId,
      ])
    else
      await work.db.query(
        `INSERT INTO proposal_position (proposal_id, delegation_id, position, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (proposal_id, delegation_id) DO UPDATE SET position = $3, at = $4`,
        [proposalId, seat.delegationId, position, work.now],
      )
    await this.trace(work, document, seat, proposal, position ?? 'no-position')
    return this.table.answer(work, seat, document, contents, proposalId)
  }

  /** The words to be tabled. @throws Refusal wrong-state when there are none, or they are those of the text */
  private async wordsOf(work: Writing, proposal: ProposalRow, text: Content[]): Promise<Content[]> {
    if (proposal.state === 'offered' && proposal.content) return proposal.content
    if (proposal.operation === 'move')
      mustBe(text[placeIn(text, proposal.paragraph_id) - 1]?.attributes.id !== proposal.other_id, NO_CHANGE)
    if (proposal.operation === 'delete' || proposal.operation === 'move') return []
    const { contents } = await this.table.texts.contents(proposal.id)
    mustBe(plainWords(contents).trim() !== '', 'The proposal has no words yet.')
    const isSame = groundOf(contents, { ...proposal, operation: 'replace' }) === proposal.base_hash
    const isBracketed = await row(work.db, `SELECT 1 FROM bracket WHERE document_id = $1 AND closed_at IS NULL`, [
      proposal.id,
    ])
    const words = likeBeside(text, proposal, contents).filter((content) => plainWords([content]).trim() !== '')
    if (proposal.operation === 'split')
      mustBe(words.length === 2, 'Nothing is split yet: press Enter where the second paragraph begins.')
    if (proposal.operation === 'merge')
      mustBe(words.length === 1, 'A merge makes one paragraph of two: join them again.')
    mustBe(!isSame || words.length > 1 || isBracketed !== undefined, NO_CHANGE)
    return words
  }

  /** The proposal's own text is not written any more. */
  private async close({ db }: Writing, proposalId: string): Promise<void> {
    await db.query(`UPDATE document SET mode = 'frozen', revision = revision + 1 WHERE id = $1`, [proposalId])
    await this.bus.wakeOnCommit(db, 'rights', `document:${proposalId}`)
  }

  private trace(
    work: Writing,
    document: DocumentRow,
    seat: ActingSeat,
    proposal: ProposalRow,
    act: string,
    more: { words?: string; note?: string } = {},
  ): Promise<void> {
    return this.table.trace(work, document, seat, {
      act,
      proposalId: proposal.id,
      paragraphId: proposal.paragraph_id,
      ...more,
    })
  }
}

function ownAudience(seat: ActingSeat): Audience {
  if (!seat.delegationId) throw nothingHere()
  return { delegationIds: [seat.delegationId], secretariat: false }
}
