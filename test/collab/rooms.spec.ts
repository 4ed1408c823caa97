import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Refused } from '../../server/src/collab/refused.js'
import { Stage } from './stage.js'
import { turns } from './world.js'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(() => stage.end())

describe('the life of a room', () => {
  it('[ENGINE-8] two first joiners share one load', async () => {
    stage.store.loading.hold()
    const both = [stage.enter('ghana'), stage.enter('fiji')]
    await turns(20)
    stage.store.letGo()
    await stage.until('both are in', () => both.every((client) => client.types.includes(0)))
    expect(stage.store.loads).toBe(1)
  })

  it('[ENGINE-8] a failed load refuses all who wait, and the next one tries anew', async () => {
    stage.store.loadFailing = true
    const both = [stage.enter('ghana'), stage.enter('fiji')]
    await expect(stage.engine.read('text')).rejects.toThrow('away')
    await stage.until('both are out', () => both.every((client) => client.closed?.code === 4503))
    expect(stage.engine.stats()).toMatchObject({ documents: 0, connections: 0 })
    stage.store.loadFailing = false
    await stage.join('kenya')
    expect(stage.store.loads).toBe(2)
  })

  it('[ENGINE-8] an unknown document is not made up', async () => {
    const ghana = stage.enter('ghana', { document: 'unknown' })
    await stage.until('refused', () => ghana.closed?.code === 4404)
    await expect(stage.engine.read('unknown')).rejects.toEqual(new Refused('not-found'))
  })

  it('[ENGINE-8] idle, gone, and the same when it is loaded again', async () => {
    const ghana = await stage.join('ghana')
    ghana.type('kept').erase(0, 1)
    await stage.until('saved', () => ghana.isSaved)
    const before = await stage.engine.read('text')
    ghana.disconnect()
    expect(stage.engine.stats().documents).toBe(1)
    await stage.clock.advance(5_000)
    expect(stage.engine.stats().documents).toBe(0)
    const after = await stage.engine.read('text')
    expect(after).toEqual(before)
    const fiji = await stage.join('fiji')
    expect(fiji.text).toBe('ept')
    expect(stage.store.loads).toBe(2)
  })

  it('[ENGINE-8] who comes back while the room is idle finds it open', async () => {
    const ghana = await stage.join('ghana')
    ghana.disconnect()
    await stage.clock.advance(4_000)
    ghana.connect(stage.engine)
    await stage.until('back', () => ghana.isSaved && ghana.extra.length > 0)
    await stage.clock.advance(4_000)
    expect(stage.engine.stats().documents).toBe(1)
    expect(stage.store.loads).toBe(1)
  })

  it('[ENGINE-8] who comes back while the last snapshot is being saved finds it open, too', async () => {
    const ghana = await stage.join('ghana')
    await stage.typeRows(ghana, 'k', 200)
    stage.store.saving.hold()
    ghana.disconnect()
    await stage.clock.advance(5_000)
    ghana.connect(stage.engine)
    await stage.until('back', () => ghana.extra.length > 0 && ghana.isSaved)
    stage.store.saving.letGo()
    await turns(10)
    expect(stage.engine.stats().documents).toBe(1)
    ghana.type('!')
    await stage.until('saved', () => ghana.isSaved)
    expect(stage.store.loads).toBe(1)
  })

  it('[ENGINE-8] a room waits for its updates, even when everybody has left', async () => {
    const ghana = await stage.join('ghana')
    stage.store.failing = true
    ghana.type('last words')
    ghana.disconnect()
    await stage.clock.advance(20_000)
    expect(stage.engine.stats().documents).toBe(1)
    stage.store.failing = false
    await stage.until('the room is gone', () => stage.engine.stats().documents === 0, 1000)
    expect(stage.textOfLog).toBe('last words')
  })

  it('[ENGINE-8] snapshots make loading short and leave the log whole', async () => {
    const ghana = await stage.join('ghana')
    await stage.typeRows(ghana, 'k', 520)
    await stage.until('saved while open', () => (stage.store.of('text').snapshot?.no ?? 0) >= 500)
    await stage.typeRows(ghana, 'l', 200)
    ghana.disconnect()
    await stage.clock.advance(5_000)
    expect(stage.store.of('text').snapshot?.no).toBe(720)
    expect(stage.logged).toBe(720)
    expect((await stage.join('fiji')).text).toBe('k'.repeat(520) + 'l'.repeat(200))
  })

  it('[ENGINE-8] few, but large edits make a snapshot while the text is open, too', async () => {
    const ghana = await stage.join('ghana')
    const pasted = 'p'.repeat(500_000)
    for (let times = 0; times < 9; times++) {
      ghana.type(pasted)
      await stage.until('stored', () => ghana.isSaved)
    }
    await stage.until('saved while open', () => stage.store.of('text').snapshot !== null)
    expect((await stage.join('fiji')).text).toBe(pasted.repeat(9))
  })

  it('[ENGINE-8] a snapshot that cannot be saved costs no text', async () => {
    stage.store.snapshotFailing = true
    const ghana = await stage.join('ghana')
    await stage.typeRows(ghana, 'k', 520)
    await stage.until('it failed', () => stage.engine.stats().failedSnapshots === 1)
    ghana.disconnect()
    await stage.clock.advance(5_000)
    expect((await stage.join('fiji')).text).toBe('k'.repeat(520))
  })

  it('[ENGINE-8] a snapshot that is broken is made good from the log', async () => {
    const ghana = await stage.join('ghana')
    ghana.type('whole')
    await stage.until('saved', () => ghana.isSaved)
    ghana.disconnect()
    await stage.clock.advance(5_000)
    const broken = Uint8Array.of(9, 9, 9)
    stage.store.of('text').snapshot = { no: 1, state: broken, vector: broken, deletions: broken }
    expect((await stage.join('fiji')).text).toBe('whole')
  })

  it('closing stores what is on its way, hangs up and leaves no timer', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    stage.store.appending.hold()
    ghana.type('just ')
    await stage.until('a commit runs', () => stage.store.batches.length === 1)
    ghana.type('in time')
    await turns(10)
    const closed = stage.engine.close()
    stage.store.letGo()
    await closed
    expect(stage.textOfLog).toBe('just in time')
    expect(fiji.closed?.code).toBe(1012)
    expect(stage.clock.pending).toBe(0)
    expect(stage.bus.subscriptions).toBe(0)
    expect(stage.engine.stats()).toMatchObject({ documents: 0, connections: 0 })
    const late = stage.enter('late')
    expect(late.closed?.code).toBe(1012)
  })
})

