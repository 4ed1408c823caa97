import { Extension } from '@tiptap/core'
import { DOMSerializer } from '@tiptap/pm/model'
import { Plugin, type EditorState } from '@tiptap/pm/state'
import type { EditorView, NodeViewConstructor } from '@tiptap/pm/view'

/** Of one top block, by the names of its attributes. */
export type Beside = Record<`data-${string}`, string>

/**
 * What stands beside the top blocks of a text, such as their numbers: attributes of their elements. As decorations, each
 * of them would be compared with each block for every key of everybody.
 * @param valuesIn  by the place of the blocks; undefined: there is nothing beside it
 */
export function besideBlocks(valuesIn: (state: EditorState) => (Beside | undefined)[] | undefined) {
  const drawn = new WeakMap<Element, Beside>()
  const draw = ({ dom, state }: EditorView) => {
    const values = valuesIn(state) ?? []
    let element = dom.firstElementChild
    for (let place = 0; place < state.doc.childCount && element; place++) {
      // Somebody's caret may stand between blocks.
      while (element && !drawn.has(element) && isWidget(element)) element = element.nextElementSibling
      if (!element) return
      const [before, now] = [drawn.get(element), values[place] ?? NOTHING]
      if (before !== now) {
        drawn.set(element, now)
        write(element, before ?? NOTHING, now)
      }
      element = element.nextElementSibling
    }
  }
  return (view: EditorView) => {
    draw(view)
    return { update: draw }
  }
}

const NOTHING: Beside = {}

const isWidget = ({ classList }: Element): boolean => classList.contains('ProseMirror-widget')

function write(element: Element, before: Beside, now: Beside) {
  for (const name in before) if (!(name in now)) element.removeAttribute(name)
  for (const name in now) {
    const value = now[name as keyof Beside]!
    if (before[name as keyof Beside] !== value) element.setAttribute(name, value)
  }
}

/** Drawn as they always are; but that something is said beside them is no edit. */
const block: NodeViewConstructor = (node) => {
  const drawn = DOMSerializer.renderSpec(document, node.type.spec.toDOM!(node))
  return { ...drawn, ignoreMutation: ({ type }) => type === 'attributes' }
}

/** Lets `besideBlocks` write to paragraphs and headings. */
export const BesideBlocks = Extension.create({
  name: 'beside',
  addProseMirrorPlugins: () => [new Plugin({ props: { nodeViews: { paragraph: block, heading: block } } })],
})
