import * as Y from 'yjs'
import { KEYS_PER_SECOND, OTHERS } from './sizes.mjs'

/**
 * Other people who type in the text, each with a document and a cursor of their own, at moments without a pattern.
 * @returns how to make them stop
 */
export async function others(join) {
  const people = []
  for (let at = 0; at < OTHERS; at++) people.push(await join(at))
  let typing = true
  const type = ({ doc, awareness }) => {
    if (!typing) return
    const fragment = doc.getXmlFragment('default')
    const text = fragment.get(Math.floor(Math.random() * fragment.length)).get(0)
    if (text instanceof Y.XmlText) {
      const place = Math.floor(Math.random() * text.length)
      text.insert(place, 'e')
      const caret = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, place + 1))
      awareness?.setLocalStateField('cursor', { anchor: caret, head: caret })
    }
    setTimeout(() => type({ doc, awareness }), (Math.random() * 2 * 1000) / KEYS_PER_SECOND)
  }
  people.forEach(type)
  return () => {
    typing = false
    for (const { doc, leave } of people) {
      leave()
      doc.destroy()
    }
  }
}
