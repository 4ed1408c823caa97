import { cleanWord, isFromWord } from './pasted-word'

/** What holds no words of a text, or none that its reader sees. */
const NO_WORDS = [
  'script, style, template, noscript, iframe, object, embed, svg, math, canvas, audio, video',
  'button, select, textarea, input, datalist',
  '[hidden], [style*="display:none" i], [style*="display: none" i], [style*="mso-hide:all" i]',
].join(', ')
/** Attributes that say something of words. */
const TELLING = new Set(['colspan', 'rowspan', 'start'])
/** Whose styles are read: what makes a whole heading or table bold is no format of its words. */
const STYLED = 'span, font, a, p, b, strong, i, em, u, ins'

/** Where HTML is pasted. */
export interface Target {
  /** Not in a list, quote or table: paragraphs can have numbers. */
  isTop: boolean
  /** There are words already, which the first pasted paragraph joins. */
  hasWords: boolean
}

/**
 * Pasted HTML as the editor's schema can read it: words without what runs, loads or hides, and what Word only hints at
 * as what it is. Of tracked changes the text stays as it reads with them. Nothing is run or loaded on the way.
 */
export function cleanHtml(html: string, target: Target): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  // Copied from an editor, which reads it as it is.
  if (body.querySelector('[data-pm-slice]')) return html
  for (const element of body.querySelectorAll(`${NO_WORDS}, del`)) element.remove()
  for (const element of body.querySelectorAll('*'))
    for (const { name } of [...element.attributes]) if (name.startsWith('data-')) element.removeAttribute(name)
  for (const element of body.querySelectorAll('h4, h5, h6')) rename(element, 'h3')
  for (const element of body.querySelectorAll('p')) if (element.textContent.trim() === '') element.remove()
  if (isFromWord(html)) cleanWord(body, target)
  for (const element of body.querySelectorAll<HTMLElement>(STYLED)) formatAsStyled(element)
  for (const element of body.querySelectorAll('*'))
    for (const { name } of [...element.attributes])
      if (!TELLING.has(name) && !name.startsWith('data-')) element.removeAttribute(name)
  return body.innerHTML
}

function rename(element: Element, tag: string): void {
  const renamed = element.ownerDocument.createElement(tag)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

/** Formats that a style sets or, as some editors write around all they copy, unsets. The page's own rules ignore styles. */
function formatAsStyled(element: HTMLElement): void {
  const { fontWeight, fontStyle, textDecorationLine, textDecoration } = readStyle(element)
  const lines = `${textDecorationLine} ${textDecoration}`
  const formats = [
    ...(/^(bold|bolder|[6-9]00)$/.test(fontWeight) ? ['b'] : []),
    ...(/^(italic|oblique)/.test(fontStyle) ? ['i'] : []),
    ...(lines.includes('underline') && element.localName !== 'a' ? ['u'] : []),
    ...(lines.includes('line-through') ? ['s'] : []),
  ]
  for (const format of formats) {
    const around = element.ownerDocument.createElement(format)
    around.append(...element.childNodes)
    element.append(around)
  }
  const isUnset =
    (/^(normal|400)$/.test(fontWeight) && element.matches('b, strong')) ||
    (fontStyle === 'normal' && element.matches('i, em'))
  if (isUnset) element.replaceWith(...element.childNodes)
}

function readStyle(element: HTMLElement): CSSStyleDeclaration {
  const { style } = document.createElement('span')
  style.cssText = element.getAttribute('style') ?? ''
  return style
}
