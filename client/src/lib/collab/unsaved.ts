import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'

/**
 * Words that the server has not called durable outlive a closed tab: they are kept per text and seat, one
 * entry for each copy, because a word belongs to the seat that wrote it.
 */
const prefixOf = (documentId: string, seatId: string) => `multilogue.unsaved.${seatId}.${documentId}.`

/** @param updates  none: nothing is left to keep */
export function keepUnsaved(documentId: string, seatId: string, doc: Y.Doc, updates: Uint8Array[]) {
  const place = prefixOf(documentId, seatId) + doc.clientID
  try {
    if (updates.length === 0) localStorage.removeItem(place)
    else localStorage.setItem(place, toBase64(Y.mergeUpdates(updates)))
  } catch {
    // Storage is full or switched off: the open page still holds the words.
  }
}

/** Takes what earlier visits left, and forgets it: from here on it is this copy's to keep. */
export function takeUnsaved(documentId: string, seatId: string): Uint8Array[] {
  const prefix = prefixOf(documentId, seatId)
  const updates: Uint8Array[] = []
  try {
    for (const place of Object.keys(localStorage).filter((key) => key.startsWith(prefix))) {
      const kept = localStorage.getItem(place)
      if (kept) updates.push(fromBase64(kept))
      localStorage.removeItem(place)
    }
  } catch {
    // What cannot be read cannot be sent again.
  }
  return updates
}
