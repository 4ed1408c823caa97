import * as Y from 'yjs'
import { PARAGRAPHS, WORDS } from './sizes.mjs'

const VOCABULARY =
  'industry digital skills women cooperatives green export standards data training market women-led finance regional platform local value chain trade partners support share experience report measure small firms technology transfer energy water training policy national strategy review'.split(
    ' ',
  )

/** The same words in every run. */
function sequence(seed) {
  let state = seed
  return () => (state = (state * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff
}

export function sentence(number) {
  const roll = sequence(number + 1)
  const words = Array.from({ length: WORDS }, () => VOCABULARY[Math.floor(roll() * VOCABULARY.length)])
  return `Invite members to ${words.join(' ')};`
}

/** One paragraph as the editors of both servers keep it. @param id  undefined: the peer's have none */
function paragraph(number, id) {
  const element = new Y.XmlElement('paragraph')
  if (id) {
    element.setAttribute('id', id)
    element.setAttribute('part', number < PARAGRAPHS / 10 ? 'preambular' : 'operative')
  }
  element.insert(0, [new Y.XmlText(sentence(number))])
  return element
}

/** Adds paragraphs to the end of the text. */
export function writeParagraphs(doc, from, to, idOf) {
  const fragment = doc.getXmlFragment('default')
  doc.transact(() => {
    const added = Array.from({ length: to - from }, (_, at) => paragraph(from + at, idOf?.(from + at)))
    fragment.insert(fragment.length, added)
  })
}
