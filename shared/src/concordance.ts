import type { Run } from './negotiation.js'

/*
 * A text beside its rendering in another language, paragraph by paragraph. Paragraphs are known by their permanent ids:
 * a rendering has the id of what it renders, and order and numbers are always those of the source.
 */

/**
 * missing: no words yet. stale: the source reads otherwise than when the rendering was last marked. unbracketed: it says
 * the same, but not as many brackets stand in it.
 */
export type PairState = 'missing' | 'stale' | 'unbracketed' | 'current'
export type RenderingStatus = 'machine' | 'translated' | 'revised' | 'official'

interface Words {
  id: string
  runs: Run[]
}
interface SourceWords extends Words {
  hash: string
  /** How many signs of brackets are printed in it. */
  signs: number
}

export interface Pair<S extends SourceWords, R extends Words, M> {
  source: S
  rendering: R | null
  /** What was last said about the rendering; null while nobody has. */
  mark: M | null
  state: PairState
}

export const saysSomething = ({ runs }: Words): boolean => runs.some(({ text }) => text.trim() !== '')

/** In other languages brackets are written as signs: the acts on them are on the source. */
export const signsIn = (words: string): number => words.match(/[[\]]/g)?.length ?? 0

/**
 * Puts a text and its rendering side by side.
 * @param marks  by paragraph id: against which content of the source each rendering was marked
 * @returns the pairs in the order of the source, and renderings that render nothing any more: their paragraph was
 *   deleted or merged into another, or they came by no paragraph at all
 */
export function align<S extends SourceWords, R extends Words, M extends { sourceHash: string }>(
  source: S[],
  own: R[],
  marks: ReadonlyMap<string, M>,
): { pairs: Pair<S, R, M>[]; surplus: R[] } {
  const said = own.filter(saysSomething)
  // Of two with one id the first one counts, as everywhere.
  const renderings = new Map([...said].reverse().map((rendering) => [rendering.id, rendering]))
  const pairs = source.filter(saysSomething).map((paragraph): Pair<S, R, M> => {
    const rendering = renderings.get(paragraph.id) ?? null
    const mark = marks.get(paragraph.id) ?? null
    if (!rendering) return { source: paragraph, rendering, mark, state: 'missing' }
    if (mark?.sourceHash !== paragraph.hash) return { source: paragraph, rendering, mark, state: 'stale' }
    const signs = signsIn(rendering.runs.map(({ text }) => text).join(''))
    return { source: paragraph, rendering, mark, state: signs === paragraph.signs ? 'current' : 'unbracketed' }
  })
  const used = new Set(pairs.map(({ rendering }) => rendering))
  return { pairs, surplus: said.filter((rendering) => !used.has(rendering)) }
}

/** How many paragraphs stand where, each counted once: by its status only when it is current. */
export interface Progress extends Record<RenderingStatus | 'stale' | 'unbracketed' | 'missing', number> {
  live: number
  surplus: number
}

export function progressOf<S extends SourceWords, R extends Words, M extends { status: RenderingStatus }>({
  pairs,
  surplus,
}: {
  pairs: Pair<S, R, M>[]
  surplus: R[]
}): Progress {
  const counts = { machine: 0, translated: 0, revised: 0, official: 0, stale: 0, unbracketed: 0, missing: 0 }
  for (const { state, mark } of pairs) counts[state !== 'current' ? state : (mark?.status ?? 'translated')]++
  return { ...counts, live: pairs.length, surplus: surplus.length }
}

/**
 * requested: nobody has begun. official: the whole says what the source says, and is closed. overtaken: it was official,
 * and the source has moved on.
 */
export type VersionState = 'requested' | 'in_progress' | 'official' | 'overtaken'

export function versionStateOf(
  isClosed: boolean,
  { live, stale, unbracketed, missing, surplus }: Progress,
): VersionState {
  if (isClosed) return stale + unbracketed + missing + surplus > 0 ? 'overtaken' : 'official'
  return missing === live ? 'requested' : 'in_progress'
}
