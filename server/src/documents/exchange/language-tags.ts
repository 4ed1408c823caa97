import type { Language } from '@multilogue/shared/values'

/** The regional tags that Word and PDF readers choose spelling and voices by. */
export const LANGUAGE_TAGS: Record<Language, string> = {
  ar: 'ar-SA',
  en: 'en-GB',
  es: 'es-ES',
  fr: 'fr-FR',
  ru: 'ru-RU',
  zh: 'zh-CN',
}
