import type { RawChange } from './raw.js'

/** A paragraph of a file, with its tracked changes and without its number. */
export interface FoundParagraph {
  pieces: { text: string; change?: RawChange }[]
  /** The paragraph as a whole came or went. */
  change?: RawChange
}

/** What a paragraph of the text would be by the changes in a file; without words it would be deleted. */
export interface Rewording {
  operation: 'replace' | 'insert' | 'delete'
  /** Of an insertion, the one that it follows. */
  paragraphId: string
  words: string
}

export interface Rewordings {
  rewordings: Rewording[]
  /** Words of paragraphs that were changed and are not in the text as they were before. */
  unplaced: string[]
  /** Paragraphs with changes signed by other delegations: what is in the text's compilation already. */
  ofOthers: number
}

/** Who reads the file, and the codes of all delegations; a change that is signed with no code is the reader's. */
export interface Reader {
  code: string
  codes: string[]
}

/**
 * What the changes in a file come to, paragraph by paragraph. Paragraphs are found by their words before the changes,
 * the same words in the order in which they stand.
 */
export function rewordingsOf(
  paragraphs: FoundParagraph[],
  text: { id: string; words: string }[],
  reader: Reader,
): Rewordings {
  const ids = new Map<string, string[]>()
  for (const { id, words } of text) ids.set(plain(words), [...(ids.get(plain(words)) ?? []), id])
  const found: Rewordings = { rewordings: [], unplaced: [], ofOthers: 0 }
  let last: string | undefined
  for (const paragraph of paragraphs) {
    const { pieces, change } = paragraph
    const isNew = change?.kind === 'inserted'
    if (!isNew) last = ids.get(plain(wordsOf(pieces, ({ kind }) => kind === 'removed')))?.shift()
    const changes = pieces.flatMap((piece) => piece.change ?? [])
    if (changes.some((each) => isOfOthers(each, reader))) found.ofOthers++
    if (!changes.some((each) => !isOfOthers(each, reader))) continue
    const words = plain(wordsOf(pieces, (each) => (each.kind === 'inserted') !== isOfOthers(each, reader)))
    const operation = isNew ? 'insert' : words === '' ? 'delete' : 'replace'
    if (last === undefined) found.unplaced.push(words)
    else found.rewordings.push({ operation, paragraphId: last, words })
  }
  return found
}

/** A change that is signed with several codes is of all of them. */
function isOfOthers({ author }: RawChange, { code, codes }: Reader): boolean {
  const signed = author.split(/\s*[,;]\s*/)
  return !signed.includes(code) && signed.some((each) => codes.includes(each))
}

const wordsOf = (pieces: FoundParagraph['pieces'], stands: (change: RawChange) => boolean): string =>
  pieces.map(({ text, change }) => (!change || stands(change) ? text : '')).join('')

const plain = (words: string): string => words.replace(/\s+/g, ' ').trim()
