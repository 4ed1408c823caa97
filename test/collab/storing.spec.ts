import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import * as Y from 'yjs'
import { Refused } from '../../server/src/collab/refused.js'
import { Stage } from './stage.js'
import { turns } from './world.js'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(() => stage.end())

function contentOf(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

describe('two clients', () => {
  it('[ENGINE-9] converge, also when both type at once', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    ghana.type('We, the peoples')
    fiji.type(' determined')
    await stage.until('both are equal', () => ghana.text === fiji.text && ghana.text.length === 26)
    expect(stage.textOfLog).toBe(ghana.text)
  })

  it('[ENGINE-9] the author gets an acknowledgement instead of an echo', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    ghana.type('a')
    await stage.until('fiji sees it', () => fiji.text === 'a')
    await stage.until('ghana is told', () => ghana.isSaved)
    expect(ghana.updatesSeen).toBe(0)
    expect(ghana.durable).toEqual({ type: 100, no: 1, settled: ghana.sentEdits })
  })

  it('[ENGINE-9] the step 2 of a client that has nothing new is not appended', async () => {
    const ghana = await stage.join('ghana')
    ghana.type('abc').erase(1, 1)
    await stage.until('stored', () => ghana.isSaved)
    ghana.disconnect()
    ghana.connect(stage.engine)
    await stage.until('settled', () => ghana.sentEdits === 1 && ghana.isSaved)
    await stage.join('fiji')
    expect(stage.logged).toBe(1)
  })

  it('[ENGINE-9] what was typed offline arrives with the next step 2', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    ghana.disconnect()
    ghana.type('written on the train')
    ghana.connect(stage.engine)
    await stage.until('fiji sees it', () => fiji.text === 'written on the train')
    await stage.until('and it is saved', () => ghana.isSaved)
  })

  it('a pasted text of 44 KB is one update', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    const paste = 'x'.repeat(44_000)
    ghana.type(paste)
    await stage.until('fiji sees it', () => fiji.text === paste)
    expect(stage.logged).toBe(1)
  })
})

describe('storing', () => {
  it('[ENGINE-1] nothing is seen before it is stored', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    stage.store.appending.hold()
    ghana.type('not yet')
    await turns(50)
    expect(fiji.text).toBe('')
    expect((await stage.engine.read('text')).no).toBe(0)
    const kenya = stage.enter('kenya')
    await turns(50)
    expect(kenya.text).toBe('')
    stage.store.letGo()
    await stage.until('now it is', () => fiji.text === 'not yet' && kenya.text === 'not yet')
    expect(stage.logged).toBe(1)
  })

  it('[ENGINE-2] nothing is called saved before it is stored', async () => {
    const ghana = await stage.join('ghana')
    stage.store.appending.hold()
    ghana.type('a')
    await turns(50)
    expect(ghana.isSaved).toBe(false)
    stage.store.letGo()
    await stage.until('saved', () => ghana.isSaved)
    expect(ghana.durable.no).toBe(1)
  })

  it('[ENGINE-1] what arrives during a commit goes into the next one, across documents', async () => {
    stage.store.create('plan')
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    const kenya = await stage.join('kenya', { document: 'plan' })
    stage.store.appending.hold()
    ghana.type('first')
    await stage.until('the first commit runs', () => stage.store.batches.length === 1)
    fiji.type('second')
    ghana.type('third')
    kenya.type('elsewhere')
    await turns(20)
    stage.store.letGo()
    await stage.until('all saved', () => [ghana, fiji, kenya].every((client) => client.isSaved))
    expect(stage.store.batches.map((batch) => batch.length)).toEqual([1, 3])
    expect(new Set(stage.store.batches[1]?.map(({ documentId }) => documentId))).toEqual(new Set(['text', 'plan']))
  })

  it('[ENGINE-1] a failing commit shows nothing, says so, and recovers without loss or double', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    stage.store.failing = true
    ghana.type('one ')
    await stage.until('ghana hears', () => ghana.problems.length === 1)
    ghana.type('two ')
    await stage.clock.advance(1000)
    expect(ghana.problems.every((type) => type === '/problems/not-saved')).toBe(true)
    expect(ghana.isSaved).toBe(false)
    expect(fiji.text).toBe('')
    expect(stage.engine.stats().storeFailing).toBe(true)
    stage.store.failing = false
    await stage.until('saved', () => ghana.isSaved, 100)
    await stage.until('fiji sees both', () => fiji.text === 'one two ')
    expect(stage.textOfLog).toBe('one two ')
    expect(stage.engine.stats()).toMatchObject({ storeFailing: false, waitingBytes: 0 })
  })

  it('[ENGINE-1] a batch that failed keeps its place before what came meanwhile', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    stage.store.appending.hold()
    ghana.type('one ')
    await stage.until('a commit runs', () => stage.store.batches.length === 1)
    fiji.type('two ')
    await turns(5)
    stage.store.failing = true
    stage.store.appending.letGo()
    await stage.until('it failed', () => ghana.problems.length > 0)
    stage.store.failing = false
    await stage.until('saved', () => ghana.isSaved && fiji.isSaved, 50)
    expect(stage.store.of('text').rows.map(({ personId }) => personId)).toEqual(['ghana', 'fiji'])
  })

  it('[ENGINE-1] a commit whose answer was lost is stored twice and read once', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    stage.store.losingAnswers = true
    ghana.type('once')
    await stage.until('it seems to fail', () => ghana.problems.length > 0)
    stage.store.losingAnswers = false
    await stage.until('saved', () => ghana.isSaved, 50)
    await stage.until('fiji sees it', () => fiji.text === 'once')
    expect(stage.logged).toBe(2)
    expect(stage.textOfLog).toBe('once')
    expect((await stage.engine.read('text')).no).toBe(2)
  })

  it('[ENGINE-6] a document that cannot be stored holds up no other', async () => {
    stage.store.create('plan')
    const ghana = await stage.join('ghana')
    const kenya = await stage.join('kenya', { document: 'plan' })
    stage.store.poisoned.add('plan')
    stage.store.appending.hold()
    ghana.type('a')
    await stage.until('a commit runs', () => stage.store.batches.length === 1)
    ghana.type('b')
    kenya.type('c')
    await turns(20)
    stage.store.letGo()
    await stage.until('ghana is saved', () => ghana.isSaved, 50)
    expect(kenya.isSaved).toBe(false)
    stage.store.poisoned.clear()
    await stage.until('kenya too', () => kenya.isSaved, 100)
    expect(stage.textOfLog).toBe('ab')
  })
})

