import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { EventName, EventPayload, SessionChange } from '@multilogue/shared/events'
import type { NoticeKind } from '@multilogue/shared/notices'
import { row, rows } from '../common/sql.js'
import { THREAD_HREF } from '../dialogue/place.js'
import { UnitOfWork } from '../work/unit-of-work.js'
import type { Audience, Writing } from '../work/work.js'
import { everybodyIn, followersOf, mentionedIn, seatsOfDelegations, speakersIn } from './concerned.js'
import { Notices, type Telling } from './notices.js'

interface Where {
  roundId: string
  audience: Audience | null
}
type Tellers = { [N in EventName]?: (work: Writing, payload: EventPayload<N>, where: Where) => Promise<void> }

const SESSION_KINDS: Partial<Record<SessionChange, NoticeKind>> = {
  scheduled: 'session_called',
  moved: 'session_moved',
  cancelled: 'session_cancelled',
  item: 'item_called',
}

/** Tells people what has happened, from the happenings themselves: no room has to think of it. */
@Injectable()
export class Happenings implements OnModuleInit {
  private readonly tellers: Tellers = {
    'session.changed': (work, payload, where) => this.session(work, payload, where),
    'message.posted': (work, { message }, { roundId }) => this.statement(work, message, roundId),
    'keyPoint.changed': (work, payload, where) => this.keyPoint(work, payload, where),
    'summary.published': (work, { threadId, no }, { roundId }) =>
      this.thread(work, threadId, { roundId, kind: 'summary', source: `summary:${threadId}:${no}` }),
    'decision.moved': (work, payload, where) => this.silence(work, payload, where),
    'document.issued': (work, payload, where) => this.issued(work, payload, where),
    'comment.changed': (work, payload, where) => this.comment(work, payload, where),
    'recommendation.made': (work, payload, where) => this.recommendation(work, payload, where),
    'recommendation.changed': (work, payload, where) => this.recommendation(work, payload, where),
    'match.changed': (work, payload, where) => this.match(work, payload, where),
    'report.changed': (work, payload, where) => this.report(work, payload, where),
  }

  constructor(
    private readonly unit: UnitOfWork,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.unit.onRecorded(async (work, recorded) => {
      for (const { name, payload, roundId, audience } of recorded) {
        const tell = this.tellers[name] as ((...of: [Writing, unknown, Where]) => Promise<void>) | undefined
        await tell?.(work, payload, { roundId, audience })
      }
    })
  }

  private async session(work: Writing, { sessionId, changes }: EventPayload<'session.changed'>, { roundId }: Where) {
    for (const change of changes) {
      const kind = SESSION_KINDS[change]
      if (!kind) continue
      const session = await row<{ title: string; revision: number; item: string | null; itemId: string | null }>(
        work.db,
        `SELECT s.title, s.revision, i.title AS item, i.id AS "itemId" FROM session s
         LEFT JOIN agenda_item i ON i.id = s.current_item_id WHERE s.id = $1`,
        [sessionId],
      )
      const { title, revision, item, itemId } = session!
      if (kind === 'item_called' && !itemId) continue
      await this.all(work, {
        ...{ roundId, kind, source: `session:${sessionId}:${kind}:${revision}`, topic: `session:${sessionId}` },
        ...{ subject: kind === 'item_called' ? item! : title, href: `/sessions/${sessionId}` },
      })
    }
  }

  /** Whom it mentions is told of that, and all others who follow that there is a statement; of one that waits, once it is released. */
  private async statement(
    work: Writing,
    { id, threadId, state }: EventPayload<'message.posted'>['message'],
    roundId: string,
  ) {
    if (state !== 'shown') return
    const mentioned = await mentionedIn(work.db, id)
    const telling = { roundId, source: `message:${id}`, at: id }
    await this.thread(work, threadId, { ...telling, kind: 'mention' }, mentioned)
    await this.thread(work, threadId, { ...telling, kind: 'statement' })
  }

