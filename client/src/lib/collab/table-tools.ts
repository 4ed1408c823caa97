import type { Editor } from '@tiptap/core'
import { t } from '$lib/i18n/i18n.svelte'
import type { Choice } from './ToolMenu.svelte'

/** What can be done to the table with the caret; nothing outside of tables. */
export function tableTools(editor: Editor): Choice[] {
  if (!editor.isActive('table')) return []
  const can = editor.can()
  const chain = () => editor.chain().focus()
  return [
    { label: t('drafting.rowAbove'), run: () => chain().addRowBefore().run() },
    { label: t('drafting.rowBelow'), run: () => chain().addRowAfter().run() },
    { label: t('drafting.columnBefore'), run: () => chain().addColumnBefore().run() },
    { label: t('drafting.columnAfter'), run: () => chain().addColumnAfter().run() },
    { label: t('drafting.headerRow'), run: () => chain().toggleHeaderRow().run() },
    { label: t('drafting.mergeCells'), disabled: !can.mergeCells(), run: () => chain().mergeCells().run() },
    { label: t('drafting.splitCell'), disabled: !can.splitCell(), run: () => chain().splitCell().run() },
    { label: t('drafting.removeRow'), run: () => chain().deleteRow().run() },
    { label: t('drafting.removeColumn'), run: () => chain().deleteColumn().run() },
    { label: t('drafting.removeTable'), run: () => chain().deleteTable().run() },
  ]
}
