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

/** A paragraph as it stood here when it was not taken into its text. */
export interface KeptParagraph {
  id: string
  words: string
  /** It does not stand in the text: the last one before it that does. */
  behind?: string
}

/**
 * What of one's own is not in the text as it is.
 * @param mine  what was written here
 * @param here  all paragraphs as they stood here, in reading order
 * @param theirs  those of the text as it is
 */
export function notTaken(
  mine: Map<string, string>,
  here: Map<string, string>,
  theirs: Map<string, string>,
): KeptParagraph[] {
  const order = [...here.keys()]
  return [...mine]
    .filter(([id, words]) => theirs.get(id) !== words)
    .map(([id, words]) => {
      const behind = theirs.has(id) ? undefined : order.slice(0, order.indexOf(id)).findLast((each) => theirs.has(each))
      return { id, words, ...(behind === undefined ? {} : { behind }) }
    })
}

/** Where paragraphs that were not taken into a text wait for their author. */
export const keptWordsPlace = (seatId: string, documentId: string) => `multilogue.kept.${seatId}.${documentId}`