  private async thread(
    work: Writing,
    threadId: string,
    { at, ...telling }: Pick<Telling, 'roundId' | 'kind' | 'source'> & { at?: string },
    concerned?: readonly string[],
  ) {
    const seatIds = concerned ?? (await followersOf(work.db, threadId))
    if (seatIds.length === 0) return
    const thread = await row<{ title: string; href: string }>(
      work.db,
      `SELECT t.title, ${THREAD_HREF} AS href FROM thread t JOIN agenda_item i ON i.id = t.agenda_item_id WHERE t.id = $1`,
      [threadId],
    )
    if (!thread) return
    const href = `${thread.href}${at ? `#m-${at}` : ''}`
    await this.notices.tell(work, { ...telling, topic: `thread:${threadId}`, subject: thread.title, href }, seatIds)
  }

  /** A key point that was just withdrawn is no news. */
  private async keyPoint(work: Writing, { threadId }: EventPayload<'keyPoint.changed'>, { roundId }: Where) {
    const points = await rows<{ id: string }>(
      work.db,
      `SELECT id FROM key_point WHERE thread_id = $1 AND at = $2 AND withdrawn_at IS NULL`,
      [threadId, work.now],
    )
    for (const { id } of points)
      await this.thread(work, threadId, { roundId, kind: 'key_point', source: `keyPoint:${id}` })
  }

  /** Who broke silence is told like everybody else, so that nothing can be learned from who was not. */
  private async silence(work: Writing, { procedureId }: EventPayload<'decision.moved'>, { roundId }: Where) {
    const found = await row<{ subject: string; ended: string | null }>(
      work.db,
      `SELECT concat_ws(' ', i.symbol, d.title) AS subject, p.ended_as AS ended FROM procedure p
       JOIN document d ON d.id = p.document_id LEFT JOIN issued_document i ON i.id = p.issued_id
       WHERE p.id = $1 AND p.method = 'silence'
         AND (p.ended_as = 'broken' OR (p.ended_as IS NULL AND p.revision = 1 AND p.opens_at <= $2))`,
      [procedureId, work.now],
    )
    if (!found) return
    const kind = found.ended === null ? 'silence_started' : 'silence_broken'
    const acting = kind === 'silence_broken' ? { ...work, caller: { ...work.caller, personId: '' } } : work
    await this.all(acting, {
      ...{ roundId, kind, source: `silence:${procedureId}:${kind}`, topic: `silence:${procedureId}` },
      ...{ subject: found.subject, href: `/decisions/${procedureId}` },
    })
  }

  private async issued(work: Writing, { issuedId, symbol }: EventPayload<'document.issued'>, { roundId }: Where) {
    const issued = await row<{ title: string }>(work.db, `SELECT title FROM issued_document WHERE id = $1`, [issuedId])
    const subject = [symbol, issued?.title].filter(Boolean).join(' ')
    const about = `issued:${issuedId}`
    await this.all(work, {
      ...{ roundId, kind: 'document_issued', source: about, topic: about, subject, href: `/issued/${issuedId}` },
    })
  }

  /** Remarks made in this very moment that are not the first of their comment. */
  private async comment(
    work: Writing,
    { documentId }: EventPayload<'comment.changed'>,
    { roundId, audience }: Where,
  ): Promise<void> {
    const answers = await rows<{ id: string; commentId: string; paragraphId: string; title: string }>(
      work.db,
      `SELECT r.id, r.comment_id AS "commentId", c.paragraph_id AS "paragraphId", d.title FROM remark r JOIN comment c ON c.id = r.comment_id
       JOIN document d ON d.id = c.document_id
       WHERE c.document_id = $1 AND r.at = $2 AND r.seat_id = $3 AND r.withdrawn_at IS NULL
         AND EXISTS (SELECT 1 FROM remark f WHERE f.comment_id = r.comment_id AND f.number < r.number)`,
      [documentId, work.now, work.caller.seat?.id ?? null],
    )
    for (const { id, commentId, paragraphId, title } of answers) {
      const about = { topic: `comment:${commentId}`, subject: title, href: `/documents/${documentId}#p-${paragraphId}` }
      const telling = { roundId, kind: 'comment_answered', source: `remark:${id}`, ...about } as const
      await this.notices.tell(work, telling, await speakersIn(work.db, commentId, audience))
    }
  }

