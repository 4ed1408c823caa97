import { Extension } from '@tiptap/core'
import { yCursorPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'

/**
 * A browser moves the caret first and tells of it a moment later. Whatever others write or move in that moment would
 * put the caret back to where the editor last knew it, so the editor is told before it hears from others.
 */
export function clicksFirst(doc: Y.Doc) {
  const tell = () => document.dispatchEvent(new Event('selectionchange'))
  return Extension.create({
    name: 'clicksFirst',
    // Before the editor's own listener, which notes where the caret is.
    onBeforeCreate: () => void doc.on('beforeAllTransactions', tell),
    onDestroy: () => doc.off('beforeAllTransactions', tell),
    dispatchTransaction({ transaction, next }) {
      // While it is being mounted, it has no view yet.
      if (this.editor.isDestroyed) return next(transaction)
      const { view } = this.editor
      if (!transaction.getMeta(yCursorPluginKey) || !view.hasFocus()) return next(transaction)
      tell()
      const { doc: now, selection } = view.state
      // With words of its own the editor has drawn anew already.
      if (now !== transaction.before) return
      next(selection.eq(transaction.selection) ? transaction : transaction.setSelection(selection))
    },
  })
}
