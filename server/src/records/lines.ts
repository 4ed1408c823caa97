import type { RecordForm, RecordLine } from '@multilogue/shared/records'
import { directionOf } from '@multilogue/shared/language'
import type { Language } from '@multilogue/shared/values'
import { newId } from '../common/ids.js'
import type { Content } from '../documents/history/content.js'
import { listIn, say } from '../words/words.js'
import type { Fact } from './facts.js'

/** The facts as lines: those who attended share one by what they are, everything else has one of its own. */
export function linesOf(facts: Fact[], { language, form }: { language: Language; form: RecordForm }): RecordLine[] {
  const shared = new Map<string, Fact[]>()
  for (const fact of facts) {
    const line = fact.among ?? fact.key
    shared.set(line, [...(shared.get(line) ?? []), fact])
  }
  return [...shared.values()].map((together) => {
    const { among, text, href, quote, inFull } = together[0]!
    const shows = quote && (form === 'verbatim' || !inFull)
    return {
      facts: together.map(({ key }) => key),
      text: among
        ? say(language, `record.${among}`, {
            names: listIn(
              together.map((one) => one.text),
              language,
            ),
          })
        : text,
      quote: shows ? { ...quote, dir: directionOf(quote.language) } : null,
      href,
    }
  })
}

/** A line as it is put into a text. `id` is that of its paragraph; what was said stands below it as a quote. */
export interface Written {
  id: string
  facts: string[]
  contents: Content[]
}

export function writtenLine({ facts, text, quote }: RecordLine): Written {
  const id = newId()
  const said = quote
    ? [
        node(
          'blockquote',
          {},
          quote.text.split(/\n+/).map((words) => paragraph(newId(), words)),
        ),
      ]
    : []
  return { id, facts, contents: [paragraph(id, text), ...said] }
}

export function writtenHeading(fact: string, level: number, text: string): Written {
  const id = newId()
  return { id, facts: [fact], contents: [node('heading', { id, level }, [[{ insert: text }]])] }
}

const paragraph = (id: string, text: string): Content => node('paragraph', { id }, [[{ insert: text }]])
const node = (name: string, attributes: Content['attributes'], children: Content['children']): Content => ({
  name,
  attributes,
  children,
})
