import { Inject, Injectable } from '@nestjs/common'
import { FeedScope, getFeed, listFeeds, makeFeed, type Feed } from '@multilogue/shared/calendar'
import type { InputOf } from '@multilogue/shared/contract'
import { ICalCalendarMethod } from 'ical-generator'
import { must, type ActingSeat } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { publicAddress } from '../common/address.js'
import { newId } from '../common/ids.js'
import { nothingHere } from '../common/problem.js'
import { Signing } from '../common/signing.js'
import { insert } from '../common/sql.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import { FileAnswer } from '../work/file-answer.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { calendarDeadlines, calendarSessions, feedById, feedsOf } from './calendar.views.js'
import { addDeadline, addSession, calendarOf } from './events.js'

/** Who has a delegation has a calendar of it. */
const scopesOf = (seat: ActingSeat): FeedScope[] =>
  FeedScope.options.filter((scope) => scope !== 'delegation' || seat.delegationId !== null)

/** Calendars at secret addresses, each of one seat. An address ends when it is replaced and when the seat ends. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly signing: Signing,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  @Handles(listFeeds)
  async listFeeds({ db, caller }: Reading, { roundId }: InputOf<typeof listFeeds>): Promise<Feed[]> {
    const seat = seatIn(caller, roundId)
    const made = await feedsOf(db, seat.id)
    return scopesOf(seat).map((scope) => {
      const feed = made.find((one) => one.scope === scope)
      return { scope, token: feed ? this.signing.tokenOf('calendar', feed.id) : null, madeAt: feed?.madeAt ?? null }
    })
  }

  @Handles(makeFeed)
  async makeFeed({ db, caller, now }: Writing, { roundId, scope }: InputOf<typeof makeFeed>): Promise<Feed> {
    const seat = seatIn(caller, roundId)
    must(scopesOf(seat).includes(scope), 'Your seat belongs to no delegation.')
    await db.query(`DELETE FROM calendar_feed WHERE seat_id = $1 AND scope = $2`, [seat.id, scope])
    const id = newId()
    await insert(db, 'calendar_feed', { id, scope, seat_id: seat.id, made_at: now })
    return { scope, token: this.signing.tokenOf('calendar', id), madeAt: now.toISOString() }
  }

  /** An address that was never one, was replaced or whose seat has ended: there is nothing. */
  @Handles(getFeed)
  async getFeed({ db, now }: Reading, { token }: InputOf<typeof getFeed>): Promise<FileAnswer> {
    const id = this.signing.idIn('calendar', token)
    const feed = id ? await feedById(db, id) : undefined
    if (!feed) throw nothingHere()
    const calendar = calendarOf(feed.name, ICalCalendarMethod.PUBLISH)
    const setting = { address: publicAddress(this.settings), language: feed.language, now }
    for (const session of await calendarSessions(db, feed)) addSession(calendar, session, setting)
    for (const deadline of await calendarDeadlines(db, feed)) addDeadline(calendar, deadline, setting)
    return new FileAnswer(Buffer.from(calendar.toString()), 'text/calendar; charset=utf-8', feed.name, 'ics')
  }
}