describe('several servers', () => {
  it('[ENGINE-11] two engines on one log converge, each row applied once', async () => {
    const other = stage.startEngine()
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji', { engine: other })
    for (let count = 0; count < 20; count++) {
      ghana.type('g', 0)
      fiji.type('f', 0)
    }
    await stage.until('equal', () => ghana.text.length === 40 && ghana.text === fiji.text)
    expect((await stage.engine.read('text')).no).toBe(stage.logged)
    expect((await other.read('text')).no).toBe(stage.logged)
    expect(stage.textOfLog).toBe(ghana.text)
    await other.close()
  })

  it('[ENGINE-11] a row that comes both ways, as own commit and by reading the log, is taken once', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    stage.store.answering.hold()
    stage.store.tailing.hold()
    ghana.type('a')
    await stage.until('it is in the log', () => stage.logged === 1)
    await stage.clock.advance(30_000)
    stage.store.answering.letGo()
    await stage.until('the commit is known', () => ghana.isSaved)
    ghana.type('b')
    await stage.until('and the next', () => ghana.isSaved)
    stage.store.tailing.letGo()
    await turns(10)
    expect(fiji.text).toBe('ab')
    expect(fiji.updatesSeen).toBe(2)
    expect((await stage.engine.read('text')).no).toBe(2)
  })

  it('[ENGINE-11] a lost wake-up delays, but loses nothing', async () => {
    const other = stage.startEngine()
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji', { engine: other })
    stage.bus.losing = true
    ghana.type('a')
    await stage.until('stored', () => ghana.isSaved)
    await turns(20)
    expect(fiji.text).toBe('')
    fiji.type('b')
    await stage.until('an own number tells of the gap', () => fiji.text.length === 2)
    await stage.clock.advance(30_000)
    expect(ghana.text).toBe(fiji.text)
    await other.close()
  })
})
