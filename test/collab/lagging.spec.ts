import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../server/src/collab/engine.js'
import { Stage } from './stage.js'

/* A server that has not heard yet of what another one stored, and somebody who has. */

let stage: Stage
let other: Engine

beforeEach(() => {
  stage = new Stage()
  other = stage.startEngine()
})

afterEach(async () => {
  await other.close()
  await stage.end()
})

describe('a server that lags behind', () => {
  it.each([
    ['has never heard of', ''],
    ['has heard little of', 'before '],
  ])('[ENGINE-11] takes the words of who brings along those of an author that it %s', async (_which, before) => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    await stage.join('kenya', { engine: other })
    if (before !== '') ghana.type(before)
    await stage.until('the other server has it', () => stage.clients.every(({ text }) => text === before))
    stage.bus.losing = true
    ghana.type('seen')
    await stage.until('fiji has seen it', () => fiji.text === `${before}seen`)
    fiji.disconnect()
    fiji.type(' and answered')
    fiji.connect(other)
    await stage.until('fiji is saved', () => fiji.sentEdits > 0 && fiji.isSaved)
    expect(fiji.problems).toEqual([])
    expect(stage.store.refusals).toEqual([])
    expect(stage.textOfLog).toBe(`${before}seen and answered`)
    const { rows, authors } = stage.store.of('text')
    expect(rows.at(-1)?.personId).toBe('fiji')
    expect(authors.get(ghana.doc.clientID)?.personId).toBe('ghana')
  })

  it('[ENGINE-5] refuses nothing while it cannot read what another one stored', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    await stage.join('kenya', { engine: other })
    stage.bus.losing = true
    ghana.type('seen')
    await stage.until('fiji has seen it', () => fiji.text === 'seen')
    fiji.disconnect()
    fiji.type(' and answered')
    stage.store.failing = true
    fiji.connect(other)
    await stage.until('fiji is told to wait', () => fiji.problems.length > 0)
    stage.store.failing = false
    await stage.until('fiji is saved', () => fiji.sentEdits > 0 && fiji.isSaved, 100)
    expect(new Set(fiji.problems)).toEqual(new Set(['/problems/not-saved']))
    expect(stage.textOfLog).toBe('seen and answered')
  })

  it('[ENGINE-3] [ENGINE-11] still refuses new words in the name of another author', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji', { engine: other })
    ghana.type('mine')
    await stage.until('fiji has seen it', () => fiji.text === 'mine')
    stage.bus.losing = true
    ghana.type('!')
    await stage.until('saved', () => ghana.isSaved)
    fiji.doc.clientID = ghana.doc.clientID
    fiji.type('?!')
    await stage.until('fiji is told', () => fiji.problems.length > 0)
    expect(fiji.problems[0]).toContain('foreign-author')
    expect(stage.textOfLog).toBe('mine!')
  })
})
