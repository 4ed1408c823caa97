import { Extension } from '@tiptap/core'
import { Plugin, TextSelection } from '@tiptap/pm/state'

/**
 * In an empty paragraph that was not drawn yet, as when keys waited for a busy page, Chromium leaves the caret before
 * the first letter, and all others would be written in front of it.
 */
export const FirstLetter = Extension.create({
  name: 'firstLetter',
  // Whoever else takes what is typed is asked before.
  priority: 1,
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleTextInput: (view, from, _to, text, typed) => {
          const transaction = typed()
          const { selection, doc } = transaction
          if (view.composing || !selection.empty || selection.from !== from) return false
          view.dispatch(transaction.setSelection(TextSelection.create(doc, from + text.length)))
          return true
        },
      },
    }),
  ],
})
