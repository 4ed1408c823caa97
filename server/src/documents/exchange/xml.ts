import { DOMParser, type Element } from '@xmldom/xmldom'
import { Refusal } from '../../common/problem.js'

/** @throws Refusal `unreadable-file` for what is not well-formed, or declares entities, which no Word file does */
export function parseXml(bytes: Uint8Array): Element {
  const text = new TextDecoder().decode(bytes)
  if (text.includes('<!DOCTYPE')) throw new Refusal('unreadable-file', 'The file declares entities.')
  const parser = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Refusal('unreadable-file', message.slice(0, 200))
    },
  })
  try {
    return parser.parseFromString(text, 'text/xml').documentElement!
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : new Refusal('unreadable-file', 'A part of the file is damaged.')
  }
}

export function* elementsOf(parent: Element | undefined): Generator<Element> {
  for (let node = parent?.firstChild ?? null; node; node = node.nextSibling)
    if (node.nodeType === node.ELEMENT_NODE) yield node as Element
}

/** The first child of that name, whatever its prefix. */
export function childOf(parent: Element | undefined, name: string): Element | undefined {
  for (const element of elementsOf(parent)) if (element.localName === name) return element
  return undefined
}

/** An attribute by its name, whatever its prefix. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
  for (const attribute of element ? [...element.attributes] : [])
    if (attribute.localName === name) return attribute.value
  return undefined
}

/** The attribute `val` of a child. */
export const valueOf = (parent: Element | undefined, name: string): string | undefined =>
  attributeOf(childOf(parent, name), 'val')

/** Whether a switch such as `b` is there and not switched off. */
export function isOn(parent: Element | undefined, name: string): boolean {
  const element = childOf(parent, name)
  return element !== undefined && !['0', 'false', 'off', 'none'].includes(attributeOf(element, 'val') ?? 'true')
}
