import { among } from '@multilogue/shared/among'
import { Extension } from '@tiptap/core'
import { PARTS } from '@multilogue/shared/numbering'
import { Fragment, Slice, type Attrs, type Node } from '@tiptap/pm/model'
import { Plugin, TextSelection, type EditorState } from '@tiptap/pm/state'
import { cleanHtml, type Target } from './pasted-html'
import { spansIn } from './pasted-tables'

/** A paste travels as one frame of at most a megabyte, in which each block and format takes its share. */
const MOST_BYTES = 800 * 1024
const BLOCK_BYTES = 120
const FORMAT_BYTES = 40

export interface PastedOptions {
  /** More was pasted than travels at once, and nothing of it was taken. In bytes. */
  ontoolarge: (bytes: number, most: number) => void
}

/** What is pasted or dropped comes in as a text has it, whoever made it. */
export const Pasted = Extension.create<PastedOptions>({
  name: 'pasted',
  // Before lists, which make one of every plain text that begins with a number.
  priority: 200,
  addOptions: () => ({ ontoolarge: () => undefined }),
  addProseMirrorPlugins() {
    const { ontoolarge } = this.options
    /** The first paragraph's number has just been read from its words. */
    let isNumbered = false
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html, view) => {
            const target = targetIn(view.state)
            const clean = cleanHtml(html, target)
            isNumbered = !target.hasWords && /^[^<]*<p [^>]*data-part=/.test(clean)
            return clean
          },
          transformPasted: (slice) => {
            // Open, its words would join the paragraph with the caret and be numbered as that is.
            const opens = isNumbered ? 0 : slice.openStart
            isNumbered = false
            return new Slice(lawful(slice.content), opens, slice.openEnd)
          },
          handlePaste: (view, { clipboardData }, slice) => {
            const bytes = bytesOf(slice)
            const isPlain = !clipboardData?.getData('text/html')
            if (bytes > MOST_BYTES) ontoolarge(bytes, MOST_BYTES)
            else if (isPlain && view.state.selection instanceof TextSelection)
              view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true))
            else return false
            return true
          },
        },
      }),
    ]
  },
})

function targetIn({ selection: { $from } }: EditorState): Target {
  return { isTop: $from.depth <= 1, hasWords: $from.parent.isTextblock && $from.parent.content.size > 0 }
}

/** About what it takes on its way to the server. */
function bytesOf({ content }: Slice): number {
  let bytes = 0
  const coder = new TextEncoder()
  content.descendants((node) => {
    const words = node.text ?? (node.type.name === 'footnote' ? String(node.attrs.text) : '')
    bytes += coder.encode(words).length + (node.isText ? node.marks.length * FORMAT_BYTES : BLOCK_BYTES)
  })
  return bytes
}

type Spans = ReturnType<typeof spansIn>

/** Attributes come from strangers too, who may write into HTML what they like. @param spans  of the cells around */
function lawful(fragment: Fragment, spans?: Spans): Fragment {
  const nodes: Node[] = []
  fragment.forEach((node) => {
    if (node.isText) return void nodes.push(node)
    const within = node.type.name === 'table' ? spansIn(node) : spans
    nodes.push(node.type.create(lawfulAttributes(node, spans), lawful(node.content, within), node.marks))
  })
  return Fragment.from(nodes)
}

function lawfulAttributes(node: Node, spans?: Spans): Attrs {
  const { part, depth, bis, level, start } = node.attrs
  switch (node.type.name) {
    case 'paragraph':
      return {
        ...node.attrs,
        part: among(PARTS, part) ?? null,
        depth: depth === 1 || depth === 2 ? depth : null,
        bis: bis === true ? true : null,
      }
    case 'heading':
      return { ...node.attrs, level: between(level, 3) }
    case 'orderedList':
      return { start: between(start, 9999) }
    case 'tableCell':
    case 'tableHeader':
      return spans?.get(node) ?? {}
    default:
      return node.attrs
  }
}

const between = (value: unknown, most: number): number => Math.min(most, Math.max(1, Math.floor(Number(value)) || 1))
