import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { PROBLEMS } from '@multilogue/shared/problems'
import { LANGUAGES } from '@multilogue/shared/language'
import { IntlMessageFormat } from 'intl-messageformat'

const FOLDER = new URL('../../client/src/lib/i18n/', import.meta.url)
type Messages = Record<string, string>
/** A part of a parsed message, as far as it is looked at here. */
interface Part {
  type: number
  value?: string
  options?: Record<string, { value: Part[] }>
  children?: Part[]
}
const TEXT = 0
const POUND = 7
const TAG = 8

const filesOf = (locale: string) => readdirSync(new URL(`${locale}/`, FOLDER)).sort()
function catalogue(locale: string): Messages {
  const parts = filesOf(locale).map(
    (file) => JSON.parse(readFileSync(new URL(`${locale}/${file}`, FOLDER), 'utf8')) as Messages,
  )
  return Object.assign({}, ...parts) as Messages
}
const parse = (message: string, locale: string) => new IntlMessageFormat(message, locale).getAst() as unknown as Part[]

/** The names and kinds of the arguments, wherever they stand. */
function argumentsOf(parts: Part[]): string[] {
  const found = parts.flatMap((part) => [
    ...(part.type === TEXT || part.type === POUND || part.type === TAG ? [] : [`${part.value} ${part.type}`]),
    ...Object.values(part.options ?? {}).flatMap((option) => argumentsOf(option.value)),
    ...argumentsOf(part.children ?? []),
  ])
  return [...new Set(found)].sort()
}

/** Every plural of a message with its categories. */
function pluralsOf(parts: Part[]): string[][] {
  const PLURAL = 6
  return parts.flatMap((part) => [
    ...(part.type === PLURAL ? [Object.keys(part.options ?? {})] : []),
    ...Object.values(part.options ?? {}).flatMap((option) => pluralsOf(option.value)),
  ])
}

const english = catalogue('en')

it('[I18N-1] English names every key after its room and says something under it', () => {
  for (const file of filesOf('en')) {
    const messages = JSON.parse(readFileSync(new URL(`en/${file}`, FOLDER), 'utf8')) as Messages
    const room = file.replace('.json', '')
    const camel = room.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    for (const [key, message] of Object.entries(messages)) {
      expect([room, camel]).toContain(key.split('.')[0])
      expect({ key, said: message.trim() !== '' }).toEqual({ key, said: true })
    }
  }
})

it('[I18N-1] every problem of the catalogue has its words', () => {
  for (const name of Object.keys(PROBLEMS)) expect(Object.keys(english)).toContainEqual(expect.stringContaining(name))
})

describe.each(LANGUAGES.map((locale) => [locale]))('The words in %s', (locale) => {
  it('[I18N-2] have the same files and keys as the English ones', () => {
    expect(filesOf(locale)).toEqual(filesOf('en'))
    expect(Object.keys(catalogue(locale)).sort()).toEqual(Object.keys(english).sort())
  })

  it('[I18N-3] can be parsed and take the same arguments', () => {
    for (const [key, message] of Object.entries(catalogue(locale)))
      expect({ key, takes: argumentsOf(parse(message, locale)) }).toEqual({
        key,
        takes: argumentsOf(parse(english[key] ?? '', 'en')),
      })
  })

  it('[I18N-4] know every plural that the language has for a count', () => {
    const rules = new Intl.PluralRules(locale)
    const counts = Array.from({ length: 1001 }, (_, count) => count)
    for (const [key, message] of Object.entries(catalogue(locale)))
      for (const given of pluralsOf(parse(message, locale))) {
        const unsaid = counts.filter((n) => !given.includes(`=${n}`) && !given.includes(rules.select(n)))
        expect({ key, missing: [...new Set(unsaid.map((n) => rules.select(n)))] }).toEqual({ key, missing: [] })
      }
  })
})
