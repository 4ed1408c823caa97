import { BRACKET, bracketIds, signed } from '@multilogue/shared/brackets'
import { numbersOf, Part } from '@multilogue/shared/numbering'
import { directionOf } from '@multilogue/shared/language'
import type { Content } from '../history/content.js'
import { numberedIn, sayingIn, type Say } from '../references.js'
import { edgesOf, withEdges, type Edge, type Remarked } from './comment-edges.js'
import {
  isWords,
  MARKS,
  printable,
  type Block,
  type Cell,
  type Inline,
  type ListPlace,
  type Manuscript,
  type Words,
} from './manuscript.js'
import { mastheadOf, type Heading } from './masthead.js'

type Delta = Extract<Content['children'][number], unknown[]>[number]

const BULLETS = ['•', '–', '·']

/** Where a node stands. */
interface Place {
  list?: Omit<ListPlace, 'marker'>
  isQuote: boolean
  /** In the text itself: only there paragraphs have a part. */
  isTop: boolean
}

/**
 * A text as it stood, ready to be put into a file.
 * @param at ISO instant since which the text stands so
 */
export function manuscriptOf(content: Content[], heading: Heading, at: string, comments: Remarked[] = []): Manuscript {
  const { documentId, symbol, language } = heading
  const setting = new Setting(
    numbersOf(numberedIn(content), 'print'),
    signsIn(content),
    sayingIn(content, language),
    edgesOf(comments),
  )
  const blocks = setting.blocks(content, { isQuote: false, isTop: true })
  const isRightToLeft = directionOf(language) === 'rtl'
  return { masthead: mastheadOf(heading, at), language, isRightToLeft, documentId, symbol, at, blocks }
}

function placeOf({ attributes: { part, depth, bis } }: Content) {
  const known = Part.safeParse(part)
  return {
    ...(known.success ? { part: known.data } : {}),
    depth: depth === 1 || depth === 2 ? depth : 0,
    bis: bis === true,
  }
}

interface Signs {
  before: string
  behind: string
}

/** The brackets that are printed before and behind a run of words. */
function signsIn(content: Content[]): Map<Delta, Signs> {
  const runs: { delta: Delta; brackets: string[] }[] = []
  const gather = (child: Content['children'][number]): void => {
    if (!Array.isArray(child)) child.children.forEach(gather)
    else for (const delta of child) runs.push({ delta, brackets: bracketIds(delta.attributes?.[BRACKET]) })
  }
  content.forEach(gather)
  const [all = []] = signed([{ runs }])
  return new Map(
    all.map(({ run, opens, closes }) => [
      run.delta,
      { before: '['.repeat(opens.length), behind: ']'.repeat(closes.length) },
    ]),
  )
}

class Setting {
  private lists = 0

  constructor(
    private readonly numbers: Map<string, string>,
    private readonly signs: Map<Delta, Signs>,
    private readonly say: Say,
    private readonly edges: Map<string, Edge[]>,
  ) {}

  blocks(nodes: Content['children'], place: Place): Block[] {
    return nodes.flatMap((node) => (Array.isArray(node) ? [] : this.block(node, place)))
  }

  private block(node: Content, place: Place): Block[] {
    switch (node.name) {
      case 'heading':
      case 'paragraph':
      case 'codeBlock':
        return [this.words(node, place)]
      case 'bulletList':
      case 'orderedList':
        return this.list(node, place)
      case 'blockquote':
        return this.blocks(node.children, { ...place, isQuote: true, isTop: false })
      case 'table':
        return [{ is: 'table', rows: elements(node).map((row) => elements(row).map((cell) => this.cell(cell))) }]
      default:
        return this.blocks(node.children, place)
    }
  }

  private list(node: Content, place: Place): Block[] {
    const isOrdered = node.name === 'orderedList'
    const list = { isOrdered, level: (place.list?.level ?? -1) + 1, list: ++this.lists }
    const first = Number(node.attributes.start ?? 1) || 1
    return elements(node).flatMap((item, at) => {
      const blocks = this.blocks(item.children, { ...place, list, isTop: false })
      const [head] = blocks
      const marker = isOrdered ? `${first + at}.` : BULLETS[list.level % BULLETS.length]!
      if (head?.is === 'words' && head.list?.list === list.list) head.list = { ...head.list, marker }
      return blocks
    })
  }

  private words(node: Content, { list, isQuote, isTop }: Place): Words {
    const id = textOf(node.attributes.id)
    const number = node.name === 'paragraph' ? this.numbers.get(id) : undefined
    return {
      is: 'words',
      id,
      ...(node.name === 'heading' ? { level: Math.min(3, Math.max(1, Number(node.attributes.level) || 1)) } : {}),
      ...(isTop ? placeOf(node) : { depth: 0, bis: false }),
      ...(number ? { number } : {}),
      ...(list ? { list } : {}),
      isQuote,
      inlines: withEdges(
        node.children.flatMap((child) => this.measured(child)),
        this.edges.get(id) ?? [],
      ),
    }
  }

  /** Each inline with the places that it takes in the text: one for what is no letter, none for a sign. */
  private measured(child: Content['children'][number]): { inline: Inline; units: number }[] {
    const isRun = Array.isArray(child)
    return this.inlines(child).map((inline) => ({
      inline,
      units: isRun ? (isWords(inline) ? inline.text.length : 0) : 1,
    }))
  }

  private inlines(child: Content['children'][number]): Inline[] {
    if (Array.isArray(child)) return child.flatMap((run) => this.run(run))
    const { attributes, children } = child
    if (child.name === 'hardBreak') return [{ is: 'run', text: '\n', marks: [] }]
    if (child.name === 'footnote') return [{ is: 'footnote', text: textOf(attributes.text) }]
    if (child.name === 'crossReference') return [{ is: 'run', text: this.say(attributes.to), marks: [] }]
    return children.flatMap((inner) => this.inlines(inner))
  }

  private run(delta: Delta): Inline[] {
    const { insert, attributes = {} } = delta
    if (typeof insert !== 'string' || insert === '') return []
    const { before, behind } = this.signs.get(delta) ?? { before: '', behind: '' }
    const marks = MARKS.filter((mark) => Boolean(attributes[mark]))
    return [...signs(before), { is: 'run', text: printable(insert), marks }, ...signs(behind)]
  }

  private cell(node: Content): Cell {
    const span = (value: unknown) => Math.min(100, Math.max(1, Math.trunc(Number(value)) || 1))
    return {
      isHeader: node.name === 'tableHeader',
      columns: span(node.attributes.colspan),
      rows: span(node.attributes.rowspan),
      blocks: this.blocks(node.children, { isQuote: false, isTop: false }),
    }
  }
}

const signs = (text: string): Inline[] => (text ? [{ is: 'run', text, marks: [], isSign: true }] : [])

const elements = (node: Content): Content[] => node.children.filter((child): child is Content => !Array.isArray(child))

const textOf = (value: unknown): string => (typeof value === 'string' ? printable(value) : '')
