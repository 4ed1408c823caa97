import type { Stance } from '@multilogue/shared/decisions'
import type { Language } from '@multilogue/shared/values'
import { isolated, say } from '../../words/words.js'
import { printable, wordsIn, type Block, type Inline, type Words } from './manuscript.js'

/** What delegations said to what was adopted, and where the rules that it was adopted under have it printed. */
export interface Positions {
  place: 'annex' | 'footnote'
  stances: Stance[]
}

/** Reservations, explanations and disassociations with the text: behind it, or as notes to what they are on. */
export function withPositions(blocks: Block[], { place, stances }: Positions, language: Language): Block[] {
  if (stances.length === 0) return blocks
  const told = stances.map((stance) => ({ ...stance, lead: leadOf(stance, blocks, language) }))
  if (place === 'footnote') return footnoted(blocks, told)
  return [
    ...blocks,
    words([run(say(language, 'annex.title'))], { level: 1 }),
    ...told.flatMap(({ lead, text }) => [words([run(lead)]), words([run(text)], { isQuote: true })]),
  ]
}

function leadOf({ kind, by, paragraphId }: Stance, blocks: Block[], language: Language): string {
  const number = [...wordsIn(blocks)].find(({ id }) => id === paragraphId)?.number?.replace(/\.$/, '')
  const place =
    paragraphId === null
      ? say(language, 'record.whole')
      : number
        ? say(language, 'record.paragraph', { number })
        : say(language, 'record.aParagraph')
  return say(language, `record.${kind}`, { name: isolated(by.name, language), place })
}

/** What is said to the whole stands at the title, or at the end of a text that has none. */
function footnoted(blocks: Block[], told: (Stance & { lead: string })[]): Block[] {
  const all = [...wordsIn(blocks)]
  const whole = all.find(({ level }) => level !== undefined) ?? all.at(-1)
  const notesOf = (block: Words): Inline[] =>
    told
      .filter(({ paragraphId }) => (paragraphId === null ? block === whole : block.id === paragraphId))
      .map(({ lead, text }) => ({ is: 'footnote', text: printable(`${lead} ${text}`) }))
  const noted = (block: Block): Block =>
    block.is === 'words'
      ? { ...block, inlines: [...block.inlines, ...notesOf(block)] }
      : { ...block, rows: block.rows.map((row) => row.map((cell) => ({ ...cell, blocks: cell.blocks.map(noted) }))) }
  return blocks.map(noted)
}

const run = (text: string): Inline => ({ is: 'run', text: printable(text), marks: [] })
const words = (inlines: Inline[], more: Partial<Words> = {}): Words => ({
  ...{ is: 'words', id: '', depth: 0, bis: false, isQuote: false, inlines },
  ...more,
})
