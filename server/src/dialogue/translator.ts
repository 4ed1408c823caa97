import type { Language } from '@multilogue/shared/language'
import type { Settings } from '../config/settings.js'
import { LibreTranslate } from './libre-translate.js'

/** A machine that translates. */
export interface Translator {
  /** @throws Error when it does not answer in time, or with no translation */
  translate(words: string, from: Language, to: Language): Promise<string>
}

/** Injection token of the translator; null when none is set up. */
export const TRANSLATOR = Symbol('translator')

export const translatorOf = ({ TRANSLATOR_URL, TRANSLATOR_KEY }: Settings): Translator | null =>
  TRANSLATOR_URL ? new LibreTranslate(TRANSLATOR_URL, TRANSLATOR_KEY) : null
