import { describe, expect, it } from '@jest/globals'
import * as Y from 'yjs'
import { compact } from '../../server/src/collab/compact.js'

/** What each copy sends of its own when two people mark the same word at once. */
function logOfTwoWhoMark(): Uint8Array[] {
  const rows: Uint8Array[] = []
  const [one, other] = [new Y.Doc(), new Y.Doc()]
  one.getXmlFragment('default').insert(0, [new Y.XmlText('agreed')])
  const text = Y.encodeStateAsUpdate(one)
  rows.push(text)
  Y.applyUpdate(other, text)
  for (const doc of [one, other]) doc.on('update', (update: Uint8Array) => rows.push(update))
  for (const doc of [one, other]) (doc.getXmlFragment('default').get(0) as Y.XmlText).format(0, 6, { bold: true })
  return rows
}

describe('a snapshot', () => {
  it('[ENGINE-8] holds what the log holds: marks that Yjs would tidy away on a reader are still there', () => {
    const rows = logOfTwoWhoMark()
    const { deletions } = compact(rows)
    expect(rows.map((row) => Y.decodeUpdate(row).ds.clients.size)).toEqual([0, 0, 0])
    expect([...deletions]).toEqual([0])
  })
})
