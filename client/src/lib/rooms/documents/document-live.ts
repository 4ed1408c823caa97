import { getDocument, type Document, type DocumentParagraph } from '@multilogue/shared/documents'
import { streamOfRound } from '@multilogue/shared/events'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

export type WholeDocument = Document & { paragraphs: DocumentParagraph[] }

/** One text, read anew when its mode or the reader's rights may have changed. Call it while a component is set up. */
export function liveDocument(documentId: () => string, roundId: () => string): Live<WholeDocument> {
  return live<WholeDocument>(() => call(getDocument, { documentId: documentId() }), {
    stream: () => streamOfRound(roundId()),
    concerns: ({ name, payload }) =>
      name === 'delegation.changed' ||
      (name === 'document.moved' && (payload as { documentId: string }).documentId === documentId()),
  })
}