describe('without a WebSocket', () => {
  const holder = { personId: 'holder', seatId: 'seat', sessionId: 'session' }

  it('[ENGINE-10] the same merge over plain HTTP', async () => {
    const ghana = await stage.join('ghana')
    ghana.type('from the socket ')
    await stage.until('saved', () => ghana.isSaved)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await stage.engine.sync('text', holder, {})).update)
    expect(doc.getText('t').toJSON()).toBe('from the socket ')
    doc.getText('t').insert(16, 'and from HTTP')
    const update = Y.encodeStateAsUpdate(doc)
    const answer = await stage.engine.sync('text', holder, { vector: Y.encodeStateVector(doc), update })
    expect(answer.no).toBe(2)
    await stage.until('ghana sees it', () => ghana.text === 'from the socket and from HTTP')
    expect((await stage.engine.sync('text', holder, { update })).no).toBe(2)
    expect(stage.logged).toBe(2)
  })

  it('[ENGINE-10] refuses what the socket refuses, and says what happened', async () => {
    const update = contentOf('a')
    const sync = (request: { vector?: Uint8Array; update?: Uint8Array }) => stage.engine.sync('text', holder, request)
    await expect(sync({ update: Uint8Array.of(1, 2, 3) })).rejects.toEqual(new Refused('invalid-input'))
    await expect(sync({ vector: Uint8Array.of(200, 200) })).rejects.toEqual(new Refused('invalid-input'))
    await expect(sync({ update: new Uint8Array(2 ** 20 + 1) })).rejects.toEqual(new Refused('too-large'))
    stage.store.failing = true
    await expect(sync({ update })).rejects.toEqual(new Refused('not-saved'))
    stage.store.failing = false
    await stage.until('kept and stored', () => stage.logged === 1, 100)
    stage.authority.set('holder', 'read')
    const more = contentOf('b')
    await expect(sync({ update: more })).rejects.toEqual(new Refused('text-not-writable'))
    stage.authority.set('holder', 'none')
    await expect(sync({})).rejects.toEqual(new Refused('not-found'))
    expect(stage.logged).toBe(1)
  })

  it('the first content goes through the log, and waits while the store fails', async () => {
    stage.store.failing = true
    const applied = stage.engine.apply('text', holder, contentOf('Draft'))
    await turns(20)
    stage.store.failing = false
    await stage.clock.advance(1000)
    expect(await applied).toEqual({ no: 1 })
    expect((await stage.join('fiji')).text).toBe('Draft')
  })

  it('what the server makes itself, such as a restored text, may be larger than a frame', async () => {
    const ghana = await stage.join('ghana')
    const long = 'w'.repeat(2 ** 20 + 1)
    expect(await stage.engine.apply('text', holder, contentOf(long))).toEqual({ no: 1 })
    await stage.until('ghana has it', () => ghana.text === long)
    ghana.type('!', 0)
    await stage.until('and goes on', () => ghana.isSaved)
    expect((await stage.join('fiji')).text).toBe('!' + long)
  })
})
