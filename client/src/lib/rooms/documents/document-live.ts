import { getDocument, type Document, type DocumentParagraph } from '@multilogue/shared/documents'
import { streamOfRound } from '@multilogue/shared/events'
import { acting } from '$lib/acting'
import { orKept } from '$lib/answers'
import { call, ProblemError } from '$lib/api'
import { forgetBelow, pathOf } from '$lib/collab/local-copies'
import { live, type Live } from '$lib/live.svelte'

/** Answers that say that the text is not, or no longer, for this seat. */
const GONE = new Set(['not-found', 'not-allowed'])

export type WholeDocument = Document & { paragraphs: DocumentParagraph[] }

/** Answered from what this browser keeps while the server cannot be reached, which goes when the text is gone. */
async function readDocument(documentId: string): Promise<WholeDocument> {
  const { personId = '', seatId = '' } = acting
  try {
    return await orKept(`${documentId}/document`, () => call(getDocument, { documentId }))
  } catch (thrown) {
    const isGone = thrown instanceof ProblemError && GONE.has(thrown.name)
    if (isGone) await forgetBelow(pathOf({ personId, seatId, documentId })).catch(() => undefined)
    throw thrown
  }
}

/** One text, read anew when its mode or the reader's rights may have changed. Call it while a component is set up. */
export function liveDocument(documentId: () => string, roundId: () => string): Live<WholeDocument> {
  return live<WholeDocument>(() => readDocument(documentId()), {
    stream: () => streamOfRound(roundId()),
    concerns: ({ name, payload }) =>
      name === 'delegation.changed' ||
      (name === 'document.moved' && (payload as { documentId: string }).documentId === documentId()),
  })
}
