import { Injectable } from '@nestjs/common'
import type { Audience, Writing } from '../work/work.js'
import { visibleDocument, type DocumentRow } from '../access/document.access.js'
import { visibleProposal, type ProposalRow } from '../access/negotiation.access.js'
import type { ActingSeat, Caller } from '../access/caller.js'
import type { EntityManager } from 'typeorm'
import { Refusal } from '../common/problem.js'
import { insert, row } from '../common/sql.js'
import { audienceOf } from '../documents/audience.js'
import { blocksOf, hashOf, wordsOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { sayNothing } from '../documents/references.js'
import { Texts } from '../documents/texts.js'
import { groundOf } from './ground.js'
import { proposalsOf } from './proposals.views.js'

export type Text = DocumentRow & { title: string }

export interface Trace {
  act: string
  paragraphId?: string
  proposalId?: string
  words?: string
  note?: string | null
  no?: number
}

/** What all acts of a negotiation share: the text as it stands, the trail, and who hears of it. */
@Injectable()
export class Table {
  constructor(readonly texts: Texts) {}

  async text(work: { db: EntityManager; caller: Caller }, documentId: string, lock: 'lock' | 'look') {
    const { document, seat } = await visibleDocument(work, documentId, lock)
    return { document: document as Text, seat, ...(await this.texts.contents(documentId)) }
  }

  async proposal(work: Writing, proposalId: string) {
    const found = await visibleProposal(work, proposalId)
    return { ...found, ...(await this.texts.contents(found.proposal.document_id)) }
  }

  /** @throws Refusal text-not-writable */
  mustMove(document: DocumentRow): void {
    if (document.mode === 'frozen') throw new Refusal('text-not-writable')
  }

  /** What is agreed has to be reopened before anybody changes it. @throws Refusal paragraph-agreed */
  async mustBeOpen({ db }: Writing, document: DocumentRow, paragraphs: Content[]): Promise<void> {
    for (const paragraph of paragraphs) {
      const agreed = await row(
        db,
        `SELECT 1 FROM paragraph_status WHERE document_id = $1 AND paragraph_id = $2 AND status LIKE 'agreed%' AND hash = $3`,
        [document.id, paragraph.attributes.id, hashOf(paragraph)],
      )
      if (agreed) throw new Refusal('paragraph-agreed')
    }
  }

  /** @throws Refusal text-moved-on when the proposal was made on other words than stand now */
  mustStandOn(contents: Content[], proposal: ProposalRow): void {
    if (groundOf(contents, proposal) !== proposal.base_hash) throw new Refusal('text-moved-on')
  }

  /** @param audience  left out: everybody who may read the text */
  async trace(work: Writing, document: DocumentRow, seat: ActingSeat, trace: Trace): Promise<void> {
    await insert(work.db, 'negotiation_act', {
      document_id: document.id,
      paragraph_id: trace.paragraphId ?? null,
      proposal_id: trace.proposalId ?? null,
      act: trace.act,
      words: trace.words ?? null,
      note: trace.note === '' ? null : (trace.note ?? null),
      person_id: work.caller.personId,
      seat_id: seat.id,
      no: trace.no ?? null,
      at: work.now,
    })
    this.tell(work, document)
  }

  tell(work: Writing, document: DocumentRow, audience?: Audience): void {
    work.record(document.round_id, 'negotiation.moved', { documentId: document.id }, audience ?? audienceOf(document))
  }

  /** @param contents  of the text as it stands after the act */
  async answer(work: Writing, seat: ActingSeat, document: DocumentRow, contents: Content[], proposalId: string) {
    return (await proposalsOf(work.db, seat, document, contents, proposalId))[0]!
  }
}

/** What the trail quotes: the proposed words, or those that a deletion takes away and a move leaves as they are. */
export const tracedWords = ({ operation, base }: ProposalRow, proposed: Content[]): string =>
  plainWords(operation === 'delete' || operation === 'move' ? base : proposed)

export const plainWords = (contents: Content[]): string =>
  blocksOf(contents, sayNothing)
    .map(({ block }) => wordsOf(block.runs))
    .join('\n')
