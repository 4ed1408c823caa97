import { Extension, type Editor } from '@tiptap/core'
import type { ParagraphStatus } from '@multilogue/shared/negotiation'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/** What is drawn beside a paragraph that is not simply open. */
export interface Sign {
  status: Exclude<ParagraphStatus, 'open'>
  /** In the reader's language. */
  label: string
}

interface Shown {
  /** By paragraph id. */
  signs: Map<string, Sign>
  drawn: DecorationSet
}

const key = new PluginKey<Shown>('statuses')

/** Says how far the paragraphs are. */
export function showStatuses({ state, view }: Editor, signs: Map<string, Sign>): void {
  view.dispatch(state.tr.setMeta(key, signs))
}

/** How far each paragraph is, in the margin of the text as it is written. */
export const Statuses = Extension.create({
  name: 'statuses',
  addProseMirrorPlugins: () => [
    new Plugin<Shown>({
      key,
      state: {
        init: () => ({ signs: new Map(), drawn: DecorationSet.empty }),
        apply: (transaction, before) => {
          const told = transaction.getMeta(key) as Shown['signs'] | undefined
          if (!told && (!transaction.docChanged || before.signs.size === 0)) return before
          const signs = told ?? before.signs
          return { signs, drawn: beside(transaction.doc, signs) }
        },
      },
      props: { decorations: (state) => key.getState(state)?.drawn },
    }),
  ],
})

function beside(doc: Node, signs: Map<string, Sign>): DecorationSet {
  const drawn: Decoration[] = []
  doc.forEach((node, at) => {
    const sign = signs.get(String(node.attrs.id))
    if (sign)
      drawn.push(
        Decoration.node(at, at + node.nodeSize, { 'data-status': sign.status, 'data-status-name': sign.label }),
      )
  })
  return DecorationSet.create(doc, drawn)
}
