import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Limits } from '../../server/src/collab/limits.js'
import type { Client } from './client.js'
import { Stage } from './stage.js'

/** In a room of two each turn to write takes 20 ms. */
const LIMITS = { writesPerSecond: 100, writesCredit: 40, longestTurn: 50 }

let stage: Stage
let ghana: Client
let fiji: Client

beforeEach(() => enter(LIMITS))
afterEach(() => stage.end())

async function enter(limits: Partial<Limits>): Promise<void> {
  stage = new Stage(limits)
  ghana = await stage.join('ghana')
  fiji = await stage.join('fiji')
  await stage.clock.advance(1000)
}

describe('writing to sockets', () => {
  it('[ENGINE-1] waits for nobody as long as there is time: each row at once', async () => {
    const before = fiji.updatesSeen
    for (const letter of 'abc') {
      await stage.typeRows(ghana, letter, 1)
      await stage.until('seen at once', () => fiji.text.endsWith(letter))
    }
    expect(fiji.updatesSeen).toBe(before + 3)
  })

  it('[ENGINE-1] takes turns when there is much of it, and joins what a room says meanwhile', async () => {
    await stage.typeRows(ghana, 'a', 6)
    expect(fiji.text).toBe('aaa')
    const before = fiji.updatesSeen
    await stage.clock.advance(20)
    expect(fiji.text).toBe('aaaaaa')
    expect(fiji.updatesSeen).toBe(before + 1)
  })

  it('[ENGINE-1] shares the turns among all texts', async () => {
    stage.store.create('plan')
    const togo = await stage.join('togo', { document: 'plan' })
    const chad = await stage.join('chad', { document: 'plan' })
    await stage.clock.advance(1000)
    await stage.typeRows(ghana, 'a', 3)
    expect(fiji.text).toBe('aaa')
    await stage.typeRows(togo, 'b', 1)
    expect(chad.text).toBe('')
    await stage.clock.advance(20)
    expect(chad.text).toBe('b')
  })

  it('[ENGINE-1] lets nobody wait longer than the limit, however much there is', async () => {
    await stage.end()
    await enter({ ...LIMITS, writesPerSecond: 10 })
    await stage.typeRows(ghana, 'a', 2)
    expect(fiji.text).toBe('a')
    await stage.clock.advance(LIMITS.longestTurn)
    expect(fiji.text).toBe('aa')
  })
})
