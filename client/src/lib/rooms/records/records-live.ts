import { streamOfRound, type EventName } from '@multilogue/shared/events'
import { getRecord, type SessionRecord } from '@multilogue/shared/records'
import type { Language } from '@multilogue/shared/values'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

/** What a record tells of, wherever in the round it happens. */
const TOLD = new Set<EventName>(['decision.moved', 'document.issued', 'document.moved', 'delegation.changed'])
TOLD.add('board.changed').add('message.posted').add('message.edited')

/** The record of a session as it is now. Call it while a component is set up. */
export const recordLive = (
  sessionId: () => string,
  roundId: () => string,
  language: () => Language,
): Live<SessionRecord> =>
  live(() => call(getRecord, { sessionId: sessionId(), language: language() }), {
    stream: () => streamOfRound(roundId()),
    concerns: ({ name, payload }) => TOLD.has(name) || (payload as { sessionId?: string }).sessionId === sessionId(),
  })
