import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getDocument, setMode } from '@multilogue/shared/documents'
import { keepVersion, listSteps, listVersions, readText, restoreText } from '@multilogue/shared/history'
import * as Y from 'yjs'
import { newId } from '../../server/src/common/ids.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { aText, ids, Pen, told } from './pen.js'

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

describe('Versions', () => {
  it('[HIST-6] have names of their own, and everybody hears of them', async () => {
    const documentId = await aText(stage, round)
    const follower = await stage.follow('unctad.head', round.roundId)
    const kept = await stage.done('secretariat', keepVersion, { documentId, name: 'First draft' })
    expect(kept).toMatchObject({ no: 1, name: 'First draft', keptBy: { name: 'The secretariat', code: 'secretariat' } })
    expect(await stage.done('agi.head', listVersions, { documentId })).toEqual([kept])
    await until('it is heard of', () => follower.heard.some(({ name }) => name === 'document.versionKept'))
    follower.close()
    expect((await stage.call('chair', keepVersion, { documentId, name: 'First draft' })).says).toBe('already-exists')
    expect((await stage.call('chair', keepVersion, { documentId, no: 2, name: 'Later' })).says).toBe('invalid-input')
  })

  it('[HIST-7] are restored as a new edit that leaves equal blocks alone, and others hear by whom', async () => {
    const documentId = await aText(stage, round)
    const ghana = new Pen(stage, 'gha.head', documentId)
    const ethiopia = new Pen(stage, 'eth.head', documentId)
    const { id: versionId } = await stage.done('chair', keepVersion, { documentId, name: 'As it was' })
    await ghana.write((pen) => pen.text(1).insert(8, 'green '))
    await ethiopia.write((pen) => {
      const added = new Y.XmlElement('paragraph')
      added.setAttribute('id', newId())
      added.insert(0, [new Y.XmlText('Added.')])
      pen.blocks.insert(3, [added])
      pen.blocks.delete(0, 1)
    })
    const untouched = Y.createRelativePositionFromTypeIndex(ethiopia.text(1), 3)
    const inReworded = Y.createRelativePositionFromTypeIndex(ethiopia.text(0), 24)
    const follower = await stage.follow('unctad.head', round.roundId)
    const key = newId()
    const restore = () => stage.done('deu.head', restoreText, { documentId, versionId, revision: 1 }, { key })
    const restored = await restore()
    expect(restored).toEqual({ no: 4, changed: true })
    expect(await restore()).toEqual(restored)

    const { paragraphs } = await stage.done('gha.head', getDocument, { documentId })
    expect(paragraphs).toEqual([
      { id: ids.title, kind: 'heading', level: 1, text: 'Vision' },
      { id: ids.first, kind: 'paragraph', text: 'Digital tools change industry.' },
      { id: ids.second, kind: 'paragraph', text: 'Experience travels.' },
    ])
    expect(told((await stage.done('gha.head', readText, { documentId })).paragraphs)).toEqual([
      ['DEU Vision'],
      ['facilitator Digital tools change industry.'],
      ['facilitator Experience travels.'],
    ])
    await ethiopia.sync()
    const placeOf = (position: Y.RelativePosition) =>
      Y.createAbsolutePositionFromRelativePosition(position, ethiopia.doc)
    expect([placeOf(untouched)?.type, placeOf(untouched)?.index]).toEqual([ethiopia.text(2), 3])
    expect([placeOf(inReworded)?.type, placeOf(inReworded)?.index]).toEqual([ethiopia.text(1), 18])

    const heard = () => follower.heard.filter(({ name }) => name === 'document.restored')
    await until('it is heard of', () => heard().length > 0)
    expect(heard()).toMatchObject([
      { payload: { documentId, no: 4, restored: 1, version: 'As it was' }, actor: { delegationCode: 'DEU' } },
    ])
    follower.close()
    const again = { documentId, no: 1, revision: 1 }
    expect(await stage.done('deu.head', restoreText, again)).toEqual({ no: 4, changed: false })
  })

  it('[HIST-8] are not restored in a frozen text, by readers, on an older revision, or when they are not there', async () => {
    const documentId = await aText(stage, round)
    const ghana = new Pen(stage, 'gha.head', documentId)
    await ghana.write((pen) => pen.text(1).insert(0, 'x'))
    const says = async (who: string, input: object) =>
      (await stage.call(who, restoreText, { documentId, revision: 1, ...input })).says
    expect(await says('secretariat', { no: 1 })).toBe('text-not-writable')
    expect(await says('gha.head', { no: 1, revision: 2 })).toBe('stale-revision')
    expect(await says('gha.head', { no: 9 })).toBe('invalid-input')
    expect(await says('gha.head', {})).toBe('invalid-input')
    expect(await says('gha.head', { versionId: newId() })).toBe('not-found')
    await stage.done('chair', setMode, { documentId, mode: 'frozen', revision: 1 })
    expect(await says('gha.head', { no: 1, revision: 2 })).toBe('text-not-writable')
    expect(await says('facilitator', { no: 1, revision: 2 })).toBe('text-not-writable')
    expect((await stage.done('gha.head', listSteps, { documentId })).head).toBe(2)
  })
})
