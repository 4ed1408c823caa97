import { isChangeOrigin } from '@tiptap/extension-collaboration'
import { UniqueID } from '@tiptap/extension-unique-id'
import { Fragment, Slice, type Node } from '@tiptap/pm/model'
import { Selection, type Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/**
 * Every paragraph and heading has a permanent id. What is pasted gets new ones, but for what was cut from this text
 * here: that is moved, and what is said about it moves along.
 */
export const ParagraphIds = UniqueID.extend({
  addProseMirrorPlugins() {
    const cut = new Set<string>()
    const plugins = this.parent?.() ?? []
    for (const { props } of plugins) {
      const { transformPasted: unnamed, handleDOMEvents } = props
      if (!unnamed) continue
      props.transformPasted = function (this: Plugin, slice, view, plain) {
        const stripped = unnamed.call(this, slice, view, plain)
        if (stripped === slice) return slice
        const standing = new Set<string>()
        view.state.doc.descendants((node) => void standing.add(idOf(node)))
        const moved = [...cut].filter((id) => !standing.has(id))
        return new Slice(named(slice.content, new Set(moved)), slice.openStart, slice.openEnd)
      }
      props.handlePaste = (view, _event, slice) => putWhole(view, slice)
      props.handleDOMEvents = {
        ...handleDOMEvents,
        cut: (view) => {
          const { from, to } = view.state.selection
          cut.clear()
          view.state.doc.nodesBetween(from, to, (node) => void cut.add(idOf(node)))
          return false
        },
      }
    }
    return plugins
  },
}).configure({
  attributeName: 'id',
  types: ['paragraph', 'heading'],
  filterTransaction: (transaction) => !isChangeOrigin(transaction),
})

/** Paragraphs that are moved to the beginning or end of another stand beside it and do not become part of it. */
function putWhole(view: EditorView, { content }: Slice): boolean {
  const { state } = view
  const { $from, empty } = state.selection
  const { parent, parentOffset, depth } = $from
  const isAtStart = parentOffset === 0
  if (!content.firstChild?.attrs.id || !empty || depth !== 1) return false
  if (!isAtStart && parentOffset < parent.content.size) return false
  // Cut up to the beginning of the next.
  const isCutShort = content.childCount > 1 && content.lastChild!.content.size === 0 && !content.lastChild!.attrs.id
  const moved = isCutShort ? content.cut(0, content.size - content.lastChild!.nodeSize) : content
  const [from, to] = [
    isAtStart ? $from.before() : $from.after(),
    isAtStart && parent.content.size > 0 ? $from.before() : $from.after(),
  ]
  const transaction = state.tr.replaceWith(from, to, moved)
  const end = transaction.doc.resolve(from + moved.size)
  view.dispatch(transaction.setSelection(Selection.near(end, -1)).scrollIntoView().setMeta('paste', true))
  return true
}

const idOf = ({ attrs }: Node): string => String(attrs.id ?? '')

/** The nodes with the ids that they may keep, each once. */
function named(fragment: Fragment, free: Set<string>): Fragment {
  const nodes: Node[] = []
  fragment.forEach((node) => {
    if (node.isText) return void nodes.push(node)
    const keeps = !('id' in node.attrs) || free.delete(idOf(node))
    nodes.push(
      node.type.create(keeps ? node.attrs : { ...node.attrs, id: null }, named(node.content, free), node.marks),
    )
  })
  return Fragment.from(nodes)
}
