import { Mark, type Editor } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import { BRACKET, bracketIds, type Bracket } from '@multilogue/shared/brackets'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state'
import { RemoveMarkStep } from '@tiptap/pm/transform'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/** Words that are selected, as an act on them names them. */
export interface Selected {
  paragraphId: string
  /** UTF-16 code units from the paragraph's beginning. */
  from: number
  quote: string
}

/** What stands in the text where no words can. */
const OTHER = '\ufffc'

/** The selected words of one paragraph; undefined when nothing or more is selected. */
export function selectedIn({ doc, selection }: EditorState): Selected | undefined {
  const { $from, $to, from, to, empty } = selection
  const id: unknown = $from.parent.attrs.id
  if (empty || !$from.sameParent($to) || !$from.parent.isTextblock || typeof id !== 'string') return undefined
  return { paragraphId: id, from: $from.parentOffset, quote: doc.textBetween(from, to, '', OTHER) }
}

/** Whose a bracket is stands behind its last word, whichever way that runs. */
const [ISOLATE, END] = ['\u2068', '\u2069']

interface Shown {
  holders: Map<string, Bracket>
  signs: DecorationSet
}

const key = new PluginKey<Shown>('brackets')

/** Says whose the brackets are. */
export function showHolders({ state, view }: Editor, brackets: Bracket[]): void {
  view.dispatch(state.tr.setMeta(key, new Map(brackets.map((bracket) => [bracket.id, bracket]))))
}

/**
 * Brackets as the text shows them. They are opened and closed by acts: typing, cutting and pasting neither write one nor
 * take one away, and what would is refused and told.
 */
export const Brackets = Mark.create<{ onrefused: () => void }>({
  name: BRACKET,
  inclusive: false,
  addOptions: () => ({ onrefused: () => undefined }),
  addAttributes: () => ({ ids: { default: '', rendered: false } }),
  parseHTML: () => [],
  renderHTML: () => ['span', { class: 'bracketed' }, 0],
  addProseMirrorPlugins() {
    const { onrefused } = this.options
    return [
      new Plugin({
        key,
        state: {
          init: (_, { doc }): Shown => ({ holders: new Map(), signs: signsIn(doc, new Map()) }),
          apply: (transaction, before) => {
            const told = transaction.getMeta(key) as Shown['holders'] | undefined
            if (!told && !transaction.docChanged) return before
            const holders = told ?? before.holders
            return { holders, signs: signsIn(transaction.doc, holders) }
          },
        },
        filterTransaction: (transaction) => {
          if (!transaction.docChanged || isChangeOrigin(transaction) || !takesAway(transaction)) return true
          onrefused()
          return false
        },
        props: { decorations: (state) => key.getState(state)?.signs },
      }),
    ]
  },
})

/** Whether a bracket would stand nowhere any more. */
function takesAway({ steps, docs, doc }: Transaction): boolean {
  const touched = new Set<string>()
  for (const [place, step] of steps.entries()) {
    if (step instanceof RemoveMarkStep && step.mark.type.name === BRACKET) return true
    step.getMap().forEach((from, to) => {
      docs[place]!.nodesBetween(from, to, (node) => {
        for (const id of idsOf(node)) touched.add(id)
      })
    })
  }
  if (touched.size === 0) return false
  doc.descendants((node) => {
    for (const id of idsOf(node)) touched.delete(id)
    return touched.size > 0
  })
  return touched.size > 0
}

const idsOf = (node: Node): string[] => {
  const mark = node.marks.find(({ type }) => type.name === BRACKET)
  return mark ? bracketIds(mark.attrs) : []
}

/**
 * Each pair once, drawn before its first letter and behind its last. The signs are no elements of their own: the caret
 * would stop at them.
 */
function signsIn(doc: Node, holders: Map<string, Bracket>): DecorationSet {
  const first = new Map<string, number>()
  const last = new Map<string, { to: number; length: number }>()
  doc.descendants((node, at) => {
    for (const id of idsOf(node)) {
      if (!first.has(id)) first.set(id, at)
      last.set(id, { to: at + node.nodeSize, length: lastLetter(node) })
    }
  })
  const opens = new Map<number, string>()
  const closes = new Map<number, { from: number; text: string; reasons: string[] }>()
  for (const at of first.values()) opens.set(at, `${opens.get(at) ?? ''}[`)
  // The outer ones are met first, and close behind the inner ones.
  for (const [id, { to, length }] of last) {
    const { delegations = [], reason } = holders.get(id) ?? {}
    const codes = delegations.map(({ code }) => code).join(', ')
    const { text = '', reasons = [] } = closes.get(to) ?? {}
    const all = reason ? [reason, ...reasons] : reasons
    closes.set(to, { from: to - length, text: `${codes ? `${ISOLATE} – ${codes}${END}` : ''}]${text}`, reasons: all })
  }
  return DecorationSet.create(doc, [
    ...[...opens].map(([at, text]) => Decoration.inline(at, at + firstLetter(doc, at), { 'data-open': text })),
    ...[...closes].map(([to, { from, text, reasons }]) =>
      Decoration.inline(from, to, { 'data-close': text, ...(reasons.length > 0 ? { title: reasons.join('\n') } : {}) }),
    ),
  ])
}

/** In UTF-16 code units; a node without words is one. */
const firstLetter = (doc: Node, at: number): number => ((doc.nodeAt(at)?.text?.codePointAt(0) ?? 0) > 0xffff ? 2 : 1)
const lastLetter = ({ text }: Node): number => (text && /[\udc00-\udfff]$/.test(text) ? 2 : 1)
