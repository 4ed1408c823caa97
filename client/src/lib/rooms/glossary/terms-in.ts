import type { Language } from '@multilogue/shared/values'

export interface Term {
  term: string
  /** Other words for it and other forms of it; `*` stands for any ending. */
  forms?: string[]
  definition: string
}
/** By the same ids in every language. */
export type Terms = Record<string, Term>

/** Words that name a term. */
export interface Occurrence {
  termId: string
  /** UTF-16 code units from the beginning of the words. */
  from: number
  to: number
}

/**
 * Where each term stands for the first time.
 * @param texts  in reading order, each with what it is the words of
 */
export function termsIn<T>(texts: Iterable<[T, string]>, terms: Terms, language: Language): Map<T, Occurrence[]> {
  const [pattern, ids] = patternOf(terms, language)
  const met = new Set<string>()
  const found = new Map<T, Occurrence[]>()
  for (const [of, text] of texts)
    for (const { 0: words, index, ...groups } of text.matchAll(pattern)) {
      const termId = ids.find((_, place) => (groups as Record<number, string | undefined>)[place + 1] !== undefined)
      if (!termId || met.has(termId)) continue
      met.add(termId)
      found.set(of, [...(found.get(of) ?? []), { termId, from: index, to: index + words.length }])
    }
  return found
}

/** The words before, in and between the terms. */
export function piecesOf(text: string, terms: Occurrence[] = []): { words: string; termId?: string }[] {
  const ends = [0, ...terms.map(({ to }) => to)]
  return [
    ...terms.flatMap(({ termId, from, to }, place) => [
      { words: text.slice(ends[place], from) },
      { words: text.slice(from, to), termId },
    ]),
    { words: text.slice(ends.at(-1)) },
  ]
}

const escaped = (form: string): string => form.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
const anyApostrophe = (form: string): string => form.replaceAll(/['’]/g, "[’']")
const patternIn = (form: string): string => anyApostrophe(escaped(form)).replaceAll('*', String.raw`[\p{L}\p{M}]*`)

/** One group for each term, so that the text is read once; longer names are looked for first. */
function patternOf(terms: Terms, language: Language): [RegExp, string[]] {
  const named = Object.entries(terms).map(([id, { term, forms = [] }]) => {
    const names = [term, ...forms].sort((one, other) => other.length - one.length)
    return { id, longest: names[0]?.length ?? 0, group: `(${names.map(patternIn).join('|')})` }
  })
  named.sort((one, other) => other.longest - one.longest)
  const groups = named.map(({ group }) => group).join('|')
  return [new RegExp(bounded(groups, language), 'giu'), named.map(({ id }) => id)]
}

/** Chinese has no blanks between words; Arabic writes the article and short words before a word together with it. */
function bounded(groups: string, language: Language): string {
  if (language === 'zh') return groups
  const before = language === 'ar' ? '(?:[وف]?(?:ال|بال|كال|لل|[بل])?)' : ''
  return String.raw`(?<![\p{L}\p{M}\p{N}])${before}(?:${groups})(?![\p{L}\p{M}\p{N}])`
}
