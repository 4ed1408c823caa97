import type { Editor } from '@tiptap/core'
import type { EditorState } from '@tiptap/pm/state'
import type { CaretParagraph, Heading, TextStatus } from './text-status.svelte'

const LOOK_MS = 100

/**
 * What the page shows of the editor beside it: where the caret is, and the headings. It is looked at a few times a
 * second, not with every key, and told only when it has changed. Selected words are looked at in the next frame: they
 * are selected to do something with them.
 * @param onlook  after each look: for what is shown of the editor elsewhere
 */
export class ShownOfEditor {
  #status: TextStatus
  #onlook: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #frame: number | undefined
  #caretMoved = false

  constructor(status: TextStatus, onlook: () => void) {
    this.#status = status
    this.#onlook = onlook
  }

  /** The editor has changed, or its caret has moved. */
  later(editor: Editor) {
    // Before anybody has been in the text, the caret stands at its beginning for no reason.
    this.#caretMoved ||= editor.isFocused
    if (editor.state.selection.empty) this.#timer ??= setTimeout(() => this.#look(editor.state), LOOK_MS)
    else this.#frame ??= requestAnimationFrame(() => this.#look(editor.state))
  }

  stop() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#frame = undefined
  }

  #look(state: EditorState) {
    this.stop()
    const status = this.#status
    if (this.#caretMoved) {
      this.#caretMoved = false
      const caret = paragraphAt(state)
      if (caret?.id !== status.caret?.id || caret?.text !== status.caret?.text) status.caret = caret
    }
    const outline = outlineOf(state)
    if (JSON.stringify(outline) !== JSON.stringify(status.outline)) status.outline = outline
    this.#onlook()
  }
}

/** The text block that holds the caret, once it has words and a permanent id. */
function paragraphAt(state: EditorState): CaretParagraph | undefined {
  const block = state.selection.$from.parent
  const id: unknown = block.attrs.id
  const text = block.textBetween(0, block.content.size, '\n', '\n')
  return block.isTextblock && typeof id === 'string' && text ? { id, text } : undefined
}

function outlineOf(state: EditorState): Heading[] {
  const headings: Heading[] = []
  state.doc.forEach((node) => {
    const id: unknown = node.attrs.id
    if (node.type.name === 'heading' && typeof id === 'string' && node.textContent)
      headings.push({ id, level: Number(node.attrs.level), text: node.textContent })
  })
  return headings
}
