import { Extension, type Editor } from '@tiptap/core'
import type { ParagraphStatus } from '@multilogue/shared/negotiation'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { drawBeside } from './beside'

/** What is drawn beside a paragraph that is not simply open. */
export interface Sign {
  status: Exclude<ParagraphStatus, 'open'>
  /** In the reader's language. */
  label: string
}

/** By paragraph id. */
type Signs = Map<string, Sign>

const key = new PluginKey<Signs>('statuses')

/** Says how far the paragraphs are. */
export function showStatuses({ state, view }: Editor, signs: Signs): void {
  view.dispatch(state.tr.setMeta(key, signs))
}

/** How far each paragraph is, in the margin of the text as it is written. */
export const Statuses = Extension.create({
  name: 'statuses',
  addProseMirrorPlugins: () => [
    new Plugin<Signs>({
      key,
      state: {
        init: () => new Map(),
        apply: (transaction, before) => (transaction.getMeta(key) as Signs | undefined) ?? before,
      },
      view: () => ({ update: draw }),
    }),
  ],
})

function draw(view: EditorView) {
  const signs = key.getState(view.state)
  drawBeside(view, ['data-status', 'data-status-name'], ({ attrs }) => {
    const sign = signs?.get(String(attrs.id))
    return sign && { 'data-status': sign.status, 'data-status-name': sign.label }
  })
}
