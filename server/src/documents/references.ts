import { Part, type Numbered } from '@multilogue/shared/numbering'
import { referenceNames, referenceTo, signOf } from '@multilogue/shared/references'
import type { Language } from '@multilogue/shared/values'
import type { Content } from './history/content.js'

/** What a cross-reference to a paragraph says. */
export type Say = (paragraphId: unknown) => string

/** For words that are not shown as the text's: nothing is known of the text around them. */
export const sayNothing: Say = () => signOf('crossReference', {})

/** @param text  the whole text: what numbers follow from */
export function sayingIn(text: Content[], language: string): Say {
  const names = referenceNames(numberedIn(text), language as Language)
  return (id) => referenceTo(id, names, language as Language)
}

/** The paragraphs that may have numbers: what stands in a list, quote or table has none. */
export const numberedIn = (text: Content[]): Numbered[] =>
  text
    .filter(({ name }) => name === 'paragraph')
    .map(({ attributes: { id, part, depth, bis } }) => ({
      id: typeof id === 'string' ? id : '',
      part: Part.safeParse(part).data,
      depth: depth === 1 || depth === 2 ? depth : 0,
      bis: bis === true,
    }))
