import type { Language } from '@multilogue/shared/values'
import type { Manuscript } from './manuscript.js'
import { element, text, type Xml } from '../../common/xml-writer.js'

/** ISO 639-2, as the naming convention wants. */
const LANGUAGES: Record<Language, string> = { ar: 'ara', en: 'eng', es: 'spa', fr: 'fra', ru: 'rus', zh: 'zho' }
/** Of no country: a code that ISO 3166 leaves to its users. */
const COUNTRY = 'xx'

/** Work, expression and manifestation: the text, the text as it stood on a day in a language, and this file. */
export function identified({ masthead, language, documentId, symbol, at }: Manuscript): Xml {
  const day = at.slice(0, 10)
  const work = `/akn/${COUNTRY}/statement/${documentId}`
  const expression = `${work}/${LANGUAGES[language]}@${day}`
  const level = (name: string, uri: string, ...more: Xml[]) =>
    element(
      name,
      {},
      element('FRBRthis', { value: `${uri}/!main` }),
      element('FRBRuri', { value: uri }),
      ...(name === 'FRBRWork' ? [element('FRBRalias', { value: masthead.title, name: 'title' })] : []),
      element('FRBRdate', { date: day, name: 'version' }),
      element('FRBRauthor', { href: '#body' }),
      ...more,
    )
  return element(
    'meta',
    {},
    element(
      'identification',
      { source: '#body' },
      level(
        'FRBRWork',
        work,
        element('FRBRcountry', { value: COUNTRY }),
        ...(symbol ? [element('FRBRnumber', { value: symbol })] : []),
      ),
      level('FRBRExpression', expression, element('FRBRlanguage', { language: LANGUAGES[language] })),
      level('FRBRManifestation', `${expression}/main.xml`, element('FRBRformat', { value: 'application/akn+xml' })),
    ),
    element(
      'references',
      { source: '#body' },
      element('TLCOrganization', {
        eId: 'body',
        href: `/akn/ontology/organization/${COUNTRY}/body`,
        showAs: masthead.body,
      }),
    ),
  )
}

export function prefaced({ masthead, at }: Manuscript): Xml {
  const line = (name: string, words: string, attributes = {}) =>
    element('p', {}, element(name, attributes, text(words)))
  return element(
    'preface',
    {},
    line('docAuthority', masthead.body),
    line('docNumber', masthead.symbol),
    element('p', {}, text(masthead.distribution)),
    line('docDate', masthead.date, { date: at.slice(0, 10) }),
    element('p', {}, text(masthead.original)),
    line('docTitle', masthead.title),
  )
}
