import { among } from '@multilogue/shared/among'
import { Node, type Editor } from '@tiptap/core'
import { PARTS, type Numbered } from '@multilogue/shared/numbering'
import { referenceNames, referenceTo, signOf, type ReferenceNames } from '@multilogue/shared/references'
import type { Language } from '@multilogue/shared/values'
import type { Node as Found } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

export interface ReferenceOptions {
  language: Language
  /** The text is only a part of one: paragraphs that are not in it may stand in the other. */
  isPart: boolean
  onfollow: (paragraphId: string) => void
}

/** A cross-reference names a paragraph by its permanent id; what it says is drawn (shared/src/references.ts). */
export const CrossReferences = Node.create<ReferenceOptions>({
  name: 'crossReference',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addOptions: () => ({ language: 'en' as Language, isPart: false, onfollow: () => undefined }),
  addAttributes: () => ({
    to: {
      default: '',
      parseHTML: (element) => element.getAttribute('data-to') ?? '',
      renderHTML: ({ to }: Record<string, unknown>) => ({ 'data-to': String(to) }),
    },
  }),
  parseHTML: () => [{ tag: 'span[data-to]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', { class: 'cross-reference', ...HTMLAttributes }],
  renderText({ node }) {
    const { language } = this.options
    return referenceTo(node.attrs.to, namesIn(this.editor!.state.doc, language), language)
  },
  addProseMirrorPlugins() {
    const { options } = this
    const key = new PluginKey<DecorationSet>('crossReferences')
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_, { doc }) => drawn(doc, options),
          apply: (transaction, before) => (transaction.docChanged ? drawn(transaction.doc, options) : before),
        },
        props: {
          decorations: (state) => key.getState(state),
          // A click chooses it, as it does a footnote; with Ctrl or Command, or where nothing can be written, it leads there.
          handleClickOn: (view, _, node, __, event) => {
            if (node.type.name !== 'crossReference') return false
            if (view.editable && !event.ctrlKey && !event.metaKey) return false
            options.onfollow(String(node.attrs.to))
            return true
          },
        },
      }),
    ]
  },
})

/** A paragraph that can be referred to. */
export interface Referable {
  id: string
  name: string
  text: string
}

export function referablesIn(doc: Found, language: Language): Referable[] {
  const names = namesIn(doc, language)
  const found: Referable[] = []
  doc.forEach((node) => {
    const id: unknown = node.attrs.id
    const name = typeof id === 'string' ? names.get(id) : undefined
    if (name) found.push({ id: String(id), name, text: node.textContent })
  })
  return found
}

export const insertReference = (editor: Editor, to: string): boolean =>
  editor.chain().focus().insertContent({ type: 'crossReference', attrs: { to } }).run()

function namesIn(doc: Found, language: Language): ReferenceNames {
  const paragraphs: Numbered[] = []
  doc.forEach(({ type, attrs: { id, part, depth, bis } }) => {
    if (type.name === 'paragraph')
      paragraphs.push({ id: String(id), part: among(PARTS, part), depth: Number(depth), bis: bis === true })
  })
  return referenceNames(paragraphs, language)
}

function drawn(doc: Found, { language, isPart }: ReferenceOptions): DecorationSet {
  let names: ReferenceNames | undefined
  const decorations: Decoration[] = []
  doc.descendants((node, at) => {
    if (node.type.name !== 'crossReference') return
    names ??= namesIn(doc, language)
    const { to } = node.attrs
    const isThere = names.has(String(to))
    const says = isThere || !isPart ? referenceTo(to, names, language) : signOf('crossReference', {})
    const facts = { 'data-says': says, ...(isThere || isPart ? {} : { class: 'broken' }) }
    decorations.push(Decoration.node(at, at + node.nodeSize, facts))
  })
  return DecorationSet.create(doc, decorations)
}