  /** Those it is addressed to, also when it is addressed to them later; not who made it. */
  private async recommendation(
    work: Writing,
    { recommendationId }: EventPayload<'recommendation.made'>,
    { roundId }: Where,
  ) {
    const found = await row<{ title: string; seatId: string; ids: string[] }>(
      work.db,
      `SELECT r.title, r.seat_id AS "seatId", array_agg(a.delegation_id::text) AS ids FROM recommendation r
       JOIN recommendation_addressee a ON a.recommendation_id = r.id
       WHERE r.id = $1 AND r.state <> 'withdrawn' AND a.response = 'pending' GROUP BY r.id`,
      [recommendationId],
    )
    if (!found) return
    const about = `recommendation:${recommendationId}`
    await this.notices.tell(
      work,
      {
        ...{ roundId, kind: 'recommendation_addressed', source: about, topic: about },
        ...{ subject: found.title, href: `/recommendations/${recommendationId}` },
      },
      (await seatsOfDelegations(work.db, found.ids)).filter((id) => id !== found.seatId),
    )
  }

  private async match(work: Writing, { matchId }: EventPayload<'match.changed'>, { roundId }: Where) {
    const found = await row<{ title: string; revision: number; ids: string[] }>(
      work.db,
      `SELECT coalesce(q.title, c.title) AS title, m.revision, coalesce(
         (SELECT array_agg(p.delegation_id::text) FROM match_party p WHERE p.match_id = m.id AND p.accepted_at IS NULL), '{}') AS ids
       FROM match m LEFT JOIN listing q ON q.id = m.request_id LEFT JOIN recommendation c ON c.id = m.recommendation_id
       WHERE m.id = $1 AND m.state IN ('proposed', 'negotiating')`,
      [matchId],
    )
    if (!found) return
    const about = `match:${matchId}`
    await this.notices.tell(
      work,
      {
        ...{ roundId, kind: 'match_to_accept', source: `${about}:${found.revision}`, topic: about },
        ...{ subject: found.title, href: `/assistance#m-${matchId}` },
      },
      await seatsOfDelegations(work.db, found.ids),
    )
  }

  /** A recommendation of an earlier round is reported on by the delegation of the same code in this one. */
  private async report(work: Writing, { reportId }: EventPayload<'report.changed'>, { roundId }: Where) {
    const found = await row<{
      title: string
      ownerId: string | null
      state: string
      reviewed: string | null
      withdrawalId: string | null
    }>(
      work.db,
      `SELECT coalesce(r.title, i.activity) AS title, o.id AS "ownerId", e.state, e.reviewed_at::text AS reviewed, w.id AS "withdrawalId"
       FROM report e LEFT JOIN recommendation r ON r.id = e.recommendation_id
       LEFT JOIN plan_item i ON i.document_id = e.plan_id AND i.id = e.action_id JOIN delegation d ON d.id = e.addressee_id
       LEFT JOIN delegation o ON o.round_id = $2 AND o.code = d.code
       LEFT JOIN evidence_withdrawal w ON w.report_id = e.id AND w.restored_at IS NULL AND w.at = $3 WHERE e.id = $1`,
      [reportId, roundId, work.now],
    )
    if (!found?.ownerId) return
    const { title, ownerId, state, reviewed, withdrawalId } = found
    const where = { roundId, topic: `report:${reportId}`, subject: title, href: `/follow-up#r-${reportId}` }
    const owner = await seatsOfDelegations(work.db, [ownerId])
    if (state === 'returned')
      await this.notices.tell(
        work,
        { ...where, kind: 'report_returned', source: `report:${reportId}:${reviewed}` },
        owner,
      )
    if (withdrawalId)
      await this.notices.tell(work, { ...where, kind: 'evidence_withdrawn', source: `evidence:${withdrawalId}` }, owner)
  }

  private async all(work: Writing, telling: Telling): Promise<void> {
    await this.notices.tell(work, telling, await everybodyIn(work.db, telling.roundId))
  }
}
