import type { Element } from '@xmldom/xmldom'
import { Refusal } from '../../common/problem.js'
import { evened } from './evened.js'
import type { Raw, RawCell, RawChange, RawFile, RawRun, RawTable, RawWords } from './raw.js'
import { unpack } from './unpack.js'
import { changeOf, Runs } from './word-runs.js'
import { AutomaticNumbers, numberedBy, stylesOf, type Style } from './word-styles.js'
import { attributeOf, childOf, elementsOf, isOn, parseXml, valueOf } from './xml.js'

const PARTS = ['document', 'styles', 'numbering', 'footnotes', 'endnotes'].map((name) => `word/${name}.xml`)
/** Tables inside tables and wrappers inside wrappers; what lies deeper was not written by people. */
const DEEPEST = 30

/** @throws Refusal `unreadable-file`, `too-large` */
export function readWord(bytes: Uint8Array): RawFile {
  const parts = unpack(bytes, (name) => PARTS.includes(name))
  const part = (name: string) => {
    const found = parts.get(`word/${name}.xml`)
    return found && parseXml(found)
  }
  const body = childOf(part('document'), 'body')
  if (!body) throw new Refusal('unreadable-file', 'It is not a Word file (.docx).')
  return new WordReader(part('styles'), part('numbering'), part('footnotes'), part('endnotes')).read(body)
}

class WordReader {
  private readonly styles: Map<string, Style>
  private readonly numbers: AutomaticNumbers
  private readonly runs: Runs
  private title: string | null = null

  constructor(
    styles: Element | undefined,
    numbering: Element | undefined,
    footnotes: Element | undefined,
    endnotes: Element | undefined,
  ) {
    this.styles = stylesOf(styles)
    this.numbers = new AutomaticNumbers(numbering)
    this.runs = new Runs(notesOf(footnotes), notesOf(endnotes))
  }

  read(body: Element): RawFile {
    const blocks = this.blocks(body, 0)
    return { title: this.title, blocks, leftOut: this.runs.leftOut }
  }

  private blocks(parent: Element, depth: number): Raw[] {
    if (depth > DEEPEST) throw new Refusal('unreadable-file', 'Its tables lie too deep in one another.')
    const blocks: Raw[] = []
    for (const element of elementsOf(parent)) {
      if (element.localName === 'p') blocks.push(...this.paragraph(element))
      else if (element.localName === 'tbl') blocks.push(this.table(element, depth))
      else if (['sdt', 'sdtContent', 'ins', 'moveTo', 'customXml', 'smartTag'].includes(element.localName ?? ''))
        blocks.push(...this.blocks(element, depth + 1))
    }
    return blocks
  }

  private paragraph(element: Element): RawWords[] {
    const properties = childOf(element, 'pPr')
    const style = this.styles.get(valueOf(properties, 'pStyle') ?? '')
    const name = style?.name ?? ''
    const runs = this.runs.of(element)
    // The head of a document is made anew from what is known of it.
    if (name === 'masthead') return []
    if (name === 'title' && this.title === null) {
      this.title =
        runs
          .map((run) => ('text' in run ? run.text : ''))
          .join('')
          .replace(/\s+/g, ' ')
          .trim() || null
      return []
    }
    const outline = Number(/^heading (\d)$/.exec(name)?.[1] ?? NaN) - 1
    const level = Number.isNaN(outline) ? Number(valueOf(properties, 'outlineLvl') ?? style?.outline ?? 9) : outline
    const change = markChange(properties)
    return [
      {
        is: 'words',
        ...(level < 9 ? { heading: Math.min(3, level + 1) } : {}),
        ...this.numbering(properties, style),
        runs,
        ...(change && runs.every((run) => sameFate(run, change)) ? { change } : {}),
      },
    ]
  }

  private numbering(properties: Element | undefined, style: Style | undefined): Pick<RawWords, 'label' | 'list'> {
    const numbering = numberedBy(properties) ?? style?.numbering
    if (!numbering || numbering.list === '0') return {}
    const next = this.numbers.next(numbering)
    if (next === 'bullet') return { list: { isOrdered: false, level: numbering.level } }
    if (!next) return {}
    // Word's own style for lists that only count their points.
    if (style?.name.startsWith('list number')) return { list: { isOrdered: true, level: numbering.level } }
    return { label: next.label }
  }

  private table(element: Element, depth: number): RawTable {
    const rows: RawCell[][] = []
    /** By column, the cell that goes on downwards. */
    const open = new Map<number, RawCell>()
    for (const row of elementsOf(element)) {
      if (row.localName !== 'tr') continue
      const isHeader = isOn(childOf(row, 'trPr'), 'tblHeader')
      const cells: RawCell[] = []
      const goingOn: RawCell[] = []
      let column = 0
      for (const cell of elementsOf(row)) {
        if (cell.localName !== 'tc') continue
        const properties = childOf(cell, 'tcPr')
        const columns = Math.min(100, Math.max(1, Number(valueOf(properties, 'gridSpan') ?? 1) || 1))
        const merge = childOf(properties, 'vMerge')
        const above = merge && attributeOf(merge, 'val') !== 'restart' ? open.get(column) : undefined
        if (above) goingOn.push(above)
        else {
          const made = { isHeader, columns, rows: 1, blocks: this.blocks(cell, depth + 1) }
          cells.push(made)
          if (merge) open.set(column, made)
          else open.delete(column)
        }
        column += columns
      }
      if (cells.length === 0) continue
      for (const cell of goingOn) cell.rows++
      rows.push(cells)
    }
    return { is: 'table', rows: evened(rows) }
  }
}

function markChange(properties: Element | undefined): RawChange | undefined {
  const mark = childOf(properties, 'rPr')
  const [inserted, removed] = [childOf(mark, 'ins'), childOf(mark, 'del')]
  if (inserted) return changeOf(inserted, 'inserted')
  return removed && changeOf(removed, 'removed')
}

const sameFate = (run: RawRun, { kind }: RawChange): boolean =>
  run.change?.kind === kind || ('text' in run && run.text.trim() === '')

/** The words of each note by its id. */
function notesOf(root: Element | undefined): Map<string, string> {
  const notes = new Map<string, string>()
  for (const note of elementsOf(root)) {
    if (attributeOf(note, 'type') && attributeOf(note, 'type') !== 'normal') continue
    const paragraphs = [...elementsOf(note)].filter(({ localName }) => localName === 'p')
    const words = paragraphs.map((paragraph) =>
      new Runs()
        .of(paragraph)
        .map((run) => ('text' in run ? run.text : ''))
        .join(''),
    )
    notes.set(attributeOf(note, 'id') ?? '', words.join(' ').replace(/\s+/g, ' ').trim())
  }
  return notes
}
