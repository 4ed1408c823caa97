import type { Card } from '@multilogue/shared/collab'
import type { Plugin } from '@tiptap/pm/state'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'

/** The other writers' carets and selections, in their delegation's colour and with a name. */
export function carets(
  awareness: Awareness,
  colourOf: (writer: Card) => string,
  nameOf: (writer: Card) => string,
): Plugin {
  return yCursorPlugin(awareness, {
    cursorBuilder: (writer: Card) => {
      const caret = document.createElement('span')
      caret.className = 'caret'
      caret.style.setProperty('--writer', colourOf(writer))
      const label = document.createElement('span')
      label.className = 'caret-label'
      label.dir = 'auto'
      label.textContent = nameOf(writer)
      caret.append(label)
      return caret
    },
    selectionBuilder: (writer: Card) => ({
      class: 'caret-selection',
      style: `--writer: ${colourOf(writer)}`,
    }),
  })
}
