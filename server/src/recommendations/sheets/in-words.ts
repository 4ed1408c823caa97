import { LANGUAGES, type Language } from '@multilogue/shared/language'
import { SHEET_COLUMNS, type SheetColumn } from '@multilogue/shared/register'
import { say } from '../../words/words.js'

const plain = (words: string) => words.normalize('NFC').trim().toLocaleLowerCase()

/**
 * Finds a value by its name, as programs write it or as people of any of the six languages do; where a word means one
 * thing here and another there, the reader's language counts.
 */
function namedIn<T extends string>(group: 'force' | 'priority' | 'column', values: readonly T[], language: Language) {
  const found = new Map<string, T>()
  for (const of of [...LANGUAGES.filter((one) => one !== language), language])
    for (const value of values)
      found.set(plain(say(of, `register.${group}.${value}` as 'register.force.binding')), value)
  for (const value of values) found.set(plain(value), value)
  return (words: string): T | undefined => found.get(plain(words))
}

export const forceIn = (language: Language) =>
  namedIn('force', ['voluntary', 'agreed_commitment', 'binding'] as const, language)
export const priorityIn = (language: Language) => namedIn('priority', ['high', 'medium', 'low'] as const, language)
export const columnIn = (language: Language): ((head: string) => SheetColumn | undefined) =>
  namedIn('column', SHEET_COLUMNS, language)
