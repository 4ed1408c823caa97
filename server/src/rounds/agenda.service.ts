import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { issueAgenda, rescheduleSession, type IssuedAgenda, type Session } from '@multilogue/shared/rounds'
import type { Language } from '@multilogue/shared/values'
import type { EntityManager } from 'typeorm'
import { isStaff, must, mustBe, type ActingSeat } from '../access/caller.js'
import { inRound, lockRound, seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import type { Content } from '../documents/history/content.js'
import { Texts } from '../documents/texts.js'
import { IssuingService } from '../negotiation/issuing.service.js'
import type { Text } from '../negotiation/table.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { momentIn, say } from '../words/words.js'
import { itemsOf, sessionsOf, sessionView } from './rounds.views.js'
import { isAhead } from './rounds.workflow.js'
import { mustEndAfter } from './sessions.service.js'

type Times = Pick<Session, 'title' | 'startsAt' | 'endsAt' | 'timeZone' | 'venue'>

/** The agenda of a round as an issued document: one symbol, and a correction under it each time a session moves. */
@Injectable()
export class AgendaService {
  constructor(
    private readonly texts: Texts,
    private readonly issuing: IssuingService,
  ) {}

  @Handles(issueAgenda)
  async issueAgenda(work: Writing, { roundId, language }: InputOf<typeof issueAgenda>): Promise<IssuedAgenda> {
    const { db, caller, now } = work
    const seat = seatIn(caller, roundId)
    must(isStaff(seat), 'The secretariat issues the agenda.')
    await lockRound(db, roundId)
    mustBe(!(await agendaText(db, roundId)), 'The agenda is issued; it is corrected when a session moves.')
    const content = await agendaContent(db, seat, language)
    mustBe(content.length > 1, 'No session is scheduled yet.')
    const id = newId()
    const title = say(language, 'agenda.title')
    await insert(db, 'document', {
      ...{ id, round_id: roundId, kind: 'agenda', title, mode: 'frozen' },
      ...{ visibility: 'participants', language, created_at: now },
    })
    await insert(db, 'document_log', { document_id: id, changed_at: now })
    await this.texts.seed(db, id, caller, content)
    return this.freeze(work, { document: (await agendaText(db, roundId))!, seat, content, series: '' })
  }

  /** Told to all; an issued agenda is corrected in the same transaction. */
  @Handles(rescheduleSession)
  async rescheduleSession(work: Writing, input: InputOf<typeof rescheduleSession>): Promise<Session> {
    const { db, record } = work
    const { sessionId, revision, ...times } = input
    const { found, seat } = await inRound<{ status: string; revision: number }>(work, 'session', sessionId, 'lock')
    must(isStaff(seat), 'Only the secretariat moves a session.')
    mustStandAt(found.revision, revision)
    mustBe(isAhead(found.status), `A session that is ${found.status} is not moved.`)
    mustEndAfter(times.startsAt, times.endsAt)
    const before = (await sessionView(db, sessionId, seat))!
    if (sameTimes(before, times)) return before
    await db.query(
      `UPDATE session SET title = $2, starts_at = $3, ends_at = $4, time_zone = $5, venue = $6,
         sequence = sequence + 1, revision = revision + 1 WHERE id = $1`,
      [sessionId, times.title, times.startsAt, times.endsAt, times.timeZone, times.venue],
    )
    const after = (await sessionView(db, sessionId, seat))!
    await this.correct(work, seat, { before, after })
    const { currentItemId, status } = after
    record(found.round_id, 'session.changed', { sessionId, currentItemId, status, changes: ['moved'] })
    return after
  }

  private async correct(
    work: Writing,
    seat: ActingSeat,
    { before, after }: { before: Session; after: Session },
  ): Promise<void> {
    const document = await agendaText(work.db, after.roundId)
    if (!document) return
    const language = document.language as Language
    const words = say(language, 'agenda.correction', {
      before: placeOf(before, language),
      after: placeOf(after, language),
    })
    const content = [heading(1, say(language, 'agenda.corrigendum')), heading(2, before.title), paragraph(words)]
    const issued = await row<{ id: string }>(
      work.db,
      `SELECT id FROM issued_document WHERE document_id = $1 AND base_id IS NULL`,
      [document.id],
    )
    await this.freeze(work, { document, seat, content, base: { issuedId: issued!.id, modifier: 'Corr' } })
  }

  private async freeze(
    work: Writing,
    issue: Pick<Parameters<IssuingService['freeze']>[1], 'document' | 'seat' | 'content'> & {
      series?: ''
      base?: { issuedId: string; modifier: 'Corr' }
    },
  ): Promise<IssuedAgenda> {
    const { no } = await row<{ no: string }>(work.db, `SELECT no FROM document_log WHERE document_id = $1`, [
      issue.document.id,
    ]).then((found) => found!)
    const { series, base, ...rest } = issue
    const issued = await this.issuing.freeze(work, { ...rest, series, base, distribution: 'general', no: Number(no) })
    return { issuedId: issued.id, symbol: issued.symbol, issuedAt: issued.issuedAt }
  }
}

const agendaText = (db: EntityManager, roundId: string): Promise<Text | undefined> =>
  row<Text>(db, `SELECT * FROM document WHERE round_id = $1 AND kind = 'agenda'`, [roundId])

const sameTimes = (one: Times, other: Times): boolean =>
  one.title === other.title &&
  one.venue === other.venue &&
  one.timeZone === other.timeZone &&
  Date.parse(one.startsAt) === Date.parse(other.startsAt) &&
  Date.parse(one.endsAt) === Date.parse(other.endsAt)

const heading = (level: number, text: string): Content => node('heading', { level }, text)
const paragraph = (text: string): Content => node('paragraph', {}, text)
const node = (name: string, attributes: Content['attributes'], text: string): Content => ({
  name,
  attributes: { id: newId(), ...attributes },
  children: [[{ insert: text }]],
})

const placeOf = ({ title, startsAt, timeZone, venue }: Times, language: Language): string =>
  say(language, 'agenda.place', { title, when: momentIn(new Date(startsAt), { language, zone: timeZone }), venue })

async function agendaContent(db: EntityManager, seat: ActingSeat, language: Language): Promise<Content[]> {
  const sessions = (await sessionsOf(db, seat.roundId, seat)).filter(({ status }) => status !== 'cancelled')
  const parts: Content[] = []
  for (const session of sessions) {
    const items = await itemsOf(db, session.id)
    parts.push(heading(2, session.title), paragraph(placeOf(session, language)))
    parts.push(...items.map(({ number, title }) => paragraph(`${number}. ${title}`)))
  }
  return [heading(1, say(language, 'agenda.title')), ...parts]
}
