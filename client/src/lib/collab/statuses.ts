import { Extension, type Editor } from '@tiptap/core'
import type { ParagraphStatus } from '@multilogue/shared/negotiation'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { besideBlocks, type Beside } from './beside'

/** What is drawn beside a paragraph that is not simply open. */
export interface Sign {
  status: Exclude<ParagraphStatus, 'open'>
  /** In the reader's language. */
  label: string
}

interface Shown {
  /** By paragraph id. */
  signs: Map<string, Beside>
  drawn: (Beside | undefined)[]
}

const key = new PluginKey<Shown>('statuses')

/** Says how far the paragraphs are. @param signs  by paragraph id */
export function showStatuses({ state, view }: Editor, signs: Map<string, Sign>): void {
  view.dispatch(state.tr.setMeta(key, new Map([...signs].map(([id, sign]) => [id, attributesOf(sign)]))))
}

const attributesOf = ({ status, label }: Sign): Beside => ({ 'data-status': status, 'data-status-name': label })

/** How far each paragraph is, in the margin of the text as it is written. */
export const Statuses = Extension.create({
  name: 'statuses',
  addProseMirrorPlugins: () => [
    new Plugin<Shown>({
      key,
      state: {
        init: () => ({ signs: new Map(), drawn: [] }),
        apply: (transaction, before) => {
          const told = transaction.getMeta(key) as Shown['signs'] | undefined
          if (!told && (!transaction.docChanged || before.signs.size === 0)) return before
          const signs = told ?? before.signs
          return { signs, drawn: transaction.doc.children.map(({ attrs }) => signs.get(String(attrs.id))) }
        },
      },
      view: besideBlocks((state) => key.getState(state)?.drawn),
    }),
  ],
})
