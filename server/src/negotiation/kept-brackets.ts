import { BRACKET, bracketIds } from '@multilogue/shared/brackets'
import { changesOf } from '@multilogue/shared/compilation'
import { bracketsIn, joinedRuns } from '../documents/contents.js'
import type { Content, Delta } from '../documents/history/content.js'

/** The proposed paragraphs with these brackets alone: others that stood when they were drafted have been closed since. */
export function withBrackets(contents: Content[], known: Set<string>): Content[] {
  const kept = (child: Content['children'][number]): Content['children'][number] =>
    Array.isArray(child) ? joinedRuns(child.map(run)) : { ...child, children: child.children.map(kept) }
  const run = ({ insert, attributes }: Delta): Delta => {
    const { [BRACKET]: mark, ...others } = attributes ?? {}
    const ids = bracketIds(mark).filter((id) => known.has(id))
    const left = ids.length > 0 ? { ...others, [BRACKET]: { ids: ids.join(' ') } } : others
    return Object.keys(left).length > 0 ? { insert, attributes: left } : { insert }
  }
  return contents.map((content) => ({ ...content, children: content.children.map(kept) }))
}

/**
 * The proposed paragraphs with the brackets that were opened after the proposal was written, around those of their
 * words that stay: who proposes other words for one part does not speak for who holds brackets round another.
 * @param now  the paragraphs as they stand in the text: two when they are merged
 * @param base  what the proposal was made on
 */
export function keepingBrackets(now: Content[], base: Content[], proposed: Content[]): Content[] {
  const known = bracketsIn([...base, ...proposed])
  const since = [...bracketsIn(now)].filter((id) => !known.has(id))
  const [before, after] = [inLine(now), inLine(proposed)]
  if (since.length === 0 || !before || !after) return proposed
  const held = before
    .flat()
    .flatMap(({ insert, attributes }) =>
      [...insert].map(() => bracketIds(attributes?.[BRACKET]).filter((id) => since.includes(id))),
    )
  const carried = carriedOver(held, wordsOf(before.flat()), wordsOf(after.flat()))
  let place = 0
  const bracketed = after.map((runs) =>
    runs.flatMap((run) =>
      [...run.insert].map((insert): Delta => {
        const ids = [...(carried[place++] ?? []), ...bracketIds(run.attributes?.[BRACKET])]
        return ids.length > 0
          ? { insert, attributes: { ...run.attributes, [BRACKET]: { ids: ids.join(' ') } } }
          : { ...run, insert }
      }),
    ),
  )
  return proposed.map((content, at) => ({ ...content, children: [joinedRuns(bracketed[2 * at]!)] }))
}

type Words = Delta & { insert: string }

/** The words of paragraphs in a row, a blank between two. Undefined when one holds more than words. */
function inLine(contents: Content[]): Words[][] | undefined {
  const paragraphs = contents.map(runsOf)
  if (!paragraphs.every((runs) => runs !== undefined)) return undefined
  return paragraphs.flatMap((runs, at) => (at === 0 ? [runs] : [[{ insert: ' ' }], runs]))
}

/** Undefined for a paragraph that holds more than words. */
function runsOf({ children }: Content): Words[] | undefined {
  const [runs, ...more] = children
  if (more.length > 0 || !Array.isArray(runs)) return undefined
  const isWords = (run: Delta): run is Words => typeof run.insert === 'string' && !/[\ud800-\udfff]/.test(run.insert)
  return runs.every(isWords) ? runs : undefined
}

const wordsOf = (runs: Words[]): string => runs.map(({ insert }) => insert).join('')

/** The brackets of each unit of the new words; what is written between two words of a bracket is in it. */
function carriedOver(held: string[][], before: string, after: string): string[][] {
  const carried: string[][] = []
  let place = 0
  for (const { text, mark } of changesOf(before, after, 'und'))
    if (mark === 'inserted') {
      const [left = [], right = []] = [held[place - 1], held[place]]
      const around = left.filter((id) => right.includes(id))
      carried.push(...Array.from({ length: text.length }, () => around))
    } else {
      if (mark === 'kept') carried.push(...held.slice(place, place + text.length))
      place += text.length
    }
  return carried
}
