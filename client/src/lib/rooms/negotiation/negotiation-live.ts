import { streamOfRound } from '@multilogue/shared/events'
import { getNegotiation, type Negotiation } from '@multilogue/shared/negotiation'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

/**
 * What is negotiated on one text, read anew when something on it has moved. Call it while a component is set up.
 * @param after  the words themselves
 */
export function liveNegotiation(
  documentId: () => string,
  roundId: () => string,
  after?: Promise<void>,
): Live<Negotiation> {
  return live(() => call(getNegotiation, { documentId: documentId() }), {
    after,
    stream: () => streamOfRound(roundId()),
    concerns: ({ name, payload }) =>
      name === 'delegation.changed' ||
      (/^(negotiation|document)\./.test(name) && (payload as { documentId?: string }).documentId === documentId()),
  })
}

/** How the text is looked at; it stands in the address, so that a link shows the same. */
export const VIEWS = ['drafting', 'rolling', 'compilation', 'clean', 'redline', 'authors', 'languages'] as const
export type ViewName = (typeof VIEWS)[number]
/** Those that are read from what is negotiated. */
export type ReadViewName = Exclude<ViewName, 'drafting' | 'languages'>

export const viewIn = (query: URLSearchParams): ViewName =>
  VIEWS.find((view) => view === query.get('view')) ?? 'drafting'
