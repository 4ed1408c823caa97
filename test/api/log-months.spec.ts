import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { LogMonths } from '../../server/src/documents/log.months.js'
import { LogStore } from '../../server/src/documents/log.store.js'
import { smallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { aText } from './pen.js'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

const partOf = async (documentId: string, no: number): Promise<string | undefined> => {
  const [row] = await stage.source.query<{ part: string }[]>(
    `SELECT tableoid::regclass::text AS part FROM document_update WHERE document_id = $1 AND no = $2`,
    [documentId, no],
  )
  return row?.part
}

it('[LOG-1] each month has its part of the log, also when the server runs for years', async () => {
  const months = stage.app.get(LogMonths)
  const store = stage.app.get(LogStore)
  const documentId = await aText(stage, await smallRound(stage.world))
  const [head] = await stage.source.query<{ personId: string; no: string }[]>(
    `SELECT person_id AS "personId", no FROM document_update WHERE document_id = $1 ORDER BY no DESC LIMIT 1`,
    [documentId],
  )
  const { personId, no } = head!
  const write = (): Promise<unknown> =>
    store.append([{ documentId, personId, seatId: '', bytes: Uint8Array.of(0, 0), clientIds: [] }])
  const first = Number(no) + 1

  stage.clock.moveTo('2031-03-31T23:59:59Z')
  await write()
  expect(await partOf(documentId, first)).toBe('document_update_rest')

  await Promise.all([months.ensure(), months.ensure()])
  stage.clock.moveTo('2031-04-01T00:00:00Z')
  await write()
  expect(await partOf(documentId, first + 1)).toBe('document_update_2031_04')
  expect(await partOf(documentId, first)).toBe('document_update_rest')

  stage.clock.moveTo('2031-07-01T00:00:00Z')
  await months.ensure()
  await write()
  expect(await partOf(documentId, first + 2)).toBe('document_update_2031_07')
  expect((await store.tail(documentId, first - 1)).map(({ no }) => no)).toEqual([first, first + 1, first + 2])
})
