import { Injectable } from '@nestjs/common'
import {
  addRemark,
  listComments,
  makeComment,
  resolveComment,
  reviseRemark,
  withdrawRemark,
  type Comment,
} from '@multilogue/shared/comments'
import type { InputOf } from '@multilogue/shared/contract'
import { must, mustBe, type ActingSeat } from '../access/caller.js'
import { mayComment, mayResolve, visibleComment, type CommentRow } from '../access/comment.access.js'
import { visibleDocument, type DocumentRow } from '../access/document.access.js'
import { newId } from '../common/ids.js'
import { nothingHere, Refusal } from '../common/problem.js'
import { insert, row } from '../common/sql.js'
import { Texts } from '../documents/texts.js'
import { elementWith, rangeOf, unitsOf } from '../documents/words-in.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { anchorOn, storable } from './anchors.js'
import { commentsOf, hearersFor } from './comments.views.js'
import { hearersOf } from './hearers.js'

interface RemarkRow {
  id: string
  comment_id: string
  body: string
  seat_id: string
  at: Date
  edited_at: Date | null
  withdrawn_at: Date | null
}

/** What is said beside texts, on words of theirs. */
@Injectable()
export class CommentsService {
  constructor(private readonly texts: Texts) {}

  @Handles(listComments)
  async listComments({ db, caller }: Reading, { documentId }: InputOf<typeof listComments>) {
    const { document, seat } = await visibleDocument({ db, caller }, documentId)
    const comments = await commentsOf(db, this.texts, seat, document)
    return { comments, ...(await hearersFor(db, seat, document)) }
  }

  @Handles(makeComment)
  async makeComment(work: Writing, input: InputOf<typeof makeComment>) {
    const { db, caller, now } = work
    const { document, seat } = await visibleDocument(work, input.documentId)
    must(mayComment(seat, document), 'Accredited delegations and the functions of the round comment.')
    const { visibilities, groups } = await hearersFor(db, seat, document)
    must(
      visibilities.includes(input.visibility) &&
        (input.groupId === undefined || groups.some(({ id }) => id === input.groupId)),
      'Your seat does not speak to these about this text.',
    )
    const { seen: found, no } = await this.texts.look(document.id, (doc) => {
      const block = elementWith(doc.getXmlFragment('default'), input.paragraphId)
      const quote = input.words?.quote ?? (block ? unitsOf(block) : '')
      const range = block && quote ? rangeOf(block, { from: input.words?.from ?? 0, quote }) : undefined
      return range && { anchor: anchorOn(block!, range), quote: storable(quote), from: range.from }
    })
    if (!found) throw new Refusal('words-gone')
    const comment = {
      id: newId(),
      document_id: document.id,
      visibility: input.visibility,
      delegation_id: seat.delegationId,
      body_id: input.groupId ?? null,
      seat_id: seat.id,
      resolved_at: null,
    }
    await insert(db, 'comment', {
      ...comment,
      paragraph_id: input.paragraphId,
      place_from: found.from,
      no,
      anchor_from: Buffer.from(found.anchor.from),
      anchor_to: Buffer.from(found.anchor.to),
      quote: found.quote,
      words: found.quote,
      person_id: caller.personId,
      made_at: now,
    })
    await this.say(work, seat, comment.id, input)
    return this.told(work, seat, document, comment)
  }

  @Handles(addRemark)
  async addRemark(work: Writing, input: InputOf<typeof addRemark>) {
    const { comment, document, seat } = await visibleComment(work, input.commentId)
    must(mayComment(seat, document), 'Accredited delegations and the functions of the round comment.')
    await this.say(work, seat, comment.id, input)
    return this.told(work, seat, document, comment)
  }

  @Handles(reviseRemark)
  async reviseRemark(work: Writing, { remarkId, body }: InputOf<typeof reviseRemark>) {
    const { remark, comment, document, seat } = await this.own(work, remarkId)
    if (body !== remark.body) {
      await insert(work.db, 'remark_wording', {
        remark_id: remarkId,
        body: remark.body,
        at: remark.edited_at ?? remark.at,
      })
      await work.db.query(`UPDATE remark SET body = $2, edited_at = $3 WHERE id = $1`, [remarkId, body, work.now])
    }
    return this.told(work, seat, document, comment)
  }

  @Handles(withdrawRemark)
  async withdrawRemark(work: Writing, { remarkId }: InputOf<typeof withdrawRemark>) {
    const { comment, document, seat } = await this.own(work, remarkId)
    await work.db.query(`UPDATE remark SET withdrawn_at = $2 WHERE id = $1`, [remarkId, work.now])
    return this.told(work, seat, document, comment)
  }

  @Handles(resolveComment)
  async resolveComment(work: Writing, { commentId, resolved }: InputOf<typeof resolveComment>) {
    const { comment, document, seat } = await visibleComment(work, commentId)
    must(mayResolve(seat, document, comment), 'A comment is resolved by whose it is, or by who holds the pen.')
    mustBe((comment.resolved_at !== null) !== resolved, `The comment is ${resolved ? 'resolved' : 'open'} already.`)
    await work.db.query(
      `UPDATE comment SET resolved_at = $2, resolved_person_id = $3, resolved_seat_id = $4 WHERE id = $1`,
      [commentId, ...(resolved ? [work.now, work.caller.personId, seat.id] : [null, null, null])],
    )
    return this.told(work, seat, document, comment)
  }

  private async say(
    { db, caller, now }: Writing,
    seat: ActingSeat,
    commentId: string,
    { body, language }: { body: string; language: string },
  ): Promise<void> {
    await insert(db, 'remark', {
      id: newId(),
      comment_id: commentId,
      body,
      language,
      person_id: caller.personId,
      seat_id: seat.id,
      at: now,
    })
  }

  /** @throws Refusal not-found, not-allowed; wrong-state when it is withdrawn */
  private async own(work: Writing, remarkId: string) {
    const known = await row<RemarkRow>(work.db, `SELECT * FROM remark WHERE id = $1`, [remarkId])
    if (!known) throw nothingHere()
    const found = await visibleComment(work, known.comment_id)
    const remark = (await row<RemarkRow>(work.db, `SELECT * FROM remark WHERE id = $1`, [remarkId]))!
    must(
      remark.seat_id === found.seat.id && mayComment(found.seat, found.document),
      'Only its author changes a remark, from the seat it was made from.',
    )
    mustBe(remark.withdrawn_at === null, 'The remark is withdrawn.')
    return { ...found, remark }
  }

  private async told(work: Writing, seat: ActingSeat, document: DocumentRow, comment: CommentRow): Promise<Comment> {
    const hearers = await hearersOf(work.db, document, comment)
    work.record(document.round_id, 'comment.changed', { documentId: document.id }, hearers)
    return (await commentsOf(work.db, this.texts, seat, document, comment.id))[0]!
  }
}
