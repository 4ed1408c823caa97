import type { NoticeKind } from '@multilogue/shared/notices'
import type { Language } from '@multilogue/shared/values'
import type { DataSource } from 'typeorm'
import type { CalendarSession } from '../calendar/events.js'
import { row } from '../common/sql.js'
import { weekdayIn, momentIn, say } from '../words/words.js'

interface Reader {
  language: Language
  timeZone: string
}

const SESSIONS: readonly NoticeKind[] = ['session_called', 'session_moved', 'session_cancelled']

/** The session that a notice calls, moves or cancels, as it stands now. */
export const sessionTold = (
  source: DataSource,
  { kind, topic }: { kind: NoticeKind; topic: string },
): Promise<CalendarSession | undefined> =>
  SESSIONS.includes(kind)
    ? row<CalendarSession>(
        source,
        `SELECT id, title, starts_at AS "startsAt", ends_at AS "endsAt", time_zone AS "timeZone", venue, status, sequence
         FROM session WHERE id = $1`,
        [idIn(topic)],
      )
    : Promise.resolve(undefined)

/** When and where it takes place, or by when something has to be done; nothing for what has neither. */
export async function whenOf(
  source: DataSource,
  told: { kind: NoticeKind; topic: string },
  { language, timeZone }: Reader,
): Promise<string> {
  const session = await sessionTold(source, told)
  if (session) return `${momentIn(session.startsAt, { language, zone: session.timeZone })}, ${session.venue}`
  const until = (when: string) => say(language, 'mail.until', { when })
  if (told.kind === 'silence_started' || told.kind === 'silence_ending') {
    const found = await row<{ deadline: Date }>(source, `SELECT deadline FROM procedure WHERE id = $1`, [
      idIn(told.topic),
    ])
    return found ? until(momentIn(found.deadline, { language, zone: timeZone })) : ''
  }
  if (told.kind === 'report_due') {
    const found = await row<{ day: string | null }>(
      source,
      `SELECT due_on::text AS day FROM recommendation WHERE id = $1`,
      [idIn(told.topic)],
    )
    return found?.day ? until(weekdayIn(found.day, language)) : ''
  }
  return ''
}

const idIn = (topic: string): string => topic.slice(topic.indexOf(':') + 1)
