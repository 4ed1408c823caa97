import { diffWordsWithSpace } from 'diff'
import { withSigns } from './brackets.js'
import type { Block, NegotiatedBlock, Negotiation, Proposal, Run } from './negotiation.js'
import { numbersOf, type Numbered, type Numbering } from './numbering.js'

/*
 * Views of a negotiated text, all made from the same data: drafting, rolling, compilation, clean. They say how a text
 * reads, on screen, on the projector and on paper; none of them changes anything.
 */

/**
 * A place in the text: a block that stands in it, a paragraph that is proposed, or a proposal whose paragraph is gone.
 */
export type Row =
  | { kind: 'block'; id: string; number: string; block: NegotiatedBlock; proposals: Proposal[] }
  | { kind: 'insertion'; id: string; number: string; proposal: Proposal; content: Block[] }
  | { kind: 'stranded'; id: string; number: string; proposal: Proposal; content: Block[] }

const PENDING = new Set(['tabled', 'rebase_asked'])
export const isPending = ({ state }: Pick<Proposal, 'state'>): boolean => PENDING.has(state)

export const wordsOf = (runs: Run[]): string => runs.map(({ text }) => text).join('')
export const textOf = (blocks: Block[]): string => blocks.map(({ runs }) => wordsOf(runs)).join('\n')

/** What the footnotes say, in reading order. */
export const notesIn = (blocks: Block[]): string[] =>
  blocks.flatMap(({ runs }) => runs.flatMap(({ footnote }) => footnote ?? []))

/** Whose words they are: the codes of those who table them. */
export const codesOf = ({ sponsors, delegation }: Proposal): string[] =>
  sponsors.length > 0 ? sponsors.map(({ code }) => code) : [delegation.code]

/**
 * The text with what is pending on each paragraph. A proposed paragraph comes behind the one it was proposed on; what
 * was proposed on a paragraph that is gone comes last, so that nothing that waits is out of sight.
 */
export function rowsOf({ blocks, proposals }: Negotiation, numbering: Numbering, pendingToo: boolean): Row[] {
  const pending = pendingToo ? proposals.filter(isPending) : []
  const ids = new Set(blocks.map(({ id }) => id))
  const lost = pending.filter(({ paragraphId }) => !ids.has(paragraphId))
  const placed = blocks.flatMap((block): Row[] => [
    {
      kind: 'block',
      id: block.id,
      number: '',
      block,
      proposals: pending.filter((proposal) => proposal.operation !== 'insert' && proposal.paragraphId === block.id),
    },
    ...pending
      .filter(({ operation, paragraphId }) => operation === 'insert' && paragraphId === block.id)
      .map(proposedRow),
  ])
  const rows = [...placed, ...lost.map(proposedRow)]
  const numbers = numbersOf(
    rows.flatMap((row) => (row.kind === 'stranded' ? [] : [numberedBy(row)])),
    numbering,
  )
  return rows.map((row) => ({ ...row, number: numbers.get(row.id) ?? '' }))
}

function proposedRow(proposal: Proposal): Row {
  const kind = proposal.operation === 'insert' ? 'insertion' : 'stranded'
  return { kind, id: proposal.id, number: '', proposal, content: proposal.content ?? [] }
}

function numberedBy(row: Row): Numbered {
  if (row.kind === 'block') return row.block
  const { part, depth } = row.content[0] ?? {}
  return { id: row.id, part, depth, bis: true }
}

export interface Piece {
  text: string
  mark: 'kept' | 'inserted' | 'removed'
}

/** Of the shorter words, what has to be kept for the change to be read word by word. */
const READ_BY_WORD = 1 / 3

/** What a proposal changes, to be read: word by word, or all of it where little was kept. */
export function piecesOf(before: string, after: string, language: string): Piece[] {
  const pieces = changesOf(before, after, language)
  const kept = lettersIn(pieces.map(({ text, mark }) => (mark === 'kept' ? text : '')).join(''))
  const isReworded = kept < READ_BY_WORD * Math.min(lettersIn(before), lettersIn(after))
  if (!isReworded) return pieces
  return [
    { text: before, mark: 'removed' },
    { text: after, mark: 'inserted' },
  ]
}

