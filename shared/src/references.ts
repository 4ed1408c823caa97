import { numbersOf, type Numbered } from './numbering.js'
import type { Language } from './values.js'

/*
 * A cross-reference is a node without words that names a paragraph by its permanent id. What it says is derived from
 * where that paragraph stands: "paragraph 5 bis", "paragraph 3 (a) (ii)". So it follows every renumbering.
 */

/** Written into the text as they stand, so in a form that a sentence can take up; Russian has one case too many. */
const WORDS: Record<Language, { operative: string; preambular: string; gone: string }> = {
  ar: { operative: 'الفقرة {n}', preambular: 'الفقرة {n} من الديباجة', gone: '[فقرة محذوفة]' },
  en: { operative: 'paragraph {n}', preambular: 'preambular paragraph {n}', gone: '[deleted paragraph]' },
  es: { operative: 'párrafo {n}', preambular: 'párrafo {n} del preámbulo', gone: '[párrafo suprimido]' },
  fr: { operative: 'paragraphe {n}', preambular: 'alinéa {n} du préambule', gone: '[paragraphe supprimé]' },
  ru: { operative: 'п. {n}', preambular: 'п. {n} преамбулы', gone: '[исключенный пункт]' },
  zh: { operative: '第{n}段', preambular: '序言部分第{n}段', gone: '[已删除的段落]' },
}

/** What references to numbered paragraphs say, by the paragraph's id; others have no name. */
export type ReferenceNames = Map<string, string>

/** @param paragraphs  all top paragraphs of the text, in reading order */
export function referenceNames(paragraphs: Numbered[], language: Language): ReferenceNames {
  const numbers = numbersOf(paragraphs, 'working')
  const names: ReferenceNames = new Map()
  let above: string[] = []
  for (const { id, part, depth } of paragraphs) {
    if (part === 'chapeau') above = []
    const number = numbers.get(id)
    if (!number || (part !== 'preambular' && part !== 'operative')) continue
    above = [...above.slice(0, depth ?? 0), number.replace(/^PP/, '')]
    names.set(id, WORDS[language][part].replace('{n}', above.join(' ')))
  }
  return names
}

/** What a reference says. */
export const referenceTo = (id: unknown, names: ReferenceNames, language: Language): string =>
  (typeof id === 'string' ? names.get(id) : undefined) ?? WORDS[language].gone

/** What stands for a node without words where nothing is known of the text around it; empty for all other nodes. */
export function signOf(name: string, attributes: Record<string, unknown>): string {
  if (name === 'hardBreak') return '\n'
  if (name === 'crossReference') return '[¶]'
  if (name === 'footnote') return `[† ${typeof attributes.text === 'string' ? attributes.text : ''}]`
  return ''
}
