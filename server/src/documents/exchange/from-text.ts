import { Refusal } from '../../common/problem.js'
import type { MarkName } from './manuscript.js'
import type { Raw, RawFile } from './raw.js'

/** A line longer than this is a paragraph by itself; in a file of shorter ones blank lines part the paragraphs. */
const LINE = 120
const LEAD = /^\s*(?:\d{1,3}[.)]|\(?[a-z]{1,4}\)|\(?\p{L}\)|[-*•–]|(?:PP|OP)\s?\d{1,3})\s/u
/** As in Markdown. */
const HEADING = /^(#{1,6})\s+/
const BULLET = /^\s*[-*•–]\s+/

/** @throws Refusal `unreadable-file` for what is not text in UTF-8 or UTF-16 */
export function readText(bytes: Uint8Array): RawFile {
  const text = decoded(bytes)
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
  const lines = text.split('\n')
  const isByLine = lines.some((line) => line.length > LINE)
  const paragraphs = isByLine ? lines : joined(lines)
  const blocks = paragraphs.map((line) => line.trim()).filter(Boolean)
  return { title: null, blocks: blocks.map(rawOf), leftOut: new Map() }
}

function decoded(bytes: Uint8Array): string {
  const alphabet =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(alphabet, { fatal: true }).decode(bytes)
    // Such characters are in programs and pictures, never in a text.
    if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) throw new TypeError()
    return text
  } catch {
    throw new Refusal('unreadable-file', 'It is neither a Word file (.docx) nor plain text in UTF-8.')
  }
}

function joined(lines: string[]): string[] {
  const paragraphs: string[] = []
  let isOpen = false
  for (const line of lines) {
    const words = line.trim()
    if (words && isOpen && !LEAD.test(line)) paragraphs.push(`${paragraphs.pop()} ${words}`)
    else if (words) paragraphs.push(words)
    isOpen = words !== ''
  }
  return paragraphs
}

function rawOf(text: string): Raw {
  if (BULLET.test(text))
    return { is: 'words', list: { isOrdered: false, level: 0 }, runs: marked(text.replace(BULLET, '')) }
  const marker = HEADING.exec(text)
  if (marker)
    return { is: 'words', heading: Math.min(3, marker[1]!.length), runs: plain(marked(text.slice(marker[0].length))) }
  const isHeading =
    text.length <= 100 && !/[.;:,!?…。；：，،؛]$/.test(text) && !LEAD.test(text) && /\p{L}{2}/u.test(text)
  return isHeading ? { is: 'words', heading: 2, runs: plain(marked(text)) } : { is: 'words', runs: marked(text) }
}

/** Stars around words mean bold or italic in files that were made from other ones. */
function marked(text: string): { text: string; marks: MarkName[] }[] {
  const runs: { text: string; marks: MarkName[] }[] = []
  let at = 0
  for (const found of text.matchAll(/(\*\*?)(?=\S)([^*]+)(?<=\S)\1/g)) {
    if (found.index > at) runs.push({ text: text.slice(at, found.index), marks: [] })
    runs.push({ text: found[2]!, marks: [found[1] === '**' ? 'bold' : 'italic'] })
    at = found.index + found[0].length
  }
  if (at < text.length) runs.push({ text: text.slice(at), marks: [] })
  return runs
}

/** A heading is set apart as it is. */
const plain = (runs: { text: string }[]) => runs.map(({ text }) => ({ text, marks: [] }))
