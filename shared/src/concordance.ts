import type { Run } from './negotiation.js'

/*
 * A text beside its rendering in another language, paragraph by paragraph. Paragraphs are known by their permanent ids:
 * a rendering has the id of what it renders, and order and numbers are always those of the source.
 */

/** missing: no words yet. stale: the source reads otherwise than when the rendering was last marked. */
export type PairState = 'missing' | 'stale' | 'current'
export type RenderingStatus = 'machine' | 'translated' | 'revised' | 'official'

interface Words {
  id: string
  runs: Run[]
}
interface SourceWords extends Words {
  hash: string
}

export interface Pair<S extends SourceWords, R extends Words, M> {
  source: S
  rendering: R | null
  /** What was last said about the rendering; null while nobody has. */
  mark: M | null
  state: PairState
}

export const saysSomething = ({ runs }: Words): boolean => runs.some(({ text }) => text.trim() !== '')

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
    return { source: paragraph, rendering, mark, state: mark?.sourceHash === paragraph.hash ? 'current' : 'stale' }
  })
  const used = new Set(pairs.map(({ rendering }) => rendering))
  return { pairs, surplus: said.filter((rendering) => !used.has(rendering)) }
}

/** How many paragraphs stand where; `stale` and `missing` are counted there and nowhere else. */
export interface Progress extends Record<RenderingStatus | 'stale' | 'missing', number> {
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
  const counts = { machine: 0, translated: 0, revised: 0, official: 0, stale: 0, missing: 0 }
  for (const { state, mark } of pairs)
    counts[state === 'current' && mark ? mark.status : state === 'missing' ? state : 'stale']++
  return { ...counts, live: pairs.length, surplus: surplus.length }
}

/**
 * requested: nobody has begun. official: the whole says what the source says, and is closed. overtaken: it was official,
 * and the source has moved on.
 */
export type VersionState = 'requested' | 'in_progress' | 'official' | 'overtaken'

export function versionStateOf(isClosed: boolean, { live, stale, missing, surplus }: Progress): VersionState {
  if (isClosed) return stale + missing + surplus > 0 ? 'overtaken' : 'official'
  return missing === live ? 'requested' : 'in_progress'
}
