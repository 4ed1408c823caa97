import { identified, prefaced } from './akn-masthead.js'
import { Flow } from './akn-flow.js'
import { sectionsOf, type Unit } from './akn-units.js'
import type { Block, Manuscript, Words } from './manuscript.js'
import { element, text, type Xml } from '../../common/xml-writer.js'

const NAMESPACE = 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0'
/** What a numbered paragraph is called by its depth. */
const HIERARCHY = [
  ['paragraph', 'para'],
  ['subparagraph', 'subpara'],
  ['point', 'point'],
] as const

/**
 * A text in Akoma Ntoso 1.0 (OASIS LegalDocML, namespace 3.0), as a statement of a body: reasons are recitals of the
 * preamble, what follows is the main body. `wId` is the paragraph's permanent id, `eId` follows from its number.
 */
export function aknFile(manuscript: Manuscript): string {
  const { blocks } = manuscript
  const flow = new Flow()
  const from = preambleEnd(blocks)
  const statement = element(
    'statement',
    { name: 'outcome' },
    identified(manuscript),
    prefaced(manuscript),
    ...(from > 0 ? [element('preamble', {}, ...preamble(blocks.slice(0, from), flow))] : []),
    element('mainBody', {}, ...body(blocks.slice(from), flow)),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('akomaNtoso', { xmlns: NAMESPACE }, statement)}\n`
}

const isWords = (block: Block | undefined): block is Words => block?.is === 'words'

/** Behind the last reason that stands before the first numbered paragraph. */
function preambleEnd(blocks: Block[]): number {
  const operative = blocks.findIndex((block) => isWords(block) && block.part === 'operative')
  const before = operative < 0 ? blocks : blocks.slice(0, operative)
  return before.findLastIndex((block) => isWords(block) && block.part === 'preambular') + 1
}

function preamble(blocks: Block[], flow: Flow): Xml[] {
  const made: Xml[] = []
  for (let at = 0; at < blocks.length;) {
    const end = at + runLength(blocks.slice(at), (block) => isWords(block) && block.part === 'preambular')
    const block = blocks[at]!
    if (end > at) made.push(recitals(blocks.slice(at, end) as Words[], flow))
    else if (isWords(block) && block.part === 'chapeau')
      made.push(element('formula', { ...flow.named('formula', block), name: 'chapeau' }, flow.paragraph(block)))
    else {
      const plain = runLength(blocks.slice(at), (next) => !isWords(next) || !next.part)
      made.push(...flow.blocks(blocks.slice(at, at + plain)))
      at += plain
      continue
    }
    at = Math.max(end, at + 1)
  }
  return made
}

const runLength = (blocks: Block[], is: (block: Block) => boolean): number => {
  const end = blocks.findIndex((block) => !is(block))
  return end < 0 ? blocks.length : end
}

function recitals(words: Words[], flow: Flow): Xml {
  const made = sectionsOf(words).map((unit) =>
    element(
      'recital',
      flow.named('recital', unit.words),
      ...numbered(unit.words),
      flow.paragraph(unit.words),
      ...items(unit.units, flow),
    ),
  )
  return element('recitals', flow.named('recitals'), ...made)
}

function items(units: Unit[], flow: Flow): Xml[] {
  if (units.length === 0) return []
  const made = units.map(({ words, units: inner }) =>
    element('item', flow.named('item', words), ...numbered(words), flow.paragraph(words), ...items(inner, flow)),
  )
  return [element('blockList', flow.named('list'), ...made)]
}

function body(blocks: Block[], flow: Flow): Xml[] {
  const made = sectionsOf(blocks).map((unit) => hierarchical(unit, flow, ''))
  return made.length > 0 ? made : [element('p')]
}

function hierarchical(unit: Unit, flow: Flow, above: string): Xml {
  const { words, plain, units } = unit
  if (plain) {
    const name = flow.named('hcontainer')
    return element('hcontainer', { ...name, name: 'text' }, element('content', {}, ...flow.blocks(plain)))
  }
  if (words.level) {
    const name = flow.named('sec', words)
    const inner = units.map((below) => hierarchical(below, flow, ''))
    return element('section', name, element('heading', {}, ...flow.inlines(words.inlines)), ...inner)
  }
  if (words.part === 'chapeau') {
    const name = flow.named('hcontainer', words)
    return element('hcontainer', { ...name, name: 'chapeau' }, element('content', {}, flow.paragraph(words)))
  }
  const [tag, short] = HIERARCHY[words.depth] ?? HIERARCHY[0]
  const name = flow.numbered(above + short, words)
  const paragraph = flow.paragraph(words)
  const inner = units.map((below) => hierarchical(below, flow, `${name.eId}__`))
  const content = inner.length > 0 ? [element('intro', {}, paragraph), ...inner] : [element('content', {}, paragraph)]
  return element(tag, name, ...numbered(words), ...content)
}

const numbered = ({ number }: Words): Xml[] => (number ? [element('num', {}, text(number))] : [])
