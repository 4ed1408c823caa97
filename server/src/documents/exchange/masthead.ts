import type { Language } from '@multilogue/shared/values'
import type { Masthead } from './manuscript.js'

/** What the head of a document says in its own language. */
const SAYS: Record<
  Language,
  {
    draft: string
    general: string
    limited: string
    restricted: string
    original: string
    unofficial: string
    informal: string
  }
> = {
  ar: {
    draft: 'مشروع',
    general: 'توزيع: عام',
    limited: 'توزيع: محدود',
    restricted: 'توزيع: مقيّد',
    original: 'الأصل: ',
    unofficial: 'ترجمة غير رسمية',
    informal: 'دون المساس بموقف أي وفد',
  },
  en: {
    draft: 'Draft',
    general: 'Distr.: General',
    limited: 'Distr.: Limited',
    restricted: 'Distr.: Restricted',
    original: 'Original: ',
    unofficial: 'Unofficial translation',
    informal: 'Without prejudice to the position of any delegation',
  },
  es: {
    draft: 'Proyecto',
    general: 'Distr. general',
    limited: 'Distr. limitada',
    restricted: 'Distr. reservada',
    original: 'Original: ',
    unofficial: 'Traducción no oficial',
    informal: 'Sin perjuicio de la posición de ninguna delegación',
  },
  fr: {
    draft: 'Projet',
    general: 'Distr. générale',
    limited: 'Distr. limitée',
    restricted: 'Distr. restreinte',
    original: 'Original : ',
    unofficial: 'Traduction non officielle',
    informal: 'Sans préjudice de la position d’aucune délégation',
  },
  ru: {
    draft: 'Проект',
    general: 'Распространение: общее',
    limited: 'Распространение: ограниченное',
    restricted: 'Распространение: для служебного пользования',
    original: 'Язык оригинала: ',
    unofficial: 'Неофициальный перевод',
    informal: 'Без ущерба для позиции какой-либо делегации',
  },
  zh: {
    draft: '草案',
    general: '分发：普遍',
    limited: '分发：有限',
    restricted: '分发：限制',
    original: '原件：',
    unofficial: '非正式译文',
    informal: '不影响任何代表团的立场',
  },
}

/** The original language, named in the language of the document. */
const NAMES: Record<Language, Record<Language, string>> = {
  ar: { ar: 'العربية', en: 'الإنكليزية', es: 'الإسبانية', fr: 'الفرنسية', ru: 'الروسية', zh: 'الصينية' },
  en: { ar: 'Arabic', en: 'English', es: 'Spanish', fr: 'French', ru: 'Russian', zh: 'Chinese' },
  es: { ar: 'árabe', en: 'inglés', es: 'español', fr: 'francés', ru: 'ruso', zh: 'chino' },
  fr: { ar: 'arabe', en: 'anglais', es: 'espagnol', fr: 'français', ru: 'russe', zh: 'chinois' },
  ru: { ar: 'арабский', en: 'английский', es: 'испанский', fr: 'французский', ru: 'русский', zh: 'китайский' },
  zh: { ar: '阿拉伯文', en: '英文', es: '西班牙文', fr: '法文', ru: '俄文', zh: '中文' },
}

/** Arabic with western digits, as United Nations documents print them. */
const DATES: Record<Language, string> = { ar: 'ar-u-nu-latn', en: 'en-GB', es: 'es', fr: 'fr', ru: 'ru', zh: 'zh' }

/** What is known of a document before its text is read. */
export interface Heading {
  documentId: string
  language: Language
  /** In which it was written first. */
  original: Language
  title: string
  symbol: string | null
  /** The round. */
  body: string
  distribution: 'general' | 'limited' | 'restricted'
  /** In this language it is not closed as official: words may be missing, stale or a machine's. */
  isUnofficial: boolean
  /** Of informal consultations: every page of it says that nobody is bound. */
  isInformal: boolean
}

/** @param at ISO instant since which the text stands so */
export function mastheadOf(told: Heading, at: string): Masthead {
  const says = SAYS[told.language]
  const date = new Intl.DateTimeFormat(DATES[told.language], { dateStyle: 'long', timeZone: 'UTC' })
  return {
    body: told.body,
    symbol: told.symbol ?? says.draft,
    distribution: says[told.distribution] + (told.isInformal ? ` · ${says.informal}` : ''),
    date: date.format(Date.parse(at)),
    original: says.original + NAMES[told.language][told.original] + (told.isUnofficial ? ` · ${says.unofficial}` : ''),
    title: told.title,
  }
}
