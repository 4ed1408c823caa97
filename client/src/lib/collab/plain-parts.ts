import type { Extensions } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { Italic } from '@tiptap/extension-italic'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { Underline } from '@tiptap/extension-underline'
import { Dropcursor, Gapcursor } from '@tiptap/extensions'

/** Attributes of the shared text are stored with it; the direction follows from the words and is only drawn. */
const byItsWords = { HTMLAttributes: { dir: 'auto' } }

/** What every text is made of. TipTap's starter kit holds the same and, whether they are wanted or not, links. */
export const plainParts = (): Extensions => [
  Bold,
  Blockquote.configure(byItsWords),
  BulletList,
  Code,
  Document,
  Dropcursor,
  Gapcursor,
  HardBreak,
  Heading.configure({ levels: [1, 2, 3], ...byItsWords }),
  Italic,
  ListItem,
  ListKeymap,
  OrderedList,
  Paragraph.configure(byItsWords),
  Strike,
  Text,
  Underline,
]
