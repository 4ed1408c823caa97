import type { Language } from '@multilogue/shared/values'
import type { Masthead } from './manuscript.js'

/** What the head of a document says in its own language. */
const SAYS: Record<
  Language,
  { draft: string; general: string; limited: string; restricted: string; original: string }
> = {
  ar: {
    draft: 'مشروع',
    general: 'توزيع: عام',
    limited: 'توزيع: محدود',
    restricted: 'توزيع: مقيّد',
    original: 'الأصل: العربية',
  },
  en: {
    draft: 'Draft',
    general: 'Distr.: General',
    limited: 'Distr.: Limited',
    restricted: 'Distr.: Restricted',
    original: 'Original: English',
  },
  es: {
    draft: 'Proyecto',
    general: 'Distr. general',
    limited: 'Distr. limitada',
    restricted: 'Distr. reservada',
    original: 'Original: español',
  },
  fr: {
    draft: 'Projet',
    general: 'Distr. générale',
    limited: 'Distr. limitée',
    restricted: 'Distr. restreinte',
    original: 'Original : français',
  },
  ru: {
    draft: 'Проект',
    general: 'Распространение: общее',
    limited: 'Распространение: ограниченное',
    restricted: 'Распространение: для служебного пользования',
    original: 'Язык оригинала: русский',
  },
  zh: { draft: '草案', general: '分发：普遍', limited: '分发：有限', restricted: '分发：限制', original: '原件：中文' },
}

/** Arabic with western digits, as United Nations documents print them. */
const DATES: Record<Language, string> = { ar: 'ar-u-nu-latn', en: 'en-GB', es: 'es', fr: 'fr', ru: 'ru', zh: 'zh' }

/** What is known of a document before its text is read. */
export interface Heading {
  documentId: string
  language: Language
  title: string
  symbol: string | null
  /** The round. */
  body: string
  distribution: 'general' | 'limited' | 'restricted'
}

/** @param at ISO instant since which the text stands so */
export function mastheadOf(told: Heading, at: string): Masthead {
  const says = SAYS[told.language]
  const date = new Intl.DateTimeFormat(DATES[told.language], { dateStyle: 'long', timeZone: 'UTC' })
  return {
    body: told.body,
    symbol: told.symbol ?? says.draft,
    distribution: says[told.distribution],
    date: date.format(Date.parse(at)),
    original: says.original,
    title: told.title,
  }
}
