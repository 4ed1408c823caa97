import type { Block, Words } from './manuscript.js'

/** A heading or a paragraph with what stands below it; or, as `plain`, blocks that are no part of the order. */
export interface Unit {
  words: Words
  plain?: Block[]
  units: Unit[]
}

/** The tree that headings by their level and paragraphs by their depth make of a row of blocks. */
export function sectionsOf(blocks: Block[]): Unit[] {
  const top: Unit[] = []
  /** From the outermost to the one that was added last. */
  let open: { rank: number; unit: Unit }[] = []
  for (const block of blocks) {
    const rank = rankOf(block)
    // What is no part of the order stands in the section, not in the paragraph before it.
    open = open.filter((outer) => outer.rank < Math.min(rank, RANK_OF_PARAGRAPHS + (rank === PLAIN ? 0 : 3)))
    const below = open.at(-1)?.unit.units ?? top
    const last = below.at(-1)
    if (rank === PLAIN && last?.plain) last.plain.push(block)
    else if (rank === PLAIN) below.push({ words: NOTHING, plain: [block], units: [] })
    else {
      const unit = { words: block as Words, units: [] }
      below.push(unit)
      open.push({ rank, unit })
    }
  }
  return top
}

const RANK_OF_PARAGRAPHS = 4
const PLAIN = 9
const NOTHING: Words = { is: 'words', id: '', depth: 0, bis: false, isQuote: false, inlines: [] }

function rankOf(block: Block): number {
  if (block.is === 'table') return PLAIN
  if (block.level) return block.level
  return block.part && !block.list ? RANK_OF_PARAGRAPHS + block.depth : PLAIN
}
