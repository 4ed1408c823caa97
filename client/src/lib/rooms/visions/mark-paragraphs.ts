/**
 * Marks paragraphs in the margin of the text that is shown. The editor owns its elements and would take back whatever is
 * written into them, so the marks are rules of a style sheet that name the paragraphs by their ids.
 * @returns takes the marks away
 */
export function markParagraphs(ids: string[]): () => void {
  if (ids.length === 0) return () => undefined
  const sheet = new CSSStyleSheet()
  const selector = [...new Set(ids)].map((id) => `.sheet [data-id="${CSS.escape(id)}"]`).join(', ')
  sheet.replaceSync(
    `${selector} { box-shadow: inset 2px 0 0 var(--accent); padding-inline-start: 8px; }
     :root[dir='rtl'] :is(${selector}) { box-shadow: inset -2px 0 0 var(--accent); }`,
  )
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
  }
}
