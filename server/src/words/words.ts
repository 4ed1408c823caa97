import { directionOf } from '@multilogue/shared/language'
import type { Language } from '@multilogue/shared/values'
import { ar } from './ar.js'
import { en } from './en.js'
import { es } from './es.js'
import { fr } from './fr.js'
import { ru } from './ru.js'
import { zh } from './zh.js'

/** What the server itself says to people, in calendars, in mails and in documents of its own making. */
const WORDS: Record<Language, Record<WordKey, string>> = { ar, en, es, fr, ru, zh }
export type WordKey = keyof typeof en

export const say = (language: Language, key: WordKey, values: Record<string, string> = {}): string =>
  WORDS[language][key].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

/** Arabic with western digits and English with the day first, as United Nations documents print them. */
const LOCALES: Record<Language, string> = { ar: 'ar-u-nu-latn', en: 'en-GB', es: 'es', fr: 'fr', ru: 'ru', zh: 'zh' }

/** A day and the time on the clock of a place, with the name of its zone. */
export const momentIn = (instant: Date, { language, zone }: { language: Language; zone: string }): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...{ hourCycle: 'h23', timeZone: zone, timeZoneName: 'short' },
  }).format(instant)

/** The time alone, on the clock of a place. */
export const timeIn = (instant: Date, { language, zone }: { language: Language; zone: string }): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone },
  }).format(instant)

/** @param day  `YYYY-MM-DD` */
export const dayIn = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day))

export const listIn = (names: string[], language: Language): string =>
  new Intl.ListFormat(LOCALES[language]).format(names)

/** Words of people and symbols in a sentence that runs from right to left: they keep their own direction in it. */
export const isolated = (text: string, language: Language): string =>
  directionOf(language) === 'rtl' ? `\u2068${text}\u2069` : text

/** A day as a calendar names it, of no zone. */
export const weekdayIn = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  }).format(Date.parse(`${day}T00:00:00Z`))

export const numberIn = (number: number, language: Language): string =>
  new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 2 }).format(number)

/** Of nothing, there is no share. */
export const shareIn = (count: number, of: number, language: Language): string =>
  of === 0 ? '–' : new Intl.NumberFormat(LOCALES[language], { style: 'percent' }).format(count / of)
