import { isPreambular, PrintedNumbers, type Place } from '@multilogue/shared/printed-number'
import type { Target } from './pasted-html'

/* HTML as Word writes it for the clipboard: everything is a paragraph, and styles hint at what it is. */

export const isFromWord = (html: string): boolean =>
  /urn:schemas-microsoft-com:office:word|\bclass=["']?Mso/i.test(html)

/** Makes lists, footnotes and numbers of what hints at them, as a file from Word that is put into a text has them. */
export function cleanWord(body: HTMLElement, { isTop, hasWords }: Target): void {
  for (const element of body.querySelectorAll('[style*="mso-element:comment" i], .MsoCommentReference'))
    element.remove()
  noteFootnotes(body)
  const reading = new Reading()
  const first = body.querySelector('p, h1, h2, h3')
  for (const block of body.querySelectorAll('p, h1, h2, h3')) {
    const { marker, level } = listed(block)
    const label = marker?.textContent.trim() ?? ''
    const isPlain = !isTop || (block === first && hasWords) || block.closest('td, th, li, blockquote') !== null
    if (block.localName !== 'p') {
      if (marker) marker.replaceWith(`${label} `)
      reading.passHeading()
    } else if (marker && (!/[\p{L}\p{N}]/u.test(label) || /^[o§]$/.test(label))) {
      marker.remove()
      addToList(block, 'ul', level)
    } else if (marker && block.className.startsWith('MsoListNumber')) {
      marker.remove()
      addToList(block, 'ol', level)
    } else {
      if (marker) marker.replaceWith(`${label} `)
      const { place, length } = reading.read(block.textContent)
      if (!place || isPlain) continue
      cutLead(block, length)
      block.setAttribute('data-part', place.part)
      if (place.depth) block.setAttribute('data-depth', String(place.depth))
      if (place.bis) block.setAttribute('data-bis', 'true')
    }
  }
}

/** What paragraphs are by their printed numbers and by how they begin. */
class Reading {
  private readonly numbers = new PrintedNumbers()
  private isOperative = false

  passHeading(): void {
    this.numbers.pass(undefined)
  }

  /** @returns the place, and how many characters to leave out */
  read(text: string): { place: Place | undefined; length: number } {
    const words = text.trimStart()
    const read = this.numbers.read(words)
    if (read) {
      if (read.place.part === 'operative') this.isOperative = true
      return { place: read.place, length: text.length - words.length + read.length }
    }
    const part = isPreambular(words.trimEnd()) && !this.isOperative ? 'preambular' : undefined
    this.numbers.pass(part)
    return { place: part && { part, depth: 0, bis: false }, length: 0 }
  }
}

/** The bullet or number that Word writes before a paragraph of a list, and how deep it stands, from 1. */
function listed(block: Element): { marker: Element | undefined; level: number } {
  const level = /mso-list:[^;]*level(\d)/i.exec(block.getAttribute('style') ?? '')?.[1]
  const marker = block.querySelector('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]')
  return { marker: marker ?? undefined, level: Number(level ?? 1) }
}

/** Puts a paragraph into the list before it, or begins one. */
function addToList(paragraph: Element, tag: 'ul' | 'ol', level: number): void {
  const make = (name: string) => paragraph.ownerDocument.createElement(name)
  const before = paragraph.previousElementSibling
  let list: Element = before?.localName === tag ? before : make(tag)
  if (list !== before) paragraph.before(list)
  for (let at = 1; at < level && list.lastElementChild; at++) {
    const above: Element = list.lastElementChild
    if (above.lastElementChild?.localName !== tag) above.append(make(tag))
    list = above.lastElementChild!
  }
  const item = make('li')
  list.append(item)
  item.append(paragraph)
}

/** Notes stand below the words, and a link above leads to each. */
function noteFootnotes(body: HTMLElement): void {
  const notes = new Map<string, string>()
  for (const note of body.querySelectorAll('[id^="ftn"], [id^="edn"]')) {
    for (const back of note.querySelectorAll('a[href^="#_ftnref"], a[href^="#_ednref"]')) back.remove()
    notes.set(`#_${note.id}`, note.textContent.replaceAll(/\s+/g, ' ').trim())
  }
  for (const list of body.querySelectorAll('[style*="note-list" i]')) list.remove()
  for (const link of body.querySelectorAll('a[href^="#_ftn"], a[href^="#_edn"]')) {
    const words = notes.get(link.getAttribute('href') ?? '')
    if (!words) continue
    const note = body.ownerDocument.createElement('sup')
    note.setAttribute('data-footnote', words)
    link.replaceWith(note)
  }
}

function cutLead(block: Element, length: number): void {
  const texts = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  for (let left = length; left > 0 && texts.nextNode();) {
    const text = texts.currentNode as Text
    const taken = Math.min(left, text.length)
    text.deleteData(0, taken)
    left -= taken
  }
}
