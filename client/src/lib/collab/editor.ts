import { directionOf } from '@multilogue/shared/language'
import { Editor, Extension } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Placeholder } from '@tiptap/extensions'
import type { Card } from '@multilogue/shared/collab'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { BesideBlocks } from './beside'
import { Brackets } from './brackets'
import { carets } from './carets'
import { clicksFirst } from './clicks-first'
import { Commented } from './commented'
import { CrossReferences, type ReferenceOptions } from './cross-references'
import { FirstLetter } from './first-letter'
import { Footnotes, type FootnoteOptions } from './footnotes'
import { keepNodes } from './kept-nodes'
import { Negotiated } from './negotiated'
import { ParagraphIds } from './paragraph-ids'
import { Pasted, type PastedOptions } from './pasted'
import { plainParts } from './plain-parts'
import { parsePlainText } from './plain-text'
import { ReadersNeverWrite } from './readers-never-write'
import { Remarks } from './remarks'
import { Statuses } from './statuses'
import { stayPut } from './stay-put'
import { Tables } from './tables'

export interface EditorSetup {
  host: HTMLElement
  doc: Y.Doc
  awareness: Awareness
  editable: boolean
  /** False: this editor never writes, not even missing paragraph ids. */
  writes: boolean
  label: string
  language: string
  placeholder: string
  colourOf: (writer: Card) => string
  /** What stands at a writer's caret. */
  nameOf: (writer: Card) => string
  ontransaction: (editor: Editor) => void
  /** An edit would have taken brackets away, and was not made. */
  onbracketkept: () => void
  /** Words with comments were clicked; the innermost comment first. */
  oncommented: (commentIds: string[]) => void
  pasted: PastedOptions
  footnotes: FootnoteOptions
  references: ReferenceOptions
}

/**
 * The shared text's editor in `host`. Call it on a document that is loaded: on an empty one it would
 * write a first paragraph that the loaded text then follows.
 */
export function makeEditor(setup: EditorSetup): Editor {
  const tell = ({ editor }: { editor: Editor }) => setup.ontransaction(editor)
  const editor = new Editor({
    element: setup.host,
    editable: setup.editable,
    injectCSS: false,
    // Stars and dashes in what is pasted are those of a text, not of a markup.
    enablePasteRules: false,
    extensions: [
      clicksFirst(setup.doc),
      stayPut(),
      ...plainParts(),
      Collaboration.configure({ document: setup.doc, field: 'default' }),
      Extension.create({
        name: 'carets',
        addProseMirrorPlugins: () => [carets(setup.awareness, setup.colourOf, setup.nameOf)],
      }),
      BesideBlocks,
      FirstLetter,
      Negotiated,
      Statuses,
      Brackets.configure({ onrefused: setup.onbracketkept }),
      Commented.configure({ doc: setup.doc, onchosen: setup.oncommented }),
      Remarks,
      Tables,
      Footnotes.configure(setup.footnotes),
      CrossReferences.configure(setup.references),
      ...(setup.writes ? [] : [ReadersNeverWrite]),
      ParagraphIds.configure({ updateDocument: setup.writes }),
      Pasted.configure(setup.pasted),
      Placeholder.configure({ placeholder: setup.placeholder }),
    ],
    editorProps: {
      attributes: {
        class: 'text-body',
        role: 'textbox',
        tabindex: '0',
        'aria-multiline': 'true',
        'aria-label': setup.label,
        lang: setup.language,
        dir: directionOf(setup.language),
        translate: 'no',
      },
      clipboardTextParser: (text, context) => parsePlainText(text, context.doc.type.schema),
    },
    onCreate: tell,
    onTransaction: tell,
  })
  keepNodes(editor, setup.doc)
  return editor
}
