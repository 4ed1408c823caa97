import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import { Plugin } from '@tiptap/pm/state'

/** The editor of somebody who only reads: what its plugins would mend, those who write have to mend. */
export const ReadersNeverWrite = Extension.create({
  name: 'readersNeverWrite',
  addProseMirrorPlugins: () => [
    new Plugin({ filterTransaction: (transaction) => !transaction.docChanged || isChangeOrigin(transaction) }),
  ],
})
