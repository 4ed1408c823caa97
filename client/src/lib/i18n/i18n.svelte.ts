import { directionOf, LANGUAGES, type Language } from '@multilogue/shared/language'
import { IntlMessageFormat } from 'intl-messageformat'
import type assistance from './en/assistance.json'
import type brackets from './en/brackets.json'
import type calendar from './en/calendar.json'
import type carrying from './en/carrying.json'
import type changeTable from './en/change-table.json'
import type charts from './en/charts.json'
import type comments from './en/comments.json'
import type common from './en/common.json'
import type countries from './en/countries.json'
import type decisions from './en/decisions.json'
import type dialogue from './en/dialogue.json'
import type documents from './en/documents.json'
import type drafting from './en/drafting.json'
import type draftingStyle from './en/drafting-style.json'
import type exchange from './en/exchange.json'
import type followUp from './en/follow-up.json'
import type glossary from './en/glossary.json'
import type history from './en/history.json'
import type identity from './en/identity.json'
import type informals from './en/informals.json'
import type languages from './en/languages.json'
import type moderation from './en/moderation.json'
import type negotiation from './en/negotiation.json'
import type notices from './en/notices.json'
import type plans from './en/plans.json'
import type portal from './en/portal.json'
import type presence from './en/presence.json'
import type problems from './en/problems.json'
import type recommendations from './en/recommendations.json'
import type register from './en/register.json'
import type reviews from './en/reviews.json'
import type records from './en/records.json'
import type roundReport from './en/round-report.json'
import type rounds from './en/rounds.json'
import type search from './en/search.json'
import type speakers from './en/speakers.json'
import type trace from './en/trace.json'
import type visions from './en/visions.json'

type Catalogues = typeof assistance &
  typeof brackets &
  typeof calendar &
  typeof carrying &
  typeof changeTable &
  typeof charts &
  typeof comments &
  typeof common &
  typeof countries &
  typeof decisions &
  typeof dialogue &
  typeof documents &
  typeof drafting &
  typeof draftingStyle &
  typeof exchange &
  typeof followUp &
  typeof glossary &
  typeof history &
  typeof identity &
  typeof informals &
  typeof languages &
  typeof moderation &
  typeof negotiation &
  typeof notices &
  typeof plans &
  typeof portal &
  typeof presence &
  typeof problems &
  typeof recommendations &
  typeof register &
  typeof reviews &
  typeof records &
  typeof roundReport &
  typeof rounds &
  typeof search &
  typeof speakers &
  typeof trace &
  typeof visions
/** Every key of the English catalogues: a key that is not there does not compile. */
export type MessageKey = keyof Catalogues
type Values = Record<string, string | number | Date | undefined>
type Messages = Record<string, string>

const words = import.meta.glob<Messages>('./words/*.ts', { import: 'default' })

/** The interface language. Changing it re-renders the words and nothing else: no reload, no work in progress lost. */
class Interface {
  #locale = $state<Language>('en')
  #messages = $state.raw<Messages>({})
  #formats = new Map<string, IntlMessageFormat>()

  get locale(): Language {
    return this.#locale
  }
  get dir(): 'ltr' | 'rtl' {
    return directionOf(this.#locale)
  }
  /** For dates and figures: Arabic with western digits and English with the day first, as United Nations documents print them. */
  get numbers(): string {
    return { ar: 'ar-u-nu-latn', en: 'en-GB', es: 'es', fr: 'fr', ru: 'ru', zh: 'zh' }[this.#locale]
  }

  async use(locale: Language): Promise<void> {
    const messages = await words[`./words/${locale}.ts`]!()
    this.#formats.clear()
    this.#messages = messages
    this.#locale = locale
    document.documentElement.lang = locale
    document.documentElement.dir = directionOf(locale)
  }

  /** The language chosen before, the browser's, or English. */
  async begin(): Promise<void> {
    const wished = [localStorage.getItem('multilogue.language'), ...navigator.languages.map((l) => l.slice(0, 2))]
    await this.use(
      LANGUAGES.find(
        (known) => wished.includes(known) && wished.find((w) => LANGUAGES.some((l) => l === w)) === known,
      ) ?? 'en',
    )
  }

  message(key: string, values?: Values): string {
    const text = this.#messages[key] ?? key
    if (!text.includes('{')) return text
    const known = this.#formats.get(key) ?? new IntlMessageFormat(text, this.numbers)
    this.#formats.set(key, known)
    return String(known.format(values))
  }
}

export const i18n = new Interface()

/** The words for `key` in the interface language. */
export const t = (key: MessageKey, values?: Values): string => i18n.message(key, values)
/** For keys that are made from data, such as a state's name; the key itself when there are no words. */
export const term = (key: string): string => i18n.message(key)

type InstantStyle = 'time' | 'day' | 'full' | 'short'
const STYLES: Record<InstantStyle, Intl.DateTimeFormatOptions> = {
  time: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  full: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
}

/** @param options.zone an IANA zone; left out, the reader's own */
export const formatInstant = (iso: string, options: { zone?: string; style?: InstantStyle } = {}): string =>
  new Intl.DateTimeFormat(i18n.numbers, {
    ...STYLES[options.style ?? 'full'],
    hourCycle: 'h23',
    timeZone: options.zone,
    ...(options.zone ? { timeZoneName: 'short' } : {}),
  }).format(Date.parse(iso))
export const formatDay = (day: string): string =>
  new Intl.DateTimeFormat(i18n.numbers, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  )
export const formatMonth = (day: Date): string =>
  new Intl.DateTimeFormat(i18n.numbers, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(day)
/** Two days as one range, `8–10 Jun 2027`. */
export const formatDays = (from: string, to: string): string =>
  new Intl.DateTimeFormat(i18n.numbers, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).formatRange(Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`))
export const formatNumber = (value: number): string => new Intl.NumberFormat(i18n.numbers).format(value)
/** @param share  0 to 1 */
export const formatPercent = (share: number): string =>
  new Intl.NumberFormat(i18n.numbers, { style: 'percent' }).format(share)
export const formatMoney = ({ amount, currency }: { amount: number; currency: string }): string =>
  new Intl.NumberFormat(i18n.numbers, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    maximumFractionDigits: 0,
  }).format(amount)
