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

const escaped = (words: string): string => words.replace(/[&<>"]/g, (character) => ENTITIES[character]!)
