import { signed as withBrackets } from '@multilogue/shared/brackets'
import { changesOf } from '@multilogue/shared/compilation'
import type { Block as Proposed, Operation, Run } from '@multilogue/shared/negotiation'
import { numbersOf } from '@multilogue/shared/numbering'
import type { Language } from '@multilogue/shared/values'
import { isWords, MARKS, plainOf, type Block, type Change, type Inline, type Words } from './manuscript.js'

/** A proposal that waits for a decision. */
export interface Pending {
  operation: Operation
  paragraphId: string
  otherId: string | null
  content: Proposed[]
  /** Codes of those who table it. */
  author: string
  /** ISO instant. */
  at: string
}

/**
 * A text with what is proposed on it as tracked changes. Of rivals on one paragraph the first is made on its words, the
 * other wordings come behind it as new paragraphs; proposals on paragraphs that are gone come last.
 */
export function withPending(blocks: Block[], pending: Pending[], language: Language): Block[] {
  const ids = new Set(blocks.flatMap((block) => (block.is === 'words' ? [block.id] : [])))
  const lost = pending.filter(({ paragraphId }) => !ids.has(paragraphId))
  const marked = blocks.flatMap((block): Block[] =>
    block.is === 'words' ? paragraph(block, blocks, pending, language) : [block],
  )
  return numberedAnew([...marked, ...lost.flatMap((proposal) => newParagraphs(proposal))])
}

function paragraph(words: Words, blocks: Block[], pending: Pending[], language: Language): Words[] {
  const on = pending.filter(({ paragraphId }) => paragraphId === words.id && words.id !== '')
  const main = on.find(({ operation }) => operation !== 'insert')
  const rivals = on.filter(
    (proposal) => proposal !== main && ['replace', 'split', 'merge', 'insert'].includes(proposal.operation),
  )
  const merged = pending.find(({ operation, otherId }) => operation === 'merge' && otherId === words.id)
  const moved = pending.filter(({ operation, otherId }) => operation === 'move' && otherId === words.id)
  return [
    ...(main ? changed(words, main, language) : merged ? [{ ...words, change: signed('removed', merged) }] : [words]),
    ...rivals.flatMap((proposal) => newParagraphs(proposal, words)),
    ...moved.flatMap((proposal) => {
      const from = blocks.find((block) => block.is === 'words' && block.id === proposal.paragraphId)
      // What is said of words stays at the place that they come from.
      return from?.is === 'words'
        ? [
            inserted(
              from,
              from.inlines.filter(({ is }) => is !== 'comment'),
              proposal,
            ),
          ]
        : []
    }),
  ]
}

function changed(words: Words, proposal: Pending, language: Language): Words[] {
  const [first, ...others] = proposal.content
  if (!first) return [{ ...words, change: signed('removed', proposal) }]
  const inlines = tracked(words.inlines, plain(first.runs), proposal, language)
  return [{ ...words, inlines }, ...newParagraphs({ ...proposal, content: others }, words)]
}

const newParagraphs = (proposal: Pending, beside?: Words): Words[] =>
  proposal.content.map((block) =>
    inserted({ part: beside?.part, depth: beside?.depth ?? 0, ...block }, inlinesOf(block.runs), proposal),
  )

function inserted(like: Pick<Proposed, 'part' | 'depth'>, inlines: Inline[], proposal: Pending): Words {
  return {
    is: 'words',
    id: '',
    ...(like.part ? { part: like.part } : {}),
    depth: like.depth ?? 0,
    bis: true,
    isQuote: false,
    inlines,
    change: signed('inserted', proposal),
  }
}

/** What was proposed as a new paragraph stands beside the one before it: 5 bis. */
function numberedAnew(blocks: Block[]): Block[] {
  const numbered = blocks.map((block, at) => ({ ...(block.is === 'words' ? block : {}), id: String(at) }))
  const numbers = numbersOf(numbered, 'print')
  return blocks.map((block, at) => {
    const number = block.is === 'words' && block.change?.kind === 'inserted' ? numbers.get(String(at)) : undefined
    return number ? { ...block, number } : block
  })
}

const signed = (kind: Change['kind'], { author, at }: Pending): Change => ({ kind, author, at })

/** Kept words keep their marks. */
function tracked(inlines: Inline[], after: string, proposal: Pending, language: Language): Inline[] {
  const left = [...inlines]
  return changesOf(plainOf(inlines), after, language).flatMap(({ text, mark }): Inline[] => {
    if (mark === 'inserted') return [{ is: 'run', text, marks: [], change: signed('inserted', proposal) }]
    const taken = take(left, text.length)
    if (mark === 'kept') return taken
    return taken.map((inline) => (isWords(inline) ? { ...inline, change: signed('removed', proposal) } : inline))
  })
}

/** Takes so many characters away from the beginning, with the notes among and behind them. */
function take(inlines: Inline[], length: number): Inline[] {
  const taken: Inline[] = []
  for (let left = length; inlines[0] && (left > 0 || !isWords(inlines[0]));) {
    const inline = inlines.shift()!
    if (isWords(inline) && inline.text.length > left) {
      inlines.unshift({ ...inline, text: inline.text.slice(left) })
      taken.push({ ...inline, text: inline.text.slice(0, left) })
      left = 0
    } else {
      taken.push(inline)
      if (isWords(inline)) left -= inline.text.length
    }
  }
  return taken
}

const plain = (runs: Run[]): string => runs.map(({ text }) => text).join('')

const inlinesOf = (runs: Run[]): Inline[] =>
  withBrackets([{ runs }])
    .flat()
    .map(({ run: { text, marks = [] }, opens, closes }) => ({
      is: 'run',
      text: '['.repeat(opens.length) + text + ']'.repeat(closes.length),
      marks: MARKS.filter((mark) => marks.includes(mark)),
    }))
