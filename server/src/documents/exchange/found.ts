import type { FileChange, FoundInFile } from '@multilogue/shared/exchange'
import { numbersOf, type Numbered, type Part } from '@multilogue/shared/numbering'
import { isPreambular, PrintedNumbers, type Place } from '@multilogue/shared/printed-number'
import { newId } from '../../common/ids.js'
import type { Content } from '../history/content.js'
import type { MarkName } from './manuscript.js'
import type { Raw, RawFile, RawRun, RawTable, RawWords } from './raw.js'
import type { FoundParagraph } from './rewordings.js'

/** Changes that are told one by one; a file with more was compared, not negotiated. */
const CHANGES = 2_000

/** A text made from a file, and what is told of it before anything is written. */
export interface Made {
  content: Content[]
  /** All of them in reading order, new ones too. */
  paragraphs: FoundParagraph[]
  found: FoundInFile
}

/** The text before the tracked changes, which come beside it: insertions are left out, removals stand. */
export function madeFrom(file: RawFile): Made {
  return new Making().make(file)
}

class Making {
  private readonly numbers = new PrintedNumbers()
  private readonly numbered: (Numbered & { printed: string })[] = []
  private readonly changes: FileChange[] = []
  private readonly paragraphs: FoundParagraph[] = []
  private readonly counts = { headings: 0, paragraphs: 0, tables: 0, footnotes: 0 }
  private isOperative = false
  /** The paragraph before the one that is being read. */
  private last = ''

  make({ title, blocks, leftOut }: RawFile): Made {
    const content = this.blocks(blocks)
    const derived = numbersOf(this.numbered, 'print')
    const renumbered = this.numbered.filter(
      ({ id, printed }) => plainNumber(derived.get(id) ?? '') !== plainNumber(printed),
    )
    return {
      content,
      paragraphs: this.paragraphs,
      found: {
        title: title ?? headingAbove(blocks),
        ...this.counts,
        numbered: this.numbered.length,
        renumbered: renumbered.filter(({ part, depth }) => part === 'operative' || depth).length,
        changes: this.changes.slice(0, CHANGES),
        moreChanges: Math.max(0, this.changes.length - CHANGES),
        leftOut: [...leftOut].map(([what, count]) => ({ what, count })),
      },
    }
  }

  private blocks(raws: Raw[], isTop = true): Content[] {
    const blocks: Content[] = []
    for (const raw of raws) {
      if (raw.is === 'table') blocks.push(...(raw.rows.length > 0 ? [this.table(raw)] : []))
      else if (isNew(raw)) this.newParagraph(raw)
      else {
        const made = this.words(raw, isTop)
        if (made && raw.list) addToList(blocks, made, raw.list.isOrdered, raw.list.level)
        else if (made) blocks.push(made)
      }
    }
    return blocks
  }

  private table({ rows }: RawTable): Content {
    this.counts.tables++
    const cells = (row: RawTable['rows'][number]): Content[] =>
      row.map(({ isHeader, columns, rows: down, blocks }) => {
        const inside = this.blocks(blocks, false)
        return {
          name: isHeader ? 'tableHeader' : 'tableCell',
          attributes: { colspan: columns, rowspan: down },
          children: inside.length > 0 ? inside : [{ name: 'paragraph', attributes: { id: newId() }, children: [] }],
        }
      })
    return {
      name: 'table',
      attributes: {},
      children: rows.map((row) => ({ name: 'tableRow', attributes: {}, children: cells(row) })),
    }
  }

  private newParagraph({ runs, label }: RawWords): void {
    const text = plainOf(runs)
    const lead = label ? 0 : (new PrintedNumbers().read(text)?.length ?? 0)
    const change = runs.find((run) => run.change)?.change
    const words = text.slice(lead).trim()
    if (!words || !change) return
    this.paragraphs.push({ pieces: [{ text: words, change }], change })
    this.changes.push({
      paragraph: this.last,
      offset: 0,
      kind: 'newParagraph',
      author: change.author,
      at: change.at,
      words,
    })
  }

  private words({ heading, label, list, runs, change }: RawWords, isTop: boolean): Content | undefined {
    const standing = plainOf(runs.filter((run) => run.change?.kind !== 'inserted'))
    if (standing.trim() === '' && !runs.some((run) => 'footnote' in run || run.change)) return undefined
    const id = (this.last = newId())
    const read = !isTop || heading || list ? undefined : this.numbers.read(label ? `${label} ` : standing.trimStart())
    const indent = standing.length - standing.trimStart().length
    const kept = label
      ? read
        ? runs
        : [{ text: `${label} `, marks: [] }, ...runs]
      : cut(runs, indent + (read?.length ?? 0))
    const place = read?.place ?? (!isTop || heading || list ? undefined : this.bare(standing.trim()))
    if (heading) {
      this.counts.headings++
      this.numbers.pass(undefined)
    }
    if (read?.place.part === 'operative') this.isOperative = true
    if (read) this.numbered.push({ id, ...read.place, printed: label ?? standing.trimStart().slice(0, read.length) })
    else if (!heading) this.counts.paragraphs++
    if (place && !read) this.numbered.push({ id, ...place, printed: '' })
    this.noteChanges(id, kept, change !== undefined)
    this.paragraphs.push({ pieces: kept.flatMap((run) => ('text' in run ? [run] : [])), ...(change ? { change } : {}) })
    return {
      name: heading ? 'heading' : 'paragraph',
      attributes: { id, ...(heading ? { level: heading } : attributesOf(place)) },
      children: this.inlines(kept.filter((run) => run.change?.kind !== 'inserted')),
    }
  }

