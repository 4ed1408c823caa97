import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Stage } from './stage.js'
import { turns } from './world.js'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(() => stage.end())

describe('rights', () => {
  it('[ENGINE-4] a right withdrawn between two updates of one connection refuses the second', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    ghana.type('before ')
    await stage.until('seen', () => fiji.text === 'before ')
    stage.authority.set('ghana', 'read')
    stage.authority.signal('text')
    ghana.type('after')
    await stage.until('answered', () => ghana.problems.length === 1)
    expect(ghana.problems).toEqual(['/problems/text-not-writable'])
    expect(ghana.rights).toEqual(['write', 'read'])
    expect(ghana.text).toBe('before after')
    fiji.type('go on')
    await stage.until('others go on', () => fiji.isSaved && ghana.text.includes('go on'))
    expect(fiji.text).toBe('before go on')
    expect(stage.logged).toBe(2)
  })

  it('[ENGINE-4] an answer that was on its way when the right was withdrawn does not count', async () => {
    const ghana = await stage.join('ghana')
    await stage.clock.advance(1000)
    const asked = stage.authority.asked
    stage.authority.answering.hold()
    ghana.type('too late')
    await stage.until('asked', () => stage.authority.asked > asked)
    await turns(5)
    stage.authority.set('ghana', 'read')
    stage.authority.signal('text')
    stage.authority.answering.letGo()
    await stage.until('refused', () => ghana.problems.length === 1)
    expect(stage.logged).toBe(0)
  })

  it('[ENGINE-4] without a signal an answer serves for less than a second', async () => {
    const ghana = await stage.join('ghana')
    ghana.type('a')
    await stage.until('stored', () => ghana.isSaved)
    const asked = stage.authority.asked
    stage.authority.set('ghana', 'read')
    await stage.clock.advance(300)
    ghana.type('b')
    await stage.until('stored', () => ghana.isSaved)
    expect(stage.authority.asked).toBe(asked)
    await stage.clock.advance(700)
    ghana.type('c')
    await stage.until('refused', () => ghana.problems.length === 1)
    expect(stage.logged).toBe(2)
  })

  it('[ENGINE-4] who goes on typing is asked about anew without waiting', async () => {
    const ghana = await stage.join('ghana')
    const asked = stage.authority.asked
    await stage.clock.advance(600)
    stage.authority.answering.hold()
    ghana.type('a')
    await stage.until('stored while the question is open', () => ghana.isSaved)
    expect(stage.authority.asked).toBe(asked + 1)
    stage.authority.answering.letGo()
    await turns(5)
    await stage.clock.advance(400)
    stage.authority.answering.hold()
    ghana.type('b')
    await stage.until('stored by the new answer', () => ghana.isSaved)
    expect(stage.authority.asked).toBe(asked + 1)
    stage.authority.answering.letGo()
  })

  it('[ENGINE-4] who goes on typing after losing the right without a signal is refused within a second', async () => {
    const ghana = await stage.join('ghana')
    stage.authority.set('ghana', 'read')
    await stage.clock.advance(600)
    ghana.type('a')
    await stage.until('stored by the old answer', () => ghana.isSaved)
    await turns(5)
    ghana.type('b')
    await stage.until('refused', () => ghana.problems.length === 1)
    expect(stage.logged).toBe(1)
  })

  it('[ENGINE-4] a right withdrawn on an open connection is told, or closes it, within a second', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    stage.authority.set('ghana', 'read')
    stage.authority.set('fiji', 'none')
    stage.authority.signal(null)
    await stage.clock.advance(1000)
    expect(ghana.rights).toEqual(['write', 'read'])
    expect(ghana.isConnected).toBe(true)
    expect(fiji.closed).toEqual({ code: 4403, reason: 'You may not read this text any more.' })
  })

  it('[ENGINE-4] a lost signal delays, but loses nothing', async () => {
    const ghana = await stage.join('ghana')
    stage.authority.set('ghana', 'none')
    await stage.clock.advance(31_000)
    expect(ghana.closed?.code).toBe(4403)
  })

  it('[ENGINE-4] a right withdrawn while the text is loading counts', async () => {
    stage.store.loading.hold()
    const ghana = stage.enter('ghana')
    await stage.until('loading', () => stage.store.loads === 1)
    stage.authority.set('ghana', 'none')
    stage.authority.signal('text')
    stage.store.letGo()
    await stage.until('out', () => ghana.closed?.code === 4403)
    expect(ghana.types).toEqual([])
  })

  it('[ENGINE-4] nothing is missed between the last question and joining', async () => {
    const ghana = await stage.join('ghana')
    stage.authority.answering.hold()
    const fiji = stage.enter('fiji')
    await turns(5)
    stage.authority.signal('text')
    ghana.type('meanwhile')
    await turns(5)
    stage.authority.answering.letGo()
    await stage.until('both have it', () => ghana.isSaved && fiji.text === 'meanwhile')
  })

  it('[ENGINE-5] a frozen text takes nothing from anybody and says so; thawed, it asks for what it lacks', async () => {
    const both = [await stage.join('ghana'), await stage.join('fiji')]
    for (const { personId } of both) stage.authority.set(personId, 'read')
    stage.authority.signal('text')
    for (const client of both) client.type(client.personId)
    await stage.until('both hear', () => both.every(({ problems }) => problems.length === 1))
    expect(stage.logged).toBe(0)
    for (const { personId } of both) stage.authority.set(personId, 'write')
    stage.authority.signal('text')
    await stage.clock.advance(1000)
    await stage.until('both have both', () => both.every(({ text }) => text.length === 9))
    expect(both[0]?.text).toBe(both[1]?.text)
  })

  it('[ENGINE-5] offline edits to a text frozen meanwhile are answered, kept and not applied', async () => {
    const ghana = await stage.join('ghana')
    ghana.disconnect()
    ghana.type('too late')
    stage.authority.set('ghana', 'read')
    ghana.connect(stage.engine)
    await stage.until('told', () => ghana.rights.includes('read'))
    ghana.type('!')
    await stage.until('answered', () => ghana.problems.length === 1)
    expect(ghana.text).toBe('too late!')
    expect(stage.logged).toBe(0)
  })

  it('[ENGINE-4] a reader sees everything, is not asked for its own, and may not write', async () => {
    stage.authority.set('reader', 'read')
    const ghana = await stage.join('ghana')
    const reader = await stage.join('reader', { ext: 0 })
    expect(reader.sentEdits).toBe(0)
    reader.type('mine')
    ghana.type('ours')
    await stage.until('the reader sees', () => reader.text.includes('ours'))
    await turns(20)
    expect(ghana.text).toBe('ours')
    expect(reader.isConnected).toBe(true)
  })

  it('[ENGINE-4] nobody without a right gets in', async () => {
    stage.authority.set('nobody', 'none')
    const nobody = stage.enter('nobody')
    await stage.until('out', () => nobody.closed?.code === 4403)
    expect(nobody.types).toEqual([])
    expect(stage.store.loads).toBe(0)
  })

  it('[ENGINE-4] while the authority cannot answer, an edit waits and is not decided', async () => {
    const ghana = await stage.join('ghana')
    await stage.clock.advance(1000)
    stage.authority.failing = true
    ghana.type('patience')
    await stage.until('told', () => ghana.problems.length === 1)
    expect(ghana.problems).toEqual(['/problems/not-saved'])
    expect(stage.logged).toBe(0)
    stage.authority.failing = false
    await stage.until('saved', () => ghana.isSaved, 100)
    expect(stage.logged).toBe(1)
  })
})
