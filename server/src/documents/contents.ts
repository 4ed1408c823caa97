import { createHash } from 'node:crypto'
import { BRACKET, bracketIds } from '@multilogue/shared/brackets'
import type { DocumentParagraph } from '@multilogue/shared/documents'
import type { Block, Run } from '@multilogue/shared/negotiation'
import { Part } from '@multilogue/shared/numbering'
import { cellBelow, type CellWay } from '@multilogue/shared/tables'
import { signOf } from '@multilogue/shared/references'
import * as Y from 'yjs'
import { elementOf, type Content, type Delta } from './history/content.js'
import { sayingIn, sayNothing, type Say } from './references.js'

/** The top nodes of the text as they stand in a Yjs document. Runs that Yjs keeps apart are joined. */
export function contentsOf(doc: Y.Doc): Content[] {
  return doc
    .getXmlFragment('default')
    .toArray()
    .flatMap((node) => (node instanceof Y.XmlElement ? [contentOf(node)] : []))
}

export function contentOf(element: Y.XmlElement): Content {
  const children: Content['children'] = []
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlElement) children.push(contentOf(child))
    if (!(child instanceof Y.XmlText)) continue
    const deltas = child.toDelta() as Delta[]
    const before = children.at(-1)
    if (Array.isArray(before)) before.push(...deltas)
    else if (deltas.length > 0) children.push(deltas)
  }
  return { name: element.nodeName, attributes: element.getAttributes(), children: children.map(joined) }
}

function joined(child: Content['children'][number]): Content['children'][number] {
  return Array.isArray(child) ? joinedRuns(child) : child
}

/** Runs of the same formats are one. */
export function joinedRuns(all: Delta[]): Delta[] {
  const runs: Delta[] = []
  for (const run of all) {
    const last = runs.at(-1)
    const same = last && JSON.stringify(last.attributes ?? {}) === JSON.stringify(run.attributes ?? {})
    if (same && typeof last.insert === 'string' && typeof run.insert === 'string') last.insert += run.insert
    else runs.push({ ...run })
  }
  return runs
}

/** A document that holds nothing but this content, as one update with a client id of its own. */
export function updateOf(contents: Content[]): { bytes: Uint8Array; clientId: number } {
  const doc = new Y.Doc()
  doc.getXmlFragment('default').insert(0, contents.map(elementOf))
  const update = { bytes: Y.encodeStateAsUpdate(doc), clientId: doc.clientID }
  doc.destroy()
  return update
}

/**
 * Names a node's content, not its place: its permanent id and what its number follows from are left out. So are the
 * brackets around its words, which say who does not accept them yet and not what they are.
 * @returns 32 hexadecimal digits
 */
export function hashOf(content: Content): string {
  const { name, attributes, children } = withoutBrackets(content)
  const { id: _id, bis: _bis, ...kept } = attributes
  const facts = JSON.stringify([name, Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)), children])
  return createHash('sha256').update(facts).digest('hex').slice(0, 32)
}

function withoutBrackets(content: Content): Content {
  const children = content.children.map((child) =>
    Array.isArray(child) ? joinedRuns(child.map(unbracketed)) : withoutBrackets(child),
  )
  return { ...content, children }
}

function unbracketed({ insert, attributes }: Delta): Delta {
  const { [BRACKET]: _, ...kept } = attributes ?? {}
  return Object.keys(kept).length > 0 ? { insert, attributes: kept } : { insert }
}

/** The brackets that stand in the text, the outer before the inner. */
export function bracketsIn(contents: Content[]): Set<string> {
  const ids = new Set<string>()
  const walk = (child: Content['children'][number]) => {
    if (!Array.isArray(child)) child.children.forEach(walk)
    else for (const { attributes } of child) for (const id of bracketIds(attributes?.[BRACKET])) ids.add(id)
  }
  contents.forEach(walk)
  return ids
}

export interface FoundBlock {
  block: Block
  content: Content
  /** Stands in the text itself, not in a list, quote or table. */
  isTop: boolean
}

/** The text blocks in reading order. @param say  what cross-references say */
export function blocksOf(contents: Content[], say: Say = sayNothing): FoundBlock[] {
  const around = { key: '', isInListItem: false, cell: undefined, say }
  return contents.flatMap((content, at) => blocksIn(content, at, around))
}

interface Around {
  /** The places on the way down; empty above the top nodes. */
  key: string
  isInListItem: boolean
  cell: CellWay
  say: Say
}

function blocksIn(content: Content, at: number, around: Around): FoundBlock[] {
  const { name, attributes, children } = content
  const isTop = around.key === ''
  if (name !== 'paragraph' && name !== 'heading') {
    const key = `${around.key}/${at}`
    const isInListItem = around.isInListItem || name === 'listItem'
    const below = { ...around, key, isInListItem, cell: cellBelow(name, attributes, around.cell, at, key) }
    return children.flatMap((child, place) => (Array.isArray(child) ? [] : blocksIn(child, place, below)))
  }
  const { id, level, part, depth, bis } = isTop ? attributes : { ...attributes, part: null, depth: null, bis: null }
  const known = Part.safeParse(part)
  const block: Block = {
    id: typeof id === 'string' ? id : '',
    kind: around.isInListItem ? 'listItem' : name,
    ...(name === 'heading' ? { level: Number(level ?? 1) } : {}),
    ...(known.success ? { part: known.data } : {}),
    ...(depth === 1 || depth === 2 ? { depth } : {}),
    ...(bis === true ? { bis } : {}),
    ...(around.cell ? { cell: around.cell } : {}),
    runs: runsOf(content, around.say),
  }
  return [{ block, content, isTop }]
}

function runsOf({ children }: Content, say: Say): Run[] {
  return children.flatMap((child): Run[] => {
    if (!Array.isArray(child)) return atomOf(child, say)
    return child.flatMap(({ insert, attributes }) => {
      if (typeof insert !== 'string') return []
      const marks = Object.keys(attributes ?? {}).filter((mark) => mark !== BRACKET)
      const brackets = bracketIds(attributes?.[BRACKET])
      return [{ text: insert, ...(marks.length > 0 ? { marks } : {}), ...(brackets.length > 0 ? { brackets } : {}) }]
    })
  })
}

function atomOf(child: Content, say: Say): Run[] {
  const { name, attributes } = child
  if (name === 'hardBreak') return [{ text: '\n' }]
  if (name === 'footnote') return [{ text: signOf(name, attributes), footnote: textOf(attributes.text) }]
  if (name === 'crossReference') return [{ text: say(attributes.to), reference: textOf(attributes.to) }]
  return runsOf(child, say)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The text blocks of a document in reading order, without marks. */
export function paragraphsOf(doc: Y.Doc, language?: string): DocumentParagraph[] {
  const contents = contentsOf(doc)
  const say = language === undefined ? sayNothing : sayingIn(contents, language)
  return blocksOf(contents, say).map(({ block: { runs, ...block } }) => ({
    ...block,
    text: wordsOf(runs.filter(({ footnote }) => footnote === undefined)),
    ...footnotesOf(runs),
  }))
}

function footnotesOf(runs: Run[]): Pick<DocumentParagraph, 'footnotes'> {
  const footnotes: NonNullable<DocumentParagraph['footnotes']> = []
  let at = 0
  for (const { text, footnote } of runs)
    if (footnote === undefined) at += text.length
    else footnotes.push({ at, text: footnote })
  return footnotes.length > 0 ? { footnotes } : {}
}

export const wordsOf = (runs: Run[]): string => runs.map(({ text }) => text).join('')