  /** What an unnumbered paragraph is by how it reads. */
  private bare(text: string): Place | undefined {
    let part: Part | undefined
    if (isPreambular(text) && !this.isOperative) part = 'preambular'
    this.numbers.pass(part)
    return part && { part, depth: 0, bis: false }
  }

  private noteChanges(id: string, runs: RawRun[], isWhole: boolean): void {
    let offset = 0
    let open: FileChange | undefined
    for (const run of runs) {
      const text = 'text' in run ? run.text : ''
      const { change } = run
      const kind = change && isWhole && change.kind === 'removed' ? 'removedParagraph' : change?.kind
      if (!change || !kind) open = undefined
      else if (open && open.kind === kind && open.author === change.author && open.at === change.at) open.words += text
      else if (text)
        this.changes.push((open = { paragraph: id, offset, kind, author: change.author, at: change.at, words: text }))
      if (change?.kind !== 'inserted') offset += text.length
    }
  }

  private inlines(runs: RawRun[]): Content['children'] {
    const children: Content['children'] = []
    const add = (text: string, marks: MarkName[]) => {
      if (text === '') return
      const attributes = Object.fromEntries(marks.map((mark) => [mark, {}]))
      const delta = { insert: text, ...(marks.length > 0 ? { attributes } : {}) }
      const last = children.at(-1)
      if (Array.isArray(last)) last.push(delta)
      else children.push([delta])
    }
    for (const run of runs) {
      if ('footnote' in run) {
        this.counts.footnotes++
        children.push({ name: 'footnote', attributes: { text: run.footnote }, children: [] })
        continue
      }
      run.text
        .replaceAll('\t', ' ')
        .split('\n')
        .forEach((line, at) => {
          if (at > 0) children.push({ name: 'hardBreak', attributes: {}, children: [] })
          add(line, run.marks)
        })
    }
    return children
  }
}

function attributesOf(place: Place | undefined): Record<string, unknown> {
  if (!place) return {}
  const { part, depth, bis } = place
  return { part, ...(depth ? { depth } : {}), ...(bis ? { bis } : {}) }
}

/** The runs without so many characters at the beginning, inserted ones not counted. */
function cut(runs: RawRun[], length: number): RawRun[] {
  let left = length
  return runs.flatMap((run) => {
    if (left === 0 || !('text' in run) || run.change?.kind === 'inserted') return [run]
    const taken = Math.min(left, run.text.length)
    left -= taken
    return taken === run.text.length ? [] : [{ ...run, text: run.text.slice(taken) }]
  })
}

/** Puts a paragraph into the list at the end of the blocks, or begins one. */
function addToList(blocks: Content[], paragraph: Content, isOrdered: boolean, level: number): void {
  const name = isOrdered ? 'orderedList' : 'bulletList'
  let place: Content['children'] = blocks
  for (let at = 0; ; at++) {
    let list = place.at(-1)
    if (!list || Array.isArray(list) || list.name !== name) {
      list = { name, attributes: {}, children: [] }
      place.push(list)
      return void list.children.push({ name: 'listItem', attributes: {}, children: [paragraph] })
    }
    const item = list.children.at(-1)
    if (at === level || !item || Array.isArray(item))
      return void list.children.push({ name: 'listItem', attributes: {}, children: [paragraph] })
    place = item.children
  }
}

/** Whoever presses Enter at a paragraph's end and types has, for Word, inserted the mark of the one before. */
function isNew({ runs, change }: RawWords): boolean {
  const words = runs.filter((run) => !('text' in run) || run.text.trim() !== '')
  return change?.kind === 'inserted' || (words.length > 0 && words.every((run) => run.change?.kind === 'inserted'))
}

/** The first heading where nothing stands above it: our own files say the title but once. */
function headingAbove([first]: Raw[]): string | null {
  return (first?.is === 'words' && first.heading === 1 && plainOf(first.runs).trim()) || null
}

const plainOf = (runs: RawRun[]): string => runs.map((run) => ('text' in run ? run.text : '')).join('')

/** Numbers are compared by their figures, letters and ordinals alone. */
const plainNumber = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^(pp|op)/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
