import { Fragment, Slice, type Node, type Schema } from '@tiptap/pm/model'

/**
 * Pasted plain text: lines that stand together become one paragraph with line breaks, an empty line
 * starts the next. Nothing but line ends is changed.
 */
export function parsePlainText(text: string, schema: Schema): Slice {
  const { paragraph, hardBreak } = schema.nodes
  if (!paragraph || !hardBreak) return Slice.empty
  const groups = text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)
    .filter((group) => group.trim())
  const paragraphs = groups.map((group) => {
    const inline: Node[] = []
    for (const line of group.replace(/^\n+|\n+$/g, '').split('\n')) {
      if (inline.length) inline.push(hardBreak.create())
      if (line) inline.push(schema.text(line))
    }
    return paragraph.create(null, inline)
  })
  return Slice.maxOpen(Fragment.from(paragraphs))
}
