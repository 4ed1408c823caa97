import { listComments, type Comments } from '@multilogue/shared/comments'
import { streamOfRound } from '@multilogue/shared/events'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

/**
 * What is said beside one text, read anew when something of it has changed. Call it while a component is set up.
 * @param after  the words themselves
 */
export const liveComments = (documentId: () => string, roundId: () => string, after: Promise<void>): Live<Comments> =>
  live(() => call(listComments, { documentId: documentId() }), {
    after,
    stream: () => streamOfRound(roundId()),
    concerns: ({ name, payload }) =>
      name === 'delegation.changed' ||
      name === 'body.formed' ||
      (name === 'comment.changed' && (payload as { documentId: string }).documentId === documentId()),
  })
