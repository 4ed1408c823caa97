import type { Language } from '@multilogue/shared/values'
import type { Term } from './terms-in'

/** Without accents, vowel signs and capitals, so that `delegacion` finds `delegación`. */
export const foldedIn = (text: string, language: Language): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('’', "'").toLocaleLowerCase(language).trim()

/** @param sought  folded; nothing: every term is about it */
export const isAbout = ({ term, forms = [], definition }: Term, sought: string, language: Language): boolean =>
  [term, ...forms, definition].some((words) => foldedIn(words, language).includes(sought))
