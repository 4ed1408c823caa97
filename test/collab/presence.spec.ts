import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { cardOf, Client, presence } from './client.js'
import { Stage } from './stage.js'
import { turns } from './world.js'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(() => stage.end())

describe('presence', () => {
  const seenBy = (client: Client, other: Client) => client.awareness.getStates().get(other.doc.clientID)

  it('[ENGINE-7] carries the card of the server, whatever the client says', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    ghana.awareness.setLocalState({ user: { name: 'The Chair', delegationCode: 'CHR' }, cursor: 7 })
    await stage.until('fiji sees the cursor', () => seenBy(fiji, ghana)?.cursor === 7, 10)
    expect(seenBy(fiji, ghana)?.user).toEqual(cardOf('ghana'))
  })

  it('[ENGINE-7] nobody can speak for, or remove, another', async () => {
    const ghana = await stage.join('ghana')
    const fiji = await stage.join('fiji')
    ghana.awareness.setLocalState({ cursor: 1 })
    await stage.until('seen', () => seenBy(fiji, ghana)?.cursor === 1, 10)
    const impostor = new Client('impostor')
    impostor.awareness.setLocalState(null)
    stage.clients.push(impostor.connect(stage.engine))
    await stage.until('in', () => impostor.types.includes(0))
    for (const json of ['{"cursor":666}', 'null']) impostor.raw(presence(ghana.doc.clientID, json))
    impostor.raw(presence(4711, '{"cursor":2}'))
    impostor.raw(presence(4712, '{"cursor":3}'))
    await stage.clock.advance(200)
    expect(seenBy(fiji, ghana)?.cursor).toBe(1)
    expect(fiji.awareness.getStates().get(4711)?.user).toEqual(cardOf('impostor'))
    expect(fiji.awareness.getStates().has(4712)).toBe(false)
  })

  it('[ENGINE-7] is coalesced: one frame per tick and reader, however many moved', async () => {
    const movers: Client[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) movers.push(await stage.join(name))
    const reader = await stage.join('reader')
    await stage.clock.advance(200)
    reader.types = []
    for (let move = 1; move <= 5; move++) for (const mover of movers) mover.awareness.setLocalState({ cursor: move })
    await turns(20)
    await stage.clock.advance(50)
    await turns(5)
    expect(reader.types.filter((type) => type === 1)).toHaveLength(1)
    expect(movers.map((mover): unknown => seenBy(reader, mover)?.cursor)).toEqual(movers.map(() => 5))
    const frames = reader.types.length
    await stage.clock.advance(1000)
    expect(reader.types).toHaveLength(frames)
  })

  it('[ENGINE-7] newcomers see who is there, and who leaves is gone for everybody, without a ghost', async () => {
    const ghana = await stage.join('ghana')
    ghana.awareness.setLocalState({ cursor: 1 })
    await turns(5)
    const fiji = await stage.join('fiji')
    await stage.until('fiji sees ghana', () => seenBy(fiji, ghana)?.cursor === 1)
    await stage.clock.advance(200)
    ghana.disconnect()
    await stage.until('gone', () => seenBy(fiji, ghana) === undefined, 10)
    ghana.connect(stage.engine)
    await stage.until('back at once', () => seenBy(fiji, ghana)?.cursor === 1, 10)
    const kenya = await stage.join('kenya')
    await stage.until('one of each', () => kenya.awareness.getStates().size === 3, 10)
  })

  it('[ENGINE-7] a reconnect that overtakes its closing replaces it', async () => {
    const fiji = await stage.join('fiji')
    const ghana = await stage.join('ghana')
    ghana.awareness.setLocalState({ cursor: 1 })
    await stage.clock.advance(100)
    ghana.connect(stage.engine) // the server has not noticed that the first connection is dead
    ghana.awareness.setLocalState({ cursor: 2 })
    await stage.until('moved', () => seenBy(fiji, ghana)?.cursor === 2, 10)
  })

  it('[ENGINE-7] a state that is too large closes the culprit; echoes of others do not count', async () => {
    const culprit = await stage.join('culprit')
    const ghana = await stage.join('ghana')
    ghana.raw(presence(culprit.doc.clientID, JSON.stringify({ echo: 'x'.repeat(10_000) })))
    culprit.awareness.setLocalState({ pad: 'x'.repeat(5000) })
    await stage.until('out', () => culprit.closed?.code === 4431)
    expect(ghana.isConnected).toBe(true)
  })

  it('[ENGINE-7] never enters the document', async () => {
    const ghana = await stage.join('ghana')
    await stage.join('fiji')
    ghana.awareness.setLocalState({ cursor: 1 })
    await stage.clock.advance(1000)
    expect(stage.logged).toBe(0)
  })

  it('[ENGINE-9] a quiet connection is kept alive before y-websocket hangs up', async () => {
    const ghana = await stage.join('ghana')
    await stage.clock.advance(10_000)
    ghana.types = []
    await stage.clock.advance(20_000)
    expect(ghana.types.length).toBeGreaterThan(0)
  })
})
