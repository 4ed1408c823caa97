import { signed } from '@multilogue/shared/brackets'
import type { Fault } from '@multilogue/shared/integrity'
import { Part } from '@multilogue/shared/numbering'
import { MARKS, NODES } from '@multilogue/shared/text-schema'
import type { Content } from './history/content.js'
import { blocksOf } from './contents.js'

type Found = Fault['fault']

/** What of a text is not as it has to be, looked at alone. */
export function faultsIn(contents: Content[]): Fault[] {
  const faults: Fault[] = []
  const ids = new Set<string>()
  const look = (content: Content, around: string | null) => {
    const { name, attributes, children } = content
    const isBlock = name === 'paragraph' || name === 'heading'
    const id = isBlock && typeof attributes.id === 'string' ? attributes.id : around
    const found = (fault: Found, what: string) => faults.push({ fault, paragraphId: id, what })
    if (isBlock && !attributes.id) found('id-missing', name)
    else if (isBlock && ids.has(id ?? '')) found('id-double', id ?? '')
    if (isBlock) ids.add(id ?? '')
    if (!NODES[name]) found('node-unknown', name)
    for (const [key, value] of Object.entries(attributes))
      if (!isLawful(name, key, value)) found('attribute-unlawful', `${name} ${key} ${JSON.stringify(value)}`)
    if (name === 'table' && !isEven(content)) found('table-uneven', `${children.length} rows`)
    if (name === 'crossReference' && !attributes.to) found('reference-empty', name)
    for (const child of children) {
      if (!Array.isArray(child)) look(child, id)
      else
        for (const { attributes: marks = {} } of child)
          for (const mark of Object.keys(marks)) if (!MARKS.includes(mark)) found('format-unknown', mark)
    }
  }
  for (const content of contents) look(content, null)
  return [...faults, ...crossings(contents)]
}

function isLawful(name: string, key: string, value: unknown): boolean {
  if (NODES[name] && !NODES[name].includes(key)) return false
  if (value === null) return true
  switch (key) {
    case 'part':
      return Part.safeParse(value).success
    case 'depth':
      return [0, 1, 2].includes(value as number)
    case 'bis':
      return typeof value === 'boolean'
    case 'level':
      return [1, 2, 3].includes(value as number)
    case 'start':
    case 'colspan':
    case 'rowspan':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 9999
    default:
      return true
  }
}

/** Whether each place of the table belongs to one cell. */
/** Cells; as many as a file is given. */
const WIDEST = 100

function isEven({ children }: Content): boolean {
  const rows = children.filter((row): row is Content => !Array.isArray(row))
  const taken = rows.map(() => new Set<number>())
  for (const [at, row] of rows.entries()) {
    let column = 0
    for (const cell of row.children) {
      if (Array.isArray(cell)) return false
      while (taken[at]!.has(column)) column++
      const [across, down] = [Number(cell.attributes.colspan ?? 1), Number(cell.attributes.rowspan ?? 1)]
      if (!isSpan(across) || !isSpan(down) || at + down > rows.length) return false
      for (const line of taken.slice(at, at + down))
        for (let place = column; place < column + across; place++) {
          if (line.has(place)) return false
          line.add(place)
        }
    }
  }
  return rows.length > 0 && taken.every(({ size }) => size > 0 && size === taken[0]!.size)
}

const isSpan = (cells: number): boolean => Number.isInteger(cells) && cells >= 1 && cells <= WIDEST

/** Brackets stand in each other or apart. */
function crossings(contents: Content[]): Fault[] {
  const faults: Fault[] = []
  const open: string[] = []
  const blocks = blocksOf(contents).map(({ block }) => block)
  for (const [at, runs] of signed(blocks).entries())
    for (const { opens, closes } of runs) {
      open.push(...opens)
      for (const id of closes)
        if (open.pop() !== id) faults.push({ fault: 'brackets-cross', paragraphId: blocks[at]!.id, what: id })
    }
  return faults
}

/** Cross-references to paragraphs that do not stand in the text. */
export function deletedReferences(contents: Content[]): { paragraphId: string | null; to: string }[] {
  const blocks = blocksOf(contents).map(({ block }) => block)
  const ids = new Set(blocks.map(({ id }) => id))
  return blocks.flatMap(({ id, runs }) =>
    runs.flatMap(({ reference }) => (reference && !ids.has(reference) ? [{ paragraphId: id, to: reference }] : [])),
  )
}
