import { BRACKET, bracketIds } from '@multilogue/shared/brackets'
import { joinedRuns } from '../documents/contents.js'
import type { Content, Delta } from '../documents/history/content.js'

type Child = Content['children'][number]

/**
 * The same words with the signs of brackets typed around what is in them. Brackets are kept by the text in which they
 * were opened; a fork shows where they stood, alternatives side by side, and leaves them to who writes it.
 */
export function withTypedBrackets(contents: Content[]): Content[] {
  const [first, last] = [new Map<string, Delta>(), new Map<string, Delta>()]
  const look = (child: Child): void => {
    if (!Array.isArray(child)) return child.children.forEach(look)
    for (const run of child)
      for (const id of bracketIds(run.attributes?.[BRACKET])) {
        if (!first.has(id)) first.set(id, run)
        last.set(id, run)
      }
  }
  const typed = (run: Delta): Delta => {
    const { [BRACKET]: mark, ...others } = run.attributes ?? {}
    const ids = bracketIds(mark)
    const opens = ids.filter((id) => first.get(id) === run).length
    const closes = ids.filter((id) => last.get(id) === run).length
    const insert = typeof run.insert === 'string' ? '['.repeat(opens) + run.insert + ']'.repeat(closes) : run.insert
    return Object.keys(others).length > 0 ? { insert, attributes: others } : { insert }
  }
  const write = (child: Child): Child =>
    Array.isArray(child) ? joinedRuns(child.map(typed)) : { ...child, children: child.children.map(write) }
  contents.forEach(look)
  return contents.map((content) => ({ ...content, children: content.children.map(write) }))
}
