import { getBoard, type Board } from '@multilogue/shared/actions'
import { streamOfRound } from '@multilogue/shared/events'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

/** What is made elsewhere and may stand on any board. */
const ELSEWHERE = new Set(['recommendation.made', 'recommendation.changed', 'listing.changed'])

/** The board of an agenda item. Call it while a component is set up. */
export const liveBoard = (agendaItemId: string, roundId: string): Live<Board> =>
  live<Board>(() => call(getBoard, { agendaItemId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name, payload }) =>
      ELSEWHERE.has(name) ||
      ((name === 'board.changed' || name === 'agenda.changed') &&
        (payload as { agendaItemId: string }).agendaItemId === agendaItemId),
  })
