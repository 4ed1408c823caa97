import { Extension, type Editor } from '@tiptap/core'
import { numbersOf, type Numbered, type Part } from '@multilogue/shared/numbering'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { besideBlocks, type Beside } from './beside'

/** What a paragraph can be: its part and depth, see shared/src/numbering.ts. */
export interface Kind {
  part: Part | null
  depth: 1 | 2 | null
}

/**
 * Paragraphs of a negotiated text: their part, depth and whether they stand beside a number, and the numbers that follow
 * from these. Numbers are drawn, never written. Tab and Shift+Tab move a numbered paragraph between 1, (a) and (i);
 * after Escape they leave the text.
 */
export const Negotiated = Extension.create({
  name: 'negotiated',
  addStorage: () => ({ leaves: false }),
  addGlobalAttributes() {
    return [
      {
        types: ['paragraph'],
        attributes: {
          part: kept('part', (value) => value),
          depth: kept('depth', (value) => (value === '1' ? 1 : value === '2' ? 2 : null)),
          bis: { ...kept('bis', () => true), keepOnSplit: false },
        },
      },
    ]
  },
  addKeyboardShortcuts() {
    const step = (by: 1 | -1) => () => {
      const { part, depth } = this.editor.getAttributes('paragraph') as Partial<Kind>
      const isNumbered = part === 'preambular' || part === 'operative'
      if (this.storage.leaves || !this.editor.isEditable || !isNumbered || isWithin(this.editor)) return false
      const next = (depth ?? 0) + by
      if (next < 0 || next > 2) return true
      return this.editor.commands.updateAttributes('paragraph', { depth: next || null })
    }
    return {
      Tab: step(1),
      'Shift-Tab': step(-1),
      // Once for the text; once more for what is around it, such as a dialog.
      Escape: () => {
        const { leaves } = this.storage
        this.storage.leaves = true
        return !leaves && this.editor.isEditable
      },
    }
  },
  onTransaction({ transaction }) {
    if (transaction.docChanged || transaction.selectionSet) this.storage.leaves = false
  },
  addProseMirrorPlugins: () => [numbers()],
})

/** In a list, quote or table: only top paragraphs have numbers. */
const isWithin = ({ state: { selection } }: Editor): boolean => selection.$from.depth > 1

function kept(name: string, read: (value: string) => unknown) {
  return {
    default: null,
    keepOnSplit: true,
    parseHTML: (element: HTMLElement) => {
      const value = element.getAttribute(`data-${name}`)
      return value === null ? null : read(value)
    },
    renderHTML: (attributes: Record<string, unknown>) =>
      attributes[name] === null ? {} : { [`data-${name}`]: String(attributes[name]) },
  }
}

/** Of the top blocks, by their place. */
interface Numbers {
  numbered: (Numbered | undefined)[]
  drawn: (Beside | undefined)[]
}

function numbers(): Plugin<Numbers> {
  const key = new PluginKey<Numbers>('numbers')
  return new Plugin({
    key,
    state: {
      init: (_, { doc }) => drawnOf(numberedIn(doc)),
      apply: (transaction, before) => {
        if (!transaction.docChanged) return before
        const numbered = numberedIn(transaction.doc)
        const isSame =
          numbered.length === before.numbered.length &&
          numbered.every((one, place) => isAlike(one, before.numbered[place]))
        return isSame ? before : drawnOf(numbered)
      },
    },
    view: besideBlocks((state) => key.getState(state)?.drawn),
  })
}

function numberedIn(doc: Node): Numbers['numbered'] {
  return doc.children.map(({ type, attrs }, place) => {
    if (type.name !== 'paragraph' || !attrs.part) return undefined
    const { part, depth, bis } = attrs as Omit<Numbered, 'id'>
    // Two blocks may have the same id for the moment between a paste and its naming.
    return { id: String(place), part, depth, bis }
  })
}

const isAlike = (one: Numbered | undefined, other: Numbered | undefined): boolean =>
  one?.part === other?.part && one?.depth === other?.depth && one?.bis === other?.bis

/** As paragraphs are spoken of, and as they are printed. */
function drawnOf(numbered: Numbers['numbered']): Numbers {
  const paragraphs = numbered.filter((one) => one !== undefined)
  const [working, print] = [numbersOf(paragraphs, 'working'), numbersOf(paragraphs, 'print')]
  const drawn = numbered.map(
    (one) => one && { 'data-number': working.get(one.id) ?? '', 'data-print': print.get(one.id) ?? '' },
  )
  return { numbered, drawn }
}
