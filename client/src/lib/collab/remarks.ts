import { Extension, type Editor } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'

/** Something that this browser has to say of words in the text. */
export interface Remark {
  look: 'hint' | 'term'
  paragraphId: string
  /** UTF-16 code units from the paragraph's beginning, as is `to`; left out: it is about all of the paragraph. */
  from?: number
  to?: number
  /** What stands there; where others have written something else meanwhile, nothing is drawn. */
  words?: string
  title?: string
  text: string
}

/** A remark whose words the pointer or the caret is at; undefined when it has left. */
export type OnRemark = (remark: Remark | undefined, drawn?: Element) => void

interface Told {
  remarks: Remark[]
  onremark: OnRemark
}
type Shown = Told & { drawn: DecorationSet }

const key = new PluginKey<Shown>('remarks')

export function showRemarks({ state, view }: Editor, remarks: Remark[], onremark: OnRemark): void {
  view.dispatch(state.tr.setMeta(key, { remarks, onremark } satisfies Told))
}

/** Lines under words of which there is something to say, and who is at them. They are no part of the text. */
export const Remarks = Extension.create({
  name: 'remarks',
  addProseMirrorPlugins: () => [
    new Plugin<Shown>({
      key,
      state: {
        init: () => ({ remarks: [], onremark: () => undefined, drawn: DecorationSet.empty }),
        apply: (transaction, before) => {
          const told = transaction.getMeta(key) as Told | undefined
          if (told) return { ...told, drawn: drawnIn(transaction.doc, told.remarks) }
          if (!transaction.docChanged || before.remarks.length === 0) return before
          // What others write replaces more than they wrote.
          const drawn = isChangeOrigin(transaction)
            ? drawnIn(transaction.doc, before.remarks)
            : before.drawn.map(transaction.mapping, transaction.doc)
          return { ...before, drawn }
        },
      },
      props: {
        decorations: (state) => key.getState(state)?.drawn,
        handleDOMEvents: {
          mouseover: (view, { target }) => {
            if (target instanceof Element) tell(view, target.closest('[data-remark]'))
          },
          mouseleave: (view) => key.getState(view.state)?.onremark(undefined),
          blur: (view) => key.getState(view.state)?.onremark(undefined),
        },
      },
      view: () => ({
        update: (view, before) => {
          if (view.state.doc !== before.doc) key.getState(view.state)?.onremark(undefined)
          else if (!view.state.selection.eq(before.selection)) tell(view, atCaret(view))
        },
      }),
    }),
  ],
})

function tell(view: EditorView, drawn: Element | null) {
  const { remarks = [], onremark } = key.getState(view.state) ?? {}
  const remark = remarks[Number(drawn?.getAttribute('data-remark'))]
  if (drawn && remark) onremark?.(remark, drawn)
  else onremark?.(undefined)
}

function atCaret(view: EditorView): Element | null {
  const place = placeAt(view.state)
  return place === undefined ? null : view.dom.querySelector(`[data-remark="${place}"]`)
}

/** The shortest remark wins. */
function placeAt(state: EditorState): number | undefined {
  const { selection } = state
  if (!selection.empty) return undefined
  const here = key.getState(state)?.drawn.find(selection.from, selection.from) ?? []
  const shortest = here.sort((one, other) => one.to - one.from - (other.to - other.from))[0]
  return (shortest?.spec as { place: number } | undefined)?.place
}

function drawnIn(doc: Node, remarks: Remark[]): DecorationSet {
  if (remarks.length === 0) return DecorationSet.empty
  const blocks = new Map<string, { node: Node; at: number }>()
  doc.descendants((node, at) => {
    const id: unknown = node.attrs.id
    if (node.isTextblock && typeof id === 'string') blocks.set(id, { node, at })
    return !node.isTextblock
  })
  return DecorationSet.create(
    doc,
    remarks.flatMap(({ look, paragraphId, from, to, words }, place) => {
      const block = blocks.get(paragraphId)
      const facts = { 'data-remark': String(place), class: `remark ${look}` }
      if (!block) return []
      const { node, at } = block
      if (from === undefined || to === undefined) return [Decoration.node(at, at + node.nodeSize, facts, { place })]
      if (to > node.content.size || node.textBetween(from, to) !== words) return []
      return [Decoration.inline(at + 1 + from, at + 1 + to, facts, { place })]
    }),
  )
}
