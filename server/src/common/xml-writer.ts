/** XML that is well-formed already. */
export type Xml = string & { readonly isXml: true }

/** Attributes without a value are left out. */
type Attributes = Record<string, string | number | undefined>

export function element(name: string, attributes: Attributes = {}, ...children: Xml[]): Xml {
  const [start, end] = around(name, attributes)
  return (children.length > 0 ? `${start}${children.join('')}${end}` : `${start.slice(0, -1)}/>`) as Xml
}

/** Both ends of an element whose children are written one after another. */
export function around(name: string, attributes: Attributes = {}): [start: string, end: string] {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')
  return [`<${name}${given}>`, `</${name}>`]
}

export const text = (words: string): Xml => escaped(words) as Xml

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** No XML 1.0 can hold them, escaped or not. */
const NO_CHARACTERS = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const escaped = (words: string): string =>
  words.replace(NO_CHARACTERS, '').replace(/[&<>"]/g, (character) => ENTITIES[character]!)
