import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getDocument, listDocuments, syncDocument } from '@multilogue/shared/documents'
import { restoreText } from '@multilogue/shared/history'
import {
  beginRendering,
  dropRendering,
  listLanguageVersions,
  markRendering,
  openLanguageVersion,
} from '@multilogue/shared/languages'
import { openBracket } from '@multilogue/shared/brackets'
import { incorporateProposal } from '@multilogue/shared/negotiation'
import * as Y from 'yjs'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { Negotiators, named } from './negotiators.js'
import { Pen } from './pen.js'
import { Translators } from './translators.js'

/* Rules of texts in other languages: see also test/unit/concordance.spec.ts. */

let stage: Stage
let round: SmallRound
let at: Negotiators
let by: Translators

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  at = new Negotiators(stage, round)
  by = new Translators(stage)
})
afterAll(() => stage.close())

/** A zero draft whose first operative paragraph is official in French. */
async function aVersion() {
  const draft = await at.zeroDraft()
  const versionId = await by.version(draft.documentId)
  const id = draft.op[0]!
  await by.official(versionId, id, 'Conviennent d’une base commune de dix indicateurs ;')
  return { ...draft, versionId, id }
}
/** The facilitator's editor of a text; each one is another editor. */
const pen = (documentId: string) => new Pen(stage, 'facilitator', documentId)
/** The first operative paragraph stands behind the title and three preambular ones. */
const FIRST = 4
const standsAt = async (versionId: string, id: string) => {
  const row = (await by.row(versionId, id))!
  return [row.state, row.behind, row.rendering?.status ?? null]
}

describe('A text in another language', () => {
  it('[LANG-6] is opened once for each language but its own, and is no text of its own in any list', async () => {
    const { documentId } = await at.zeroDraft()
    const versionId = await by.version(documentId, 'ar', 'النتائج')
    const told = await stage.done('gha.head', listLanguageVersions, { documentId })
    expect(told).toMatchObject({ language: 'en', dir: 'ltr', title: 'Outcome', may: [] })
    expect(told.versions).toEqual([
      expect.objectContaining({
        id: versionId,
        language: 'ar',
        dir: 'rtl',
        title: 'النتائج',
        state: 'requested',
        may: [],
      }),
    ])
    expect(told.versions[0]!.progress).toMatchObject({ live: 9, missing: 9 })
    for (const language of ['ar', 'en'] as const) {
      const again = await stage.call('secretariat', openLanguageVersion, { documentId, language, title: 'Again' })
      expect(again.says).toBe('already-exists')
    }
    const ids = (await stage.done('gha.head', listDocuments, { roundId: round.roundId })).map(({ id }) => id)
    expect(ids).toContain(documentId)
    expect(ids).not.toContain(versionId)
  })

  it('[LANG-7] is read by all and written by the secretariat and those who hold the pen', async () => {
    const { versionId } = await aVersion()
    const { update } = await stage.done('gha.head', syncDocument, { documentId: versionId })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Buffer.from(update, 'base64'))
    const written = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
    expect(written.length).toBeGreaterThan(10)
    for (const [who, says] of [
      ['gha.head', 'text-not-writable'],
      ['secretariat', 'ok'],
      ['facilitator', 'ok'],
    ] as const) {
      const own = new Y.Doc()
      Y.applyUpdate(own, Buffer.from(update, 'base64'))
      const before = Y.encodeStateVector(own)
      ;((own.getXmlFragment('default').get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, '!')
      const edit = Buffer.from(Y.encodeStateAsUpdate(own, before)).toString('base64')
      expect([who, (await stage.call(who, syncDocument, { documentId: versionId, update: edit })).says]).toEqual([
        who,
        says,
      ])
    }
  })

  it('[LANG-8] has the ids and the order of its source, whatever is rendered first', async () => {
    const { documentId, pp, op } = await at.zeroDraft()
    const versionId = await by.version(documentId)
    await by.begin(versionId, op[1]!, 'Invitent les partenaires ;')
    await by.begin(versionId, pp[2]!, 'Conscients de la base,')
    await by.begin(versionId, op[0]!, 'Conviennent ;', 'machine')
    const { paragraphs } = await stage.done('gha.head', getDocument, { documentId: versionId })
    expect(paragraphs.map(({ id, part, text }) => [id, part, text])).toEqual([
      [pp[2], 'preambular', 'Conscients de la base,'],
      [op[0], 'operative', 'Conviennent ;'],
      [op[1], 'operative', 'Invitent les partenaires ;'],
    ])
    await until('the first words are seen', async () => (await by.seen(versionId)).progress.translated === 2)
    expect((await by.seen(versionId)).progress).toMatchObject({ live: 9, machine: 1, missing: 6, stale: 0 })
  })

  it('[LANG-9] is begun once for each paragraph, though two begin it', async () => {
    const { documentId, op } = await at.zeroDraft()
    const versionId = await by.version(documentId)
    await by.begin(versionId, op[0]!, '')
    expect(await standsAt(versionId, op[0]!)).toEqual(['missing', 0, null])
    await by.begin(versionId, op[0]!, 'Conviennent ;')
    await by.begin(versionId, op[0]!, '')
    const again = { versionId, paragraphId: op[0]!, words: 'Décident ;' }
    expect((await stage.call('secretariat', beginRendering, again)).says).toBe('wrong-state')
    const { paragraphs } = await stage.done('gha.head', getDocument, { documentId: versionId })
    expect(paragraphs.map(({ text }) => text)).toEqual(['Conviennent ;'])
  })
})

