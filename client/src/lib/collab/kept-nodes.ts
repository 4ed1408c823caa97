import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'

type Type = Y.AbstractType<unknown>

type Drawn = Map<Type, Node | Node[]>

/** Lets the editor keep the nodes of what others have not changed. */
export function keepNodes({ state }: Editor, doc: Y.Doc): void {
  const { binding } = ySyncPluginKey.getState(state) as { binding: { mapping: Drawn } }
  binding.mapping = new KeptNodes(doc, binding.mapping)
}

/**
 * What the editor has drawn of each part of the text. When others write, the binding clears all of it and makes every
 * node of the text anew, to be sure that none is out of date: the longer the text, the longer each key of anybody
 * takes. Yjs says which parts have changed; what has not is kept, and the editor sees at a glance that it is the same.
 */
class KeptNodes extends Map<Type, Node | Node[]> {
  private readonly changed = new Set<Type>()

  constructor(doc: Y.Doc, drawn: Drawn) {
    super(drawn)
    // Before the observers of the text are called, of which the binding is one.
    doc.on('beforeObserverCalls', ({ changed }: Y.Transaction) => {
      for (const type of changed.keys())
        for (let around: Type | null = type as Type; around; around = around._item?.parent as Type | null)
          this.changed.add(around)
    })
  }

  override clear(): void {
    for (const type of this.changed) this.delete(type)
    this.changed.clear()
  }
}
