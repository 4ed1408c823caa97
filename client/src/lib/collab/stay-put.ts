import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import { Plugin } from '@tiptap/pm/state'

/**
 * What others write above the caret moves it, and the binding asks to scroll after it each time: the page is laid out
 * anew for every key of everybody. Browsers that anchor what is in view need no asking.
 */
export function stayPut() {
  let isTheirs = false
  return Extension.create({
    name: 'stayPut',
    dispatchTransaction({ transaction, next }) {
      isTheirs = isChangeOrigin(transaction)
      next(transaction)
      isTheirs = false
    },
    addProseMirrorPlugins: () => [
      new Plugin({ props: { handleScrollToSelection: () => isTheirs && CSS.supports('overflow-anchor', 'auto') } }),
    ],
  })
}