describe('A rendering', () => {
  it('[LANG-10] falls behind by each edit of its paragraph, and by no other edit', async () => {
    const { documentId, versionId, id, op } = await aVersion()
    expect(await standsAt(versionId, id)).toEqual(['current', 0, 'official'])
    await pen(documentId).write((editor) => editor.text(FIRST + 1).insert(0, 'Warmly i'))
    expect(await standsAt(versionId, id)).toEqual(['current', 0, 'official'])
    const first = pen(documentId)
    for (const letter of ' now') await first.write(() => first.text(FIRST).insert(first.text(FIRST).length, letter))
    expect(await standsAt(versionId, id)).toEqual(['stale', 1, 'official'])
    await pen(documentId).write((editor) => editor.text(FIRST).insert(0, 'Also '))
    expect(await standsAt(versionId, id)).toEqual(['stale', 2, 'official'])
    const rival = await at.tabled('gha.head', documentId, id, 'Agree on twelve indicators;')
    await stage.done('facilitator', incorporateProposal, named(rival))
    expect(await standsAt(versionId, id)).toEqual(['stale', 3, 'official'])
    expect((await by.row(versionId, op[1]!))!.state).toBe('missing')
    await by.mark(versionId, id, 'revised')
    expect(await standsAt(versionId, id)).toEqual(['current', 0, 'revised'])
  })

  it('[LANG-10] counts no edit that is taken back in one go, no bold face less, no move', async () => {
    const { documentId, versionId, id } = await aVersion()
    const editor = pen(documentId)
    await editor.write(() => editor.text(FIRST).insert(0, 'Oops '))
    await editor.write(() => editor.text(FIRST).delete(0, 5))
    expect(await standsAt(versionId, id)).toEqual(['current', 0, 'official'])
    await pen(documentId).write(({ blocks }) => {
      const moved = (blocks.get(FIRST) as Y.XmlElement).clone()
      blocks.delete(FIRST)
      blocks.insert(FIRST + 2, [moved])
    })
    expect(await standsAt(versionId, id)).toEqual(['current', 0, 'official'])
    await pen(documentId).write(({ blocks }) =>
      ((blocks.get(FIRST + 2) as Y.XmlElement).get(0) as Y.XmlText).format(0, 5, { bold: {} }),
    )
    expect(await standsAt(versionId, id)).toEqual(['stale', 1, 'official'])
  })

  it('[LANG-11] is current again when the source is restored, and its edits are forgotten', async () => {
    const { documentId, versionId, id } = await aVersion()
    const seen = await by.seen(versionId)
    await pen(documentId).write((editor) => editor.text(FIRST).insert(0, 'Also '))
    await pen(documentId).write(({ blocks }) => blocks.delete(FIRST))
    expect((await by.seen(versionId)).surplus.map((each) => each.id)).toEqual([id])
    const { revision } = await stage.done('facilitator', getDocument, { documentId })
    await stage.done('facilitator', restoreText, { documentId, no: seen.no, revision })
    expect(await standsAt(versionId, id)).toEqual(['current', 0, 'official'])
    await pen(documentId).write((editor) => editor.text(FIRST).insert(0, 'Also '))
    expect(await standsAt(versionId, id)).toEqual(['stale', 1, 'official'])
  })

  it('[LANG-12] is missing for the half that is split off, and too much for what is merged into another', async () => {
    const { documentId, versionId, id, op } = await aVersion()
    await by.official(versionId, op[1]!, 'Invitent les partenaires ;')
    await pen(documentId).write((editor) => {
      editor.text(FIRST).delete(10, editor.text(FIRST).length - 10)
      const half = new Y.XmlElement<{ id: string; part: string }>('paragraph')
      half.setAttribute('id', 'split-off')
      half.setAttribute('part', 'operative')
      half.insert(0, [new Y.XmlText('common baseline;')])
      editor.blocks.insert(FIRST + 1, [half])
    })
    expect((await by.row(versionId, id))!).toMatchObject({ state: 'stale', behind: 1 })
    expect((await by.row(versionId, 'split-off'))!).toMatchObject({ state: 'missing', rendering: null })
    await pen(documentId).write((editor) => {
      editor.text(FIRST + 1).insert(0, 'Invite and ')
      editor.blocks.delete(FIRST + 2)
    })
    const { surplus, progress } = await by.seen(versionId)
    expect(surplus.map((each) => each.id)).toEqual([op[1]])
    expect(progress).toMatchObject({ live: 9, stale: 1, surplus: 1, missing: 8 })
    const after = await stage.done('secretariat', dropRendering, { versionId, paragraphId: op[1]! })
    expect(after.surplus).toEqual([])
    const kept = await stage.call('secretariat', dropRendering, { versionId, paragraphId: id })
    expect(kept.says).toBe('wrong-state')
  })

  it('[LANG-13] is marked against what was seen of both texts', async () => {
    const { documentId, versionId, id } = await aVersion()
    const seen = (await by.row(versionId, id))!
    const mark = { versionId, paragraphId: id, sourceHash: seen.source.hash, hash: seen.rendering!.hash }
    await pen(versionId).write(({ blocks }) => ((blocks.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'Ils '))
    expect((await stage.call('secretariat', markRendering, { ...mark, status: 'revised' })).says).toBe('text-moved-on')
    const { hash } = (await by.row(versionId, id))!.rendering!
    await pen(documentId).write((editor) => editor.text(FIRST).insert(0, 'Also '))
    const late = await stage.call('secretariat', markRendering, { ...mark, hash, status: 'revised' })
    expect(late.says).toBe('text-moved-on')
  })

  it('[LANG-14] is translated again when it is edited after it was official, and all are told', async () => {
    const { documentId, versionId, id } = await aVersion()
    const ghana = await stage.follow('gha.head', round.roundId)
    await pen(versionId).write(({ blocks }) => ((blocks.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'Ils '))
    await until('it is set back', async () => (await standsAt(versionId, id))[2] === 'translated')
    expect((await by.row(versionId, id))!.rendering).toMatchObject({ was: 'official', by: { code: 'facilitator' } })
    await until('it is told', () =>
      ghana.heard.some(
        ({ name, payload }) =>
          name === 'language.moved' && (payload as { documentId: string }).documentId === documentId,
      ),
    )
    ghana.close()
    await by.mark(versionId, id, 'official')
    expect((await by.row(versionId, id))!.rendering).toMatchObject({ status: 'official', was: null })
    // What was marked on the newest words is not set back by what is projected late.
    await pen(documentId).write((editor) => editor.text(FIRST + 1).insert(0, 'x'))
    expect(await standsAt(versionId, id)).toEqual(['current', 0, 'official'])
  })

  it('[LANG-15] turns stale before everybody within a second', async () => {
    const { documentId, versionId } = await aVersion()
    const ghana = await stage.follow('gha.head', round.roundId)
    const heard = () => ghana.heard.filter(({ name }) => name === 'language.moved')
    await pen(documentId).write((editor) => editor.text(FIRST).insert(0, 'Also '))
    await until('it is told', () => heard().length > 0, 1500)
    expect(heard()[0]!.payload).toEqual({ documentId, versionId })
    ghana.close()
  })
})

describe('Brackets', () => {
  it('[LANG-28] opened in the source are wanted in the other language too, and told', async () => {
    const { documentId, versionId, id } = await aVersion()
    const ghana = await stage.follow('gha.head', round.roundId)
    const quote = { documentId, paragraphId: id, from: 0, quote: 'Agree', reason: 'Too strong.' }
    await stage.done('facilitator', openBracket, quote)
    expect(await standsAt(versionId, id)).toEqual(['unbracketed', 0, 'official'])
    await until('it is told', () => ghana.heard.some(({ name }) => name === 'language.moved'))
    ghana.close()
    await pen(versionId).write(({ blocks }) => {
      const words = (blocks.get(0) as Y.XmlElement).get(0) as Y.XmlText
      words.insert('Conviennent'.length, ']')
      words.insert(0, '[')
    })
    expect((await standsAt(versionId, id))[0]).toBe('current')
  })
})
