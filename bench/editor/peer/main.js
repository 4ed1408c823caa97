import { HocuspocusProvider } from '@hocuspocus/provider'
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { StarterKit } from '@tiptap/starter-kit'
import * as Y from 'yjs'

const asked = new URLSearchParams(location.search)
const document = new Y.Doc()
const provider = new HocuspocusProvider({ url: asked.get('server'), name: asked.get('document'), document })
new Editor({
  element: globalThis.document.querySelector('#editor'),
  extensions: [
    StarterKit.configure({ undoRedo: false }),
    Collaboration.configure({ document }),
    CollaborationCaret.configure({ provider, user: { name: 'Reader', color: '#1d4ed8' } }),
  ],
})
