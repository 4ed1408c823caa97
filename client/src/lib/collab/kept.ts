/** What this browser keeps for a person between visits. A full or forbidden storage is no reason to stop working. */
export function readKept<T>(place: string, otherwise: T): T {
  try {
    const kept = localStorage.getItem(place)
    return kept === null ? otherwise : (JSON.parse(kept) as T)
  } catch {
    return otherwise
  }
}

/** `undefined` removes what was kept. */
export function writeKept(place: string, value: unknown) {
  try {
    if (value === undefined) localStorage.removeItem(place)
    else localStorage.setItem(place, JSON.stringify(value))
  } catch {
    // Storage is full or switched off: the page still holds the words.
  }
}

/** Where paragraphs that were not taken into a text wait for their author. */
export const keptWordsPlace = (seatId: string, documentId: string) => `multilogue.kept.${seatId}.${documentId}`
