import { strFromU8, unzipSync } from 'fflate'

/** The XML parts of a Word file by name. */
export const wordParts = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]))

/** The paragraphs of the body as a reader who accepts all changes sees them, read without our own importer. */
export function wordsOfWord(bytes: Uint8Array): string[] {
  const body = wordParts(bytes)['word/document.xml']!
  return [...body.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, paragraph]) =>
    [...paragraph!.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(tab)\/>/g)]
      .map(([, text, tab]) => (tab ? '\t' : text))
      .join(''),
  )
}
