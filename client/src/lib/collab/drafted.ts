import { among } from '@multilogue/shared/among'
import { WORDLESS, type Drafted } from '@multilogue/shared/drafting-style'
import { PARTS } from '@multilogue/shared/numbering'
import type { Node } from '@tiptap/pm/model'

/** The text as its drafting style is read; offsets in it are offsets in the editor. */
export function draftedIn(doc: Node): Drafted[] {
  const blocks: Drafted[] = []
  doc.descendants((node, at, parent) => {
    const { id, part, depth, bis } = node.attrs
    if (!node.isTextblock || typeof id !== 'string') return !node.isTextblock
    const isTop = parent === doc
    const text = node.textBetween(0, node.content.size, undefined, WORDLESS)
    const kind = node.type.name === 'heading' ? 'heading' : parent?.type.name === 'listItem' ? 'listItem' : 'paragraph'
    blocks.push({
      id,
      kind,
      text,
      ...(isTop
        ? { part: among(PARTS, part), depth: Number(depth) || undefined, bis: bis === true || undefined }
        : { isInCell: isInTable(doc, at) }),
    })
    return false
  })
  return blocks
}

function isInTable(doc: Node, at: number): boolean {
  const place = doc.resolve(at)
  return Array.from({ length: place.depth }, (_, depth) => place.node(depth + 1)).some(
    ({ type }) => type.name === 'table',
  )
}
