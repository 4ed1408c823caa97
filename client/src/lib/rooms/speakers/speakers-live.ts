import { streamOfRound } from '@multilogue/shared/events'
import { getSpeakers, type Speakers } from '@multilogue/shared/speakers'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'
import { serverClock } from '$lib/server-clock.svelte'

async function readSpeakers(agendaItemId: string): Promise<Speakers> {
  const askedAt = Date.now()
  const speakers = await call(getSpeakers, { agendaItemId })
  serverClock.hear(speakers.now, askedAt)
  return speakers
}

/** What changes who may speak, or for how long. */
const RULES = new Set(['session.changed', 'thread.changed', 'delegation.changed', 'round.ruled', 'body.formed'])

/** The list of an item, read anew when something is done with it. Call it while a component is set up. */
export const liveSpeakers = (agendaItemId: () => string, roundId: () => string): Live<Speakers> =>
  live<Speakers>(() => readSpeakers(agendaItemId()), {
    stream: () => streamOfRound(roundId()),
    concerns: ({ name, payload }) =>
      RULES.has(name) ||
      (name === 'speakers.changed' && (payload as { agendaItemId: string }).agendaItemId === agendaItemId()),
  })
