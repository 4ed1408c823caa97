import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import * as Y from 'yjs'
import type { Refused } from '../../server/src/collab/refused.js'
import { Stage } from './stage.js'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(() => stage.end())

describe('an engine that closes', () => {
  it('[ENGINE-10] leaves no request without an answer that waits for what others stored before', async () => {
    const other = stage.startEngine()
    const kenya = await stage.join('kenya', { engine: other })
    await stage.engine.read('text')
    stage.bus.losing = true
    kenya.type('first')
    await stage.until('kenya is saved', () => kenya.isSaved)
    stage.store.tailing.hold()
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'second')
    const holder = { personId: 'ghana', seatId: 'seat of ghana', sessionId: 'session of ghana' }
    let answer = ''
    const asked = stage.engine.sync('text', holder, { update: Y.encodeStateAsUpdate(doc) })
    asked.catch(({ problem }: Refused) => (answer = problem))
    await stage.until('it is stored', () => stage.logged === 2)
    const closing = stage.engine.close()
    await stage.clock.advance(10_000)
    stage.store.letGo()
    await closing
    await other.close()
    await stage.until('it is answered', () => answer !== '')
    expect(answer).toBe('not-saved')
  })
})
