import type { Editor } from '@tiptap/core'
import { createTable, TableKit } from '@tiptap/extension-table'
import { TextSelection } from '@tiptap/pm/state'

const SIZE = { rows: 3, columns: 3 }

/** Tables of paragraphs, headings and lists. Columns are as wide as their words need: widths are nobody's decision. */
export const Tables = TableKit.configure({
  table: { resizable: false, allowTableNodeSelection: true, renderWrapper: true },
})

/** Puts an empty table below the paragraph with the caret, so that no paragraph is cut in two. */
export function insertTable(editor: Editor): boolean {
  return editor
    .chain()
    .focus()
    .command(({ tr, state: { schema } }) => {
      const { $from } = tr.selection
      const block = $from.depth > 0 ? $from.node(1) : undefined
      const isEmpty = block?.type.name === 'paragraph' && block.childCount === 0
      const at = !block ? tr.selection.to : isEmpty ? $from.before(1) : $from.after(1)
      tr.insert(at, createTable(schema, SIZE.rows, SIZE.columns, true))
      const after = at + tr.doc.nodeAt(at)!.nodeSize
      // Below the last table there is a line to go on writing.
      if (after === tr.doc.content.size) tr.insert(after, schema.nodes.paragraph!.create())
      tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView()
      return true
    })
    .run()
}
