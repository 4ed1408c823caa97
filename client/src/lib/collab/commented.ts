import type { Comment } from '@multilogue/shared/comments'
import { Extension, type Editor } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import * as Y from 'yjs'

/** A comment, by what the drawing needs of it. */
interface Anchored {
  id: string
  from: Y.RelativePosition
  to: Y.RelativePosition
}

interface Shown {
  comments: Anchored[]
  chosenId: string | undefined
  drawn: DecorationSet
}

interface Told {
  comments: Anchored[]
  chosenId: string | undefined
}

export interface CommentedOptions {
  doc: Y.Doc
  /** Words with comments were clicked; the innermost comment first. */
  onchosen: (commentIds: string[]) => void
}

const key = new PluginKey<Shown>('commented')

/** Says which comments are drawn, and which of them is looked at. */
export function showComments({ state, view }: Editor, comments: Comment[], chosenId: string | undefined): void {
  const anchored = comments.map(({ id, anchor }) => ({ id, from: read(anchor.from), to: read(anchor.to) }))
  view.dispatch(state.tr.setMeta(key, { comments: anchored, chosenId } satisfies Told))
}

const read = (base64: string) =>
  Y.decodeRelativePosition(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))

/**
 * Comments as the text shows them: a line under their words. They are no part of the text; where they stand follows from
 * Yjs' relative positions, so that they stay with their words whoever writes.
 */
export const Commented = Extension.create<CommentedOptions>({
  name: 'commented',
  addOptions: () => ({ doc: new Y.Doc(), onchosen: () => undefined }),
  addProseMirrorPlugins() {
    const { doc: shared, onchosen } = this.options
    return [
      new Plugin<Shown>({
        key,
        state: {
          init: () => ({ comments: [], chosenId: undefined, drawn: DecorationSet.empty }),
          apply: (transaction, before) => next(transaction, before, shared),
        },
        props: {
          decorations: (state) => key.getState(state)?.drawn,
          handleClick: (view, at) => {
            const here = key.getState(view.state)?.drawn.find(at, at) ?? []
            const ids = here
              .sort((one, other) => one.to - one.from - (other.to - other.from))
              .map(({ spec }) => (spec as { id: string }).id)
            if (ids.length > 0) onchosen(ids)
            return false
          },
        },
      }),
    ]
  },
})

function next(transaction: Transaction, before: Shown, shared: Y.Doc): Shown {
  const told = transaction.getMeta(key) as Told | undefined
  const { comments, chosenId } = told ?? before
  if (comments.length === 0) return told ? { ...told, drawn: DecorationSet.empty } : before
  if (!told && !transaction.docChanged) return before
  // The shared text learns of what is typed here only afterwards; what comes from it is there already.
  const drawn =
    told || isChangeOrigin(transaction)
      ? drawnIn(transaction.doc, shared, comments, chosenId)
      : before.drawn.map(transaction.mapping, transaction.doc)
  return { comments, chosenId, drawn }
}

function drawnIn(doc: Node, shared: Y.Doc, comments: Anchored[], chosenId: string | undefined): DecorationSet {
  const begins = new Map<string, number>()
  doc.descendants((node, at) => {
    const id: unknown = node.attrs.id
    if (node.isTextblock && typeof id === 'string') begins.set(id, at + 1)
    return !node.isTextblock
  })
  return DecorationSet.create(
    doc,
    comments.flatMap(({ id, from, to }) => {
      const [first, last] = [placeOf(from, shared, begins), placeOf(to, shared, begins)]
      if (first === undefined || last === undefined || first >= last || last > doc.content.size) return []
      const look = { class: id === chosenId ? 'commented chosen' : 'commented' }
      return [Decoration.inline(first, last, look, { id })]
    }),
  )
}

/** Undefined when the words that it stood at are gone. */
function placeOf(position: Y.RelativePosition, shared: Y.Doc, begins: Map<string, number>): number | undefined {
  const found = Y.createAbsolutePositionFromRelativePosition(position, shared)
  if (!found) return undefined
  const { type, index } = found
  const block: unknown = type instanceof Y.XmlText ? type.parent : type
  if (!(block instanceof Y.XmlElement) || block._item?.deleted) return undefined
  const begin = begins.get(block.getAttribute('id') ?? '')
  if (begin === undefined) return undefined
  let at = begin
  for (const [place, node] of block.toArray().entries()) {
    if (node === type) return at + index
    if (type === block && place === index) return at
    at += node instanceof Y.XmlText ? node.length : 1
  }
  return type === block ? at : undefined
}
