import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  addRemark,
  listComments,
  makeComment,
  resolveComment,
  reviseRemark,
  withdrawRemark,
  type CommentVisibility,
} from '@multilogue/shared/comments'
import { keepVersion, restoreText } from '@multilogue/shared/history'
import { draftProposal, incorporateProposal, tableProposal } from '@multilogue/shared/negotiation'
import * as Y from 'yjs'
import { rows } from '../../server/src/common/sql.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { named, Negotiators } from './negotiators.js'
import { aText, ids, Pen } from './pen.js'

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const said = { body: 'Which ones?', language: 'en' as const }
/** On "tools change" of "Digital tools change industry." */
const on = (documentId: string, visibility: CommentVisibility = 'room') => ({
  documentId,
  paragraphId: ids.first,
  words: { from: 8, quote: 'tools change' },
  ...said,
  visibility,
  ...(visibility === 'group' ? { groupId: round.bodyId } : {}),
})
const seenBy = async (who: string, documentId: string) => (await stage.done(who, listComments, { documentId })).comments
const only = async (documentId: string) => (await seenBy('chair', documentId))[0]!
const paragraph = (id: string, words: string) => {
  const element = new Y.XmlElement('paragraph')
  element.setAttribute('id', id)
  element.insert(0, [new Y.XmlText(words)])
  return element
}
/** Waits until the words that are looked for when they are gone are these. */
const noted = (documentId: string, words: string) =>
  until(`"${words}" is noted`, async () => {
    const [comment] = await rows<{ words: string }>(stage.source, `SELECT words FROM comment WHERE document_id = $1`, [
      documentId,
    ])
    return comment?.words === words
  })

