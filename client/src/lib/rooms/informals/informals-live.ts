import type { EventPayload } from '@multilogue/shared/events'
import { streamOfRound } from '@multilogue/shared/events'
import { getInformal, listInformals, type Informal } from '@multilogue/shared/informals'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

/** The informal consultations on a text that the seat may see. Call it while a component is set up. */
export const liveInformals = (documentId: string, roundId: string): Live<Informal[]> =>
  live<Informal[]>(() => call(listInformals, { documentId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name, payload }) =>
      name === 'informal.changed' && (payload as EventPayload<'informal.changed'>).documentId === documentId,
  })

/** Informal consultations by the id of their text; read anew when the text they came from is negotiated on. */
export const liveInformal = (informalId: string, roundId: string): Live<Informal> => {
  const informal: Live<Informal> = live<Informal>(() => call(getInformal, { informalId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name, payload }) =>
      (name === 'informal.changed' && (payload as EventPayload<'informal.changed'>).informalId === informalId) ||
      (name === 'negotiation.moved' &&
        (payload as EventPayload<'negotiation.moved'>).documentId === informal.data?.documentId),
  })
  return informal
}
