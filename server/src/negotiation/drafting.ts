import { newId } from '../common/ids.js'
import type { Content } from '../documents/history/content.js'
import { baseOf, placeIn, type Ground } from './ground.js'

/** The first words of a proposal's own text: those of the text, for its delegation to change. */
export function draftOf(contents: Content[], ground: Ground, words: string | undefined): Content[] {
  const base = baseOf(contents, ground)
  if (ground.operation === 'insert') {
    const beside = contents[placeIn(contents, ground.paragraph_id)]!
    const { part, depth } = beside.attributes
    const attributes = { id: newId(), ...(part ? { part } : {}), ...(depth ? { depth } : {}) }
    return [{ name: 'paragraph', attributes, children: written(words) }]
  }
  if (words !== undefined && ground.operation === 'split')
    return linesOf(words).map((line) => ({ ...base[0]!, children: written(line) }))
  if (words !== undefined) return base.slice(0, 1).map((content) => ({ ...content, children: written(words) }))
  const [first, second] = base
  if (ground.operation !== 'merge' || !first || !second) return base
  return [{ ...first, children: [...first.children, [{ insert: ' ' }], ...second.children] }]
}

const linesOf = (words: string): string[] => words.split(/\s*\n\s*/)

/** A paragraph is one line. */
export const written = (words: string | undefined): Content['children'] =>
  words ? [[{ insert: words.replaceAll(/\s*\n\s*/g, ' ') }]] : []

/** Who has selected all and typed anew has plain paragraphs: they are what the paragraph is on which they propose. */
export function likeBeside(text: Content[], { paragraph_id }: Ground, words: Content[]): Content[] {
  const { part, depth } = text[placeIn(text, paragraph_id)]?.attributes ?? {}
  const kind = { ...(part ? { part } : {}), ...(depth ? { depth } : {}) }
  return words.map((content) =>
    content.name !== 'paragraph' || content.attributes.part
      ? content
      : { ...content, attributes: { ...kind, ...content.attributes } },
  )
}
