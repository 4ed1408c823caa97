import { Extension } from '@tiptap/core'
import { DOMSerializer, type Node } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView, NodeViewConstructor } from '@tiptap/pm/view'

/**
 * What stands beside the top blocks of a text, such as their numbers: attributes of their elements. As decorations, each
 * of them is compared with each block for every key of everybody.
 * @param values  of each top block; undefined: it has none
 */
export function drawBeside<Name extends `data-${string}`>(
  { dom, state }: EditorView,
  names: readonly Name[],
  values: (block: Node, place: number) => Record<Name, string> | undefined,
): void {
  let element = dom.firstElementChild
  state.doc.forEach((block, _, place) => {
    // Somebody's caret may stand between blocks.
    while (element?.classList.contains('ProseMirror-widget')) element = element.nextElementSibling
    const value = values(block, place)
    for (const name of names) {
      const now = value?.[name] ?? null
      if (element?.getAttribute(name) === now) continue
      if (now === null) element?.removeAttribute(name)
      else element?.setAttribute(name, now)
    }
    element = element?.nextElementSibling ?? null
  })
}

/** Drawn as they always are; but that something is said beside them is no edit. */
const block: NodeViewConstructor = (node) => {
  const drawn = DOMSerializer.renderSpec(document, node.type.spec.toDOM!(node))
  return { ...drawn, ignoreMutation: ({ type }) => type === 'attributes' }
}

/** Lets `drawBeside` write to paragraphs and headings. */
export const Beside = Extension.create({
  name: 'beside',
  addProseMirrorPlugins: () => [new Plugin({ props: { nodeViews: { paragraph: block, heading: block } } })],
})
