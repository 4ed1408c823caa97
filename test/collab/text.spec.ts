import { describe, expect, it } from '@jest/globals'
import { getSchema } from '@tiptap/core'
import UniqueID from '@tiptap/extension-unique-id'
import StarterKit from '@tiptap/starter-kit'
import { prosemirrorJSONToYDoc, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { buildText } from '../../server/src/collab/text.js'
import { paragraphsOf } from '../../server/src/documents/contents.js'

const schema = getSchema([StarterKit, UniqueID.configure({ types: ['heading', 'paragraph'] })])

const words = (text: string, ...marks: string[]) => ({
  type: 'text',
  text,
  marks: marks.map((type) => ({ type })),
})
const paragraph = (id: string, ...content: object[]) => ({ type: 'paragraph', attrs: { id }, content })

function loaded(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

describe('reading a text', () => {
  it('gives the text blocks in order, without marks', () => {
    const doc = prosemirrorJSONToYDoc(
      schema,
      {
        type: 'doc',
        content: [
          { type: 'heading', attrs: { id: 'h', level: 2 }, content: [words('Vision')] },
          paragraph('p', words('We '), words('bold', 'bold'), words(' ones'), { type: 'hardBreak' }, words('الأمم')),
          {
            type: 'bulletList',
            content: [
              {
                type: 'listItem',
                content: [
                  paragraph('a', words('first')),
                  {
                    type: 'orderedList',
                    content: [{ type: 'listItem', content: [paragraph('b', words('inner'))] }],
                  },
                ],
              },
            ],
          },
          { type: 'blockquote', content: [paragraph('q', words('quoted'))] },
          paragraph('e'),
        ],
      },
      'default',
    )
    expect(paragraphsOf(doc)).toEqual([
      { id: 'h', kind: 'heading', level: 2, text: 'Vision' },
      { id: 'p', kind: 'paragraph', text: 'We bold ones\nالأمم' },
      { id: 'a', kind: 'listItem', text: 'first' },
      { id: 'b', kind: 'listItem', text: 'inner' },
      { id: 'q', kind: 'paragraph', text: 'quoted' },
      { id: 'e', kind: 'paragraph', text: '' },
    ])
  })

  it('an empty document has no paragraphs, and reading adds none', () => {
    const doc = new Y.Doc()
    expect(paragraphsOf(doc)).toEqual([])
    expect(Y.encodeStateAsUpdate(doc)).toEqual(Uint8Array.of(0, 0))
  })
})

describe('a first content', () => {
  const blocks = [
    { kind: 'heading' as const, level: 1, id: '1', text: 'Action plan' },
    { kind: 'paragraph' as const, id: '2', text: 'We commit to ≤ 5 %.' },
    { kind: 'paragraph' as const, id: '3', text: '' },
  ]

  it('is read back as it was given', () => {
    expect(paragraphsOf(loaded(buildText(blocks)))).toEqual(blocks)
  })

  it('is what TipTap would have made of it', () => {
    const fragment = loaded(buildText(blocks)).getXmlFragment('default')
    const node = yXmlFragmentToProseMirrorRootNode(fragment, schema)
    expect(() => node.check()).not.toThrow()
    const byTipTap = prosemirrorJSONToYDoc(schema, node.toJSON(), 'default').getXmlFragment('default')
    expect(fragment.toJSON()).toBe(byTipTap.toJSON())
    expect(node.firstChild?.attrs).toMatchObject({ id: '1', level: 1 })
  })
})
