import { streamOfRound } from '@multilogue/shared/events'
import { getPresence, type Presence } from '@multilogue/shared/presence'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

/** What changes how many are needed. */
const RULES = new Set(['delegation.changed', 'round.ruled', 'seat.ended'])

/** Who is present at a session. Call it while a component is set up. */
export const livePresence = (sessionId: () => string, roundId: () => string): Live<Presence> =>
  live(() => call(getPresence, { sessionId: sessionId() }), {
    stream: () => streamOfRound(roundId()),
    concerns: ({ name, payload }) =>
      RULES.has(name) ||
      ((name === 'presence.changed' || name === 'session.changed') &&
        (payload as { sessionId: string }).sessionId === sessionId()),
  })
