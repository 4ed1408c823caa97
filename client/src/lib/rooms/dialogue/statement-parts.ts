/** What a statement is made of: plain words, somebody who is mentioned, or an address on the web. */
export interface Part {
  kind: 'words' | 'mention' | 'link'
  text: string
}

const ADDRESS = /https?:\/\/[^\s<>"'“”«»\u2066-\u2069]+/gu
/** Signs at the end of an address belong to the sentence, and a bracket that was opened before it does so, too. */
const AFTER = /[.,;:!?…。，、；：！？]+$/u

/** @param names  of those who are mentioned; they stand in the words behind an `@` */
export function partsOf(body: string, names: readonly string[]): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { 0: found, index } of body.matchAll(ADDRESS)) {
    const text = trimmed(found)
    parts.push(...withMentions(body.slice(at, index), names), { kind: 'link', text })
    at = index + text.length
  }
  return [...parts, ...withMentions(body.slice(at), names)]
}

function trimmed(address: string): string {
  const text = address.replace(AFTER, '')
  const count = (sign: string) => text.split(sign).length
  const isUnopened = text.endsWith(')') && count(')') > count('(')
  return isUnopened ? trimmed(text.slice(0, -1)) : text
}

function withMentions(words: string, names: readonly string[]): Part[] {
  if (words === '') return []
  if (names.length === 0) return [{ kind: 'words', text: words }]
  // The longest first: one name may begin with another.
  const known = names.map((name) => `@${name}`).sort((a, b) => b.length - a.length)
  const escaped = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return words
    .split(new RegExp(`(${escaped.join('|')})`, 'u'))
    .map((text, index): Part => ({ kind: index % 2 ? 'mention' : 'words', text }))
    .filter(({ text }) => text !== '')
}