const lettersIn = (text: string) => text.replace(/\s/g, '').length

/** What a proposal changes in the words, word by word in the text's language. */
export function changesOf(before: string, after: string, language: string): Piece[] {
  const changes = diffWordsWithSpace(before, after, {
    intlSegmenter: new Intl.Segmenter(language, { granularity: 'word' }),
  })
  const pieces = changes.map(({ value, added, removed }): Piece => ({
    text: value,
    mark: added ? 'inserted' : removed ? 'removed' : 'kept',
  }))
  return pieces.reduce<Piece[]>((before, piece) => joined(before, piece), [])
}

/** `[, ] [in particular]` reads as one change, `[, in particular] `, when only a blank stands between its parts. */
function joined(before: Piece[], piece: Piece): Piece[] {
  const [first, blank] = before.slice(-2)
  const isSplit = first && blank && first.mark === piece.mark && blank.mark === 'kept' && piece.mark !== 'kept'
  if (!isSplit || blank.text.trim() !== '' || !piece.text.endsWith(blank.text)) return [...before, piece]
  const text = first.text + blank.text + piece.text.slice(0, -blank.text.length)
  return [...before.slice(0, -2), { text, mark: piece.mark }, blank]
}

/** A way in which a bracketed paragraph could read. */
export interface Alternative {
  number: string
  text: string
  /** Who wants it so; nobody: it is the text as it stands. */
  codes: string[]
}

/**
 * Rivals on one paragraph, as they are printed: `[3. ... ] [3 bis. ... ]`. The text as it stands is one of them only
 * while somebody opposes all the others. What was made on other words than stand now is no way to read the paragraph.
 */
export function alternativesOf({ block, proposals }: Extract<Row, { kind: 'block' }>, number: string): Alternative[] {
  const rivals = proposals.filter(({ operation, outdated }) => operation === 'replace' && !outdated)
  if (rivals.length < 2) return []
  const holders = holdersOf(rivals)
  const readings = [
    ...rivals.map((proposal) => ({ text: withSigns(proposal.content ?? []), codes: codesOf(proposal) })),
    ...(holders.length > 0 ? [{ text: withSigns([block]), codes: holders }] : []),
  ]
  const numbers = numbersOf(
    readings.map((_, place) => ({ id: String(place), part: 'operative' as const, bis: place > 0 })),
    'working',
  )
  const suffix = (place: number) => (numbers.get(String(place)) ?? '').replace(/^1/, '')
  return readings.map((reading, place) => ({ ...reading, number: number + suffix(place) }))
}

function holdersOf(rivals: Proposal[]): string[] {
  const opposed = rivals.map(({ positions }) => positions.filter(({ position }) => position === 'oppose'))
  const [first = [], ...others] = opposed
  return first
    .map(({ code }) => code)
    .filter((code) => others.every((positions) => positions.some((position) => position.code === code)))
}

export interface OpenRow {
  id: string
  number: string
  /** Proposals that wait for a decision. */
  waiting: number
  /** Positions that delegations have taken on them. */
  positions: number
}

/** Paragraphs that are not agreed, with what waits on each; in reading order. */
export function openRows(rows: Row[]): OpenRow[] {
  const told = ({ id, number }: Row, on: Proposal[]): OpenRow[] => [
    { id, number, waiting: on.length, positions: on.reduce((sum, { positions }) => sum + positions.length, 0) },
  ]
  return rows.flatMap((row) => {
    if (row.kind === 'insertion') return told(row, [row.proposal])
    if (row.kind === 'stranded') return []
    const { status } = row.block
    return status === 'open' || status === 'bracketed' ? told(row, row.proposals) : []
  })
}

/** Proposals by which paragraphs were deleted that are still gone, the latest first: what a deletion took is in its base. */
export function deletionsIn({ blocks, proposals }: Pick<Negotiation, 'blocks' | 'proposals'>): Proposal[] {
  const ids = new Set(blocks.map(({ id }) => id))
  return proposals
    .filter(
      ({ operation, state, paragraphId }) =>
        operation === 'delete' && state === 'incorporated' && !ids.has(paragraphId),
    )
    .sort((a, b) => (b.decidedAt ?? '').localeCompare(a.decidedAt ?? ''))
}
