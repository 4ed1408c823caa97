/** XML that is well-formed already. */
export type Xml = string & { readonly isXml: true }

/** Attributes without a value are left out. */
type Attributes = Record<string, string | number | undefined>

export function element(name: string, attributes: Attributes = {}, ...children: Xml[]): Xml {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')
  return (children.length > 0 ? `<${name}${given}>${children.join('')}</${name}>` : `<${name}${given}/>`) as Xml
}

export const text = (words: string): Xml => escaped(words) as Xml

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (words: string): string => words.replace(/[&<>"]/g, (character) => ENTITIES[character]!)
