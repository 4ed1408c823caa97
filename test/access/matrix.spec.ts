import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { CONTRACTS } from '@multilogue/shared/api'
import { Stage } from '../support/stage.js'
import { emptyPlace, everyCase } from './every-case.js'

/* What holds for every act; who may do which is tried over each door in a file of its own, `matrix-*.spec.ts`. */
let stage: Stage
const CASES = everyCase(emptyPlace())

beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

it('[RIGHTS] the matrix names every command', () => {
  const commands = [...CONTRACTS.values()].filter((c) => c.kind === 'write' && c.access === 'seat').map((c) => c.name)
  expect(commands.filter((name) => !CASES.some((one) => one.act.name === name))).toEqual([])
})

it('[RIGHTS] nobody may do anything without signing in', async () => {
  for (const contract of CONTRACTS.values()) {
    if (contract.access === 'open') continue
    const answer = await stage.call(
      null,
      contract,
      Object.fromEntries(Object.keys(contract.input.shape).map((k) => [k, 'x'])),
    )
    expect({ name: contract.name, says: answer.says }).toEqual({ name: contract.name, says: 'not-signed-in' })
  }
  await expect(stage.connect({})).rejects.toMatchObject({ problem: { status: 401 } })
})
