import { makeFeed } from '@multilogue/shared/calendar'
import { getRound, issueAgenda, rescheduleSession } from '@multilogue/shared/rounds'
import type { Demo } from './demo.js'

const HALF_AN_HOUR = 1_800_000
const later = (instant: string) => new Date(Date.parse(instant) + HALF_AN_HOUR).toISOString()

/** The agenda is issued, then the clinic begins half an hour later and the agenda is corrected. */
export async function calendarStory({ world, roundId }: Demo): Promise<void> {
  await world.do('secretariat', issueAgenda, { roundId, language: 'en' })
  const { sessions } = await world.do('secretariat', getRound, { roundId })
  const clinic = sessions.find(({ kind }) => kind === 'clinic')!
  const { id: sessionId, title, timeZone, venue, revision } = clinic
  const times = { startsAt: later(clinic.startsAt), endsAt: later(clinic.endsAt) }
  await world.do('secretariat', rescheduleSession, { sessionId, title, timeZone, venue, revision, ...times })
  await world.do('gha.head', makeFeed, { roundId, scope: 'delegation' })
}
