import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { listDocuments, syncDocument } from '@multilogue/shared/documents'
import { restoreText } from '@multilogue/shared/history'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { aText, Pen } from './pen.js'

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

/* More than there are connections to the database, of one text and of many. */

it('[TEXT-9] thirty browsers without WebSocket that merge at once are all answered', async () => {
  const texts: string[] = []
  for (let i = 0; i < 10; i++) texts.push(await aText(stage, round, `Merged ${i}`))
  const merge = (documentId: string) =>
    ['gha.head', 'eth.head', 'deu.head'].map((who) => stage.call(who, syncDocument, { documentId }))
  const answers = await Promise.all(texts.flatMap(merge))
  expect(answers.map(({ says }) => says)).toEqual(answers.map(() => 'ok'))
})

it('[HIST-16] thirty restores at once hold up nobody, and who is told to come back can', async () => {
  const texts: string[] = []
  for (let i = 0; i < 16; i++) {
    const documentId = await aText(stage, round, `Text ${i}`)
    await new Pen(stage, 'gha.head', documentId).write((pen) => pen.blocks.delete(0, 2))
    texts.push(documentId)
  }
  const restore = (documentId: string) => stage.call('deu.head', restoreText, { documentId, no: 1, revision: 1 })
  const all = [...texts.slice(1), ...Array.from({ length: 15 }, () => texts[0]!)].map(restore)
  expect(await stage.done('eth.head', listDocuments, { roundId: round.roundId })).toHaveLength(26)
  const said = new Set((await Promise.all(all)).map(({ says }) => says))
  expect([...said].sort()).toEqual(['ok', 'unavailable'])
  for (const documentId of texts) expect((await restore(documentId)).says).toBe('ok')
}, 120_000)
