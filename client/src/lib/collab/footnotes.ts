import { Node, type Editor } from '@tiptap/core'
import { NodeSelection, Plugin, TextSelection, type Selection } from '@tiptap/pm/state'
import type { Node as Found } from '@tiptap/pm/model'

/** The footnote that is chosen in the editor. */
export interface ChosenFootnote {
  text: string
  /** Where it is drawn, in the window. */
  place: DOMRect
}

export interface FootnoteOptions {
  /** The notes of the text, in reading order. */
  onnotes: (notes: string[]) => void
  onchosen: (footnote: ChosenFootnote | undefined) => void
  /** The keyboard asks to write in the chosen one. */
  onopen: () => void
}

/**
 * A footnote stands in a line without words of its own; what it says is its attribute `text`. Its figure follows from
 * the order and is drawn by CSS, never written.
 */
export const Footnotes = Node.create<FootnoteOptions>({
  name: 'footnote',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addOptions: () => ({ onnotes: () => undefined, onchosen: () => undefined, onopen: () => undefined }),
  addAttributes: () => ({
    text: {
      default: '',
      parseHTML: (element) => element.getAttribute('data-footnote') ?? '',
      renderHTML: ({ text }: Record<string, unknown>) => ({ 'data-footnote': String(text), title: String(text) }),
    },
  }),
  parseHTML: () => [{ tag: 'sup[data-footnote]' }],
  renderHTML: ({ HTMLAttributes }) => ['sup', { class: 'footnote', ...HTMLAttributes }],
  renderText: ({ node }) => ` [${String(node.attrs.text)}]`,
  addKeyboardShortcuts() {
    return {
      Enter: () => {
        if (!chosenIn(this.editor)) return false
        this.options.onopen()
        return true
      },
    }
  },
  addProseMirrorPlugins() {
    const { editor, options } = this
    return [
      new Plugin({
        view: () => {
          options.onnotes(notesIn(editor.state.doc))
          return {
            update: (view, before) => {
              if (view.state.doc !== before.doc) options.onnotes(notesIn(view.state.doc))
              const [was, is] = [footnoteIn(before.selection), footnoteIn(view.state.selection)]
              // Others write on around a footnote that is chosen, and it stays the one that is chosen.
              if (was !== is && !(was && is && view.state.doc !== before.doc)) options.onchosen(chosenIn(editor))
            },
          }
        },
      }),
    ]
  },
})

/** Puts an empty footnote behind the selection and chooses it. The focus is for the box in which it is written. */
export function insertFootnote({ state, view }: Editor): void {
  const { tr, selection, schema } = state
  if (!selection.$to.parent.inlineContent) return
  tr.insert(selection.to, schema.nodes.footnote!.create())
  view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, selection.to)).scrollIntoView())
}

/** Writes the chosen footnote; one that has nothing to say goes. @param back  the caret comes to stand behind it */
export function writeFootnote(editor: Editor, text: string, back: boolean): void {
  const { selection, schema } = editor.state
  const isThere = footnoteIn(selection) !== undefined
  const said = text.replaceAll(/\s+/g, ' ').trim()
  const { tr } = editor.state
  // Somebody else may have removed it meanwhile: what was written in it is set where it stood.
  if (isThere && said) tr.setNodeMarkup(selection.from, undefined, { text: said })
  else if (isThere) tr.delete(selection.from, selection.to)
  else if (said) tr.insert(selection.from, schema.nodes.footnote!.create({ text: said }))
  if (back) tr.setSelection(TextSelection.near(tr.doc.resolve(selection.from + (said ? 1 : 0))))
  editor.view.dispatch(tr)
  if (back) editor.view.focus()
}

const footnoteIn = (selection: Selection): Found | undefined =>
  selection instanceof NodeSelection && selection.node.type.name === 'footnote' ? selection.node : undefined

function chosenIn({ state: { selection }, view }: Editor): ChosenFootnote | undefined {
  const footnote = footnoteIn(selection)
  const drawn = view.nodeDOM(selection.from)
  if (!footnote || !(drawn instanceof HTMLElement)) return undefined
  return { text: String(footnote.attrs.text), place: drawn.getBoundingClientRect() }
}

function notesIn(doc: Found): string[] {
  const notes: string[] = []
  doc.descendants((node) => {
    if (node.type.name === 'footnote') notes.push(String(node.attrs.text))
  })
  return notes
}