describe('A comment', () => {
  it('[COMM-1] stands on its words, whoever writes before, in and behind them', async () => {
    const documentId = await aText(stage, round)
    const { place } = await stage.done('agi.head', makeComment, on(documentId))
    expect(place).toEqual({ paragraphId: ids.first, from: 8, to: 20 })
    const pen = new Pen(stage, 'gha.head', documentId)
    await pen.write((editor) => editor.text(1).insert(0, 'Today '))
    await pen.write((editor) => editor.text(1).insert(26, ' an old'))
    await pen.write((editor) => editor.text(1).insert(20, 'still '))
    expect(editorWords(pen, 1)).toBe('Today Digital tools still change an old industry.')
    expect((await only(documentId)).place).toEqual({ paragraphId: ids.first, from: 14, to: 32 })
  })

  it('[COMM-2] goes with its words when they are cut and pasted elsewhere, as they were last', async () => {
    const documentId = await aText(stage, round)
    await stage.done('eth.head', makeComment, on(documentId))
    const pen = new Pen(stage, 'gha.head', documentId)
    await pen.write((editor) => editor.text(1).insert(14, 'slowly '))
    await noted(documentId, 'tools slowly change')
    await pen.write((editor) => editor.text(1).delete(8, 'tools slowly change'.length))
    await pen.write((editor) => editor.text(2).insert(0, 'As tools slowly change, '))
    await until('it is found again', async () => (await only(documentId)).place?.paragraphId === ids.second)
    expect((await only(documentId)).place).toEqual({ paragraphId: ids.second, from: 3, to: 22 })
    await pen.write((editor) => editor.text(2).insert(0, 'But '))
    expect((await only(documentId)).place).toEqual({ paragraphId: ids.second, from: 7, to: 26 })
  })

  it('[COMM-3] keeps what was said when its words are gone, and finds them when they come back', async () => {
    const documentId = await aText(stage, round)
    await stage.done('eth.head', makeComment, on(documentId))
    const pen = new Pen(stage, 'gha.head', documentId)
    await pen.sync()
    const undo = new Y.UndoManager(pen.blocks, { trackedOrigins: new Set([null]) })
    await pen.write((editor) => editor.blocks.delete(1, 1))
    expect(await only(documentId)).toMatchObject({ place: null, quote: 'tools change', remarks: [{ body: said.body }] })
    await pen.write(() => undo.undo())
    await until('the paragraph is back', async () => (await only(documentId)).place !== null)
    expect((await only(documentId)).place).toEqual({ paragraphId: ids.first, from: 8, to: 20 })
  })

  it('[COMM-4] finds its words in a restored text', async () => {
    const documentId = await aText(stage, round)
    const { no } = await stage.done('facilitator', keepVersion, { documentId, name: 'Before' })
    await stage.done('eth.head', makeComment, on(documentId))
    const pen = new Pen(stage, 'gha.head', documentId)
    await pen.write((editor) => {
      editor.blocks.delete(1, 1)
      editor.blocks.insert(1, [paragraph(ids.first, 'Nothing of it is left.')])
    })
    expect((await only(documentId)).place).toBeNull()
    await stage.done('facilitator', restoreText, { documentId, no, revision: 1 })
    await until('it is found again', async () => (await only(documentId)).place !== null)
    expect((await only(documentId)).place).toEqual({ paragraphId: ids.first, from: 8, to: 20 })
  })

  it('[COMM-5] stays with the words that a proposal leaves in its paragraph', async () => {
    const negotiators = new Negotiators(stage, round)
    const { documentId, op } = await negotiators.zeroDraft()
    await stage.done('deu.head', makeComment, {
      documentId,
      paragraphId: op[0]!,
      words: { from: 9, quote: 'common baseline' },
      ...said,
      visibility: 'room',
    })
    const words = 'Agree swiftly on one common baseline of twelve indicators;'
    const draft = await stage.done('gha.head', draftProposal, {
      documentId,
      operation: 'replace',
      paragraphId: op[0]!,
      words,
    })
    const tabled = await stage.done('gha.head', tableProposal, named(draft))
    await stage.done('facilitator', incorporateProposal, named(tabled))
    const from = words.indexOf('common')
    await until('it stands', async () => (await only(documentId)).place?.from === from)
    expect((await only(documentId)).place).toEqual({ paragraphId: op[0], from, to: from + 15 })
  })

  it('[COMM-6] finds words that have moved while it was written, or says that they are gone', async () => {
    const documentId = await aText(stage, round)
    const pen = new Pen(stage, 'gha.head', documentId)
    await pen.write((editor) => editor.text(1).insert(0, 'Today '))
    const { place } = await stage.done('eth.head', makeComment, on(documentId))
    expect(place).toMatchObject({ from: 14, to: 26 })
    await pen.write((editor) => editor.text(1).delete(14, 5))
    expect((await stage.call('eth.head', makeComment, on(documentId))).says).toBe('words-gone')
    const elsewhere = { ...on(documentId), paragraphId: 'nowhere' }
    expect((await stage.call('eth.head', makeComment, elsewhere)).says).toBe('words-gone')
    const { words: _, ...whole } = on(documentId)
    expect(await stage.done('eth.head', makeComment, whole)).toMatchObject({ quote: 'Today Digital  change industry.' })
  })

  it('[COMM-7] is answered, revised with its earlier wording kept, taken back and resolved', async () => {
    const documentId = await aText(stage, round)
    const { id: commentId, remarks } = await stage.done('gha.adviser', makeComment, on(documentId))
    const remarkId = remarks[0]!.id
    await stage.done('agi.head', addRemark, { commentId, body: 'Looms.', language: 'fr' })
    await stage.done('gha.adviser', reviseRemark, { remarkId, body: 'Which of them?' })
    expect(await only(documentId)).toMatchObject({
      remarks: [
        { body: 'Which of them?', by: { code: 'GHA' }, editedAt: expect.anything() },
        { body: 'Looms.', by: { code: 'AGI' }, language: 'fr', editedAt: null, withdrawn: false },
      ],
    })
    const wordings = await rows(stage.source, `SELECT body FROM remark_wording WHERE remark_id = $1`, [remarkId])
    expect(wordings).toEqual([{ body: said.body }])
    await stage.done('gha.adviser', withdrawRemark, { remarkId })
    await stage.done('facilitator', resolveComment, { commentId, resolved: true })
    expect(await only(documentId)).toMatchObject({
      remarks: [{ body: '', withdrawn: true, may: [] }, { body: 'Looms.' }],
      resolved: { by: { code: 'facilitator' } },
    })
    await stage.done('gha.head', resolveComment, { commentId, resolved: false })
    expect((await only(documentId)).resolved).toBeNull()
  })

  it('[COMM-8] is seen and heard of by those it is for, and by nobody else', async () => {
    const documentId = await aText(stage, round)
    const follow = async (who: string) => {
      const { heard, close } = await stage.follow(who, round.roundId)
      return { heard: () => heard.filter(({ name }) => name === 'comment.changed').length, close }
    }
    const [ghana, ethiopia, germany, secretariat] = await Promise.all(
      ['gha.adviser', 'eth.adviser', 'deu.head', 'secretariat'].map(follow),
    )
    await stage.done('gha.head', makeComment, on(documentId, 'delegation'))
    await stage.done('eth.head', makeComment, on(documentId, 'group'))
    await stage.done('gha.head', makeComment, on(documentId, 'public'))
    const counts = async (who: string) => (await seenBy(who, documentId)).map(({ visibility }) => visibility).sort()
    expect(await counts('gha.adviser')).toEqual(['delegation', 'public'])
    expect(await counts('eth.adviser')).toEqual(['group', 'public'])
    for (const who of ['deu.head', 'rej.head', 'unctad.head', 'secretariat', 'chair', 'admin'])
      expect(await counts(who)).toEqual(['public'])
    await until('all have heard', () => germany!.heard() > 0 && secretariat!.heard() > 0 && ethiopia!.heard() > 1)
    expect([ghana!, ethiopia!, germany!, secretariat!].map(({ heard }) => heard())).toEqual([2, 2, 1, 1])
    for (const { close } of [ghana!, ethiopia!, germany!, secretariat!]) close()
  })

  it('[COMM-10] that few may see is not heard of by others when its words go and come back', async () => {
    const documentId = await aText(stage, round)
    await stage.done('gha.head', makeComment, on(documentId, 'delegation'))
    const [adviser, germany] = await Promise.all(
      ['gha.adviser', 'deu.head'].map((who) => stage.follow(who, round.roundId)),
    )
    const heard = (one: typeof adviser) => one!.heard.filter(({ name }) => name === 'comment.changed').length
    const pen = new Pen(stage, 'facilitator', documentId)
    await pen.write((editor) => editor.text(1).delete(8, 'tools change'.length))
    await until('it is told that they are gone', () => heard(adviser) === 1)
    await pen.write((editor) => editor.text(1).insert(0, 'And tools change. '))
    await until('it is told that they are back', () => heard(adviser) === 2)
    expect(heard(germany)).toBe(0)
    for (const { close } of [adviser!, germany!]) close()
  })

  it('[COMM-11] is followed in a text that holds what a database cannot keep', async () => {
    const documentId = await aText(stage, round)
    const pen = new Pen(stage, 'gha.head', documentId)
    await pen.write((editor) => editor.text(2).insert(0, 'a\0b '))
    const whole = { documentId, paragraphId: ids.second, ...said, visibility: 'room' as const }
    expect((await stage.done('eth.head', makeComment, whole)).place).toMatchObject({ from: 0 })
    await stage.done('eth.head', makeComment, on(documentId))
    await pen.write((editor) => editor.text(1).insert(14, 'slowly '))
    await until('the other one is followed', async () => {
      const found = await rows(stage.source, `SELECT 1 FROM comment WHERE document_id = $1 AND words = $2`, [
        documentId,
        'tools slowly change',
      ])
      return found.length === 1
    })
  })

  it('[COMM-9] comes in the order of the text, and those without words last', async () => {
    const documentId = await aText(stage, round)
    const make = (paragraphId: string, quote: string, body: string) =>
      stage.done('chair', makeComment, { ...on(documentId), paragraphId, words: { from: 0, quote }, body })
    await make(ids.second, 'travels', 'third')
    await make(ids.first, 'industry', 'second')
    await make(ids.title, 'Vision', 'gone')
    await make(ids.first, 'Digital', 'first')
    await new Pen(stage, 'gha.head', documentId).write((editor) => editor.text(0).delete(0, 6))
    const order = (await seenBy('eth.head', documentId)).map(({ remarks }) => remarks[0]!.body)
    expect(order).toEqual(['first', 'second', 'third', 'gone'])
  })
})

const editorWords = (pen: Pen, block: number) => pen.text(block).toJSON()
