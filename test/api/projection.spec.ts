import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { Projections } from '../../server/src/documents/projection.js'
import { row } from '../../server/src/common/sql.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { aText, Pen } from './pen.js'

let stage: Stage
let round: SmallRound
let documentId: string
/** What the room was told, in order. */
const told: { documentId: string; no: number; words: string }[] = []
let failing = 0

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  stage.app.get(Projections).onGrown({
    name: 'test',
    kinds: ['outcome'],
    project({ document, doc, no, record }) {
      if (failing-- > 0) return Promise.reject(new Error('The table is away.'))
      told.push({ documentId: document.id, no, words: doc.getXmlFragment('default').toJSON() })
      record('document.opened', { documentId: document.id })
      return Promise.resolve()
    },
  })
})
afterAll(() => stage.close())
beforeEach(async () => {
  failing = 0
  documentId = await aText(stage, round)
  await until('the first content is projected', async () => (await reached()) > 0)
})

const ofText = () => told.filter((each) => each.documentId === documentId)
const reached = async () => {
  const found = await row<{ no: string }>(
    stage.source,
    `SELECT no FROM document_projection WHERE document_id = $1 AND name = 'test'`,
    [documentId],
  )
  return Number(found?.no ?? 0)
}

it('[GROWN-1] tells a room when a text has grown, many edits at once', async () => {
  const before = ofText().length
  const pen = new Pen(stage, 'gha.head', documentId)
  let no = 0
  for (const letter of 'growing') no = await pen.write(() => pen.text(2).insert(0, letter))
  await until('the last edit is projected', async () => (await reached()) === no)
  expect(ofText().at(-1)?.words).toContain('gniworg')
  expect(ofText().length - before).toBeLessThan(7)
})

it('[GROWN-2] never goes back, and does nothing twice', async () => {
  await stage.source.query(`UPDATE document_projection SET no = 1000 WHERE document_id = $1`, [documentId])
  const before = ofText().length
  await new Pen(stage, 'gha.head', documentId).write((pen) => pen.text(1).insert(0, 'x'))
  const other = await aText(stage, round, 'Afterwards')
  await until('a later text is projected', () => told.some((each) => each.documentId === other))
  expect(ofText().length).toBe(before)
  expect(await reached()).toBe(1000)
})

it('[GROWN-3] finds what is behind, after a failure as after a start', async () => {
  failing = 1
  const no = await new Pen(stage, 'gha.head', documentId).write((pen) => pen.text(1).insert(0, 'kept'))
  await until('it has failed', () => failing <= 0)
  expect(await reached()).toBeLessThan(no)
  await stage.app.get(Projections).catchUp()
  await until('it is projected', async () => (await reached()) === no)
  expect(ofText().at(-1)?.words).toContain('kept')
})

it('[GROWN-4] is heard by those who may see the text, and by nobody else', async () => {
  const [ghana, germany] = [
    await stage.follow('gha.head', round.roundId),
    await stage.follow('deu.head', round.roundId),
  ]
  const own = await aText(stage, round, 'Own', 'delegation')
  await until('it is projected', () => told.some((each) => each.documentId === own))
  await new Pen(stage, 'facilitator', documentId).write((pen) => pen.text(1).insert(0, 'y'))
  const heardOf = (id: string, heard: typeof ghana.heard) =>
    heard.filter(({ payload }) => (payload as { documentId: string }).documentId === id).length
  await until('all is heard', () => heardOf(documentId, germany.heard) > 0 && heardOf(documentId, ghana.heard) > 0)
  expect(heardOf(own, ghana.heard)).toBe(2)
  expect(heardOf(own, germany.heard)).toBe(0)
  for (const follower of [ghana, germany]) follower.close()
})

it('[GROWN-5] waits for an act on the text without keeping its edit from being stored', async () => {
  const { manager } = stage.source.createQueryRunner()
  const act = manager.queryRunner!
  // New: what is kept about it has no rows yet.
  const fresh = await aText(stage, round, 'New')
  await act.startTransaction()
  try {
    await act.query(`SELECT 1 FROM document WHERE id = $1 FOR UPDATE`, [fresh])
    await until('a projection waits', async () => {
      const waiting = await row(
        stage.source,
        `SELECT 1 AS one FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      return waiting !== undefined
    })
    expect(await new Pen(stage, 'facilitator', fresh).write((pen) => pen.text(1).insert(0, 'x'))).toBeGreaterThan(1)
  } finally {
    await act.rollbackTransaction()
    await act.release()
  }
})
