import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Client, presence } from './client.js'
import { Stage } from './stage.js'

/* Client ids that are known to the room before anything was written with them. */

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(() => stage.end())

/** Somebody without a cursor. */
async function enterUnseen(personId: string): Promise<Client> {
  const client = new Client(personId)
  stage.clients.push(client)
  client.awareness.setLocalState(null)
  client.connect(stage.engine)
  await stage.until(`${personId} has joined`, () => client.sentEdits > 0 && client.isSaved)
  return client
}

const cursorOf = (reader: Client, whose: Client) => reader.awareness.getStates().get(whose.doc.clientID)

describe('a client id', () => {
  it('[ENGINE-3] that somebody shows a cursor with cannot be written with by another', async () => {
    const ghana = await stage.join('ghana')
    const forger = await stage.join('forger')
    ghana.awareness.setLocalState({ cursor: 1 })
    await stage.until('the cursor is seen', () => forger.awareness.getStates().has(ghana.doc.clientID), 10)
    forger.doc.clientID = ghana.doc.clientID
    forger.type('forged')
    await stage.until('the forger is answered', () => forger.isSaved)
    expect(forger.problems).toEqual(['/problems/foreign-author'])
    ghana.type('mine')
    await stage.until('ghana is saved', () => ghana.isSaved)
    expect(ghana.problems).toEqual([])
    expect(stage.textOfLog).toBe('mine')
  })

  it('[ENGINE-7] that somebody has written with shows no cursor of another', async () => {
    const [ghana, forger] = [await enterUnseen('ghana'), await enterUnseen('forger')]
    ghana.type('mine')
    await stage.until('ghana is saved', () => ghana.isSaved)
    forger.raw(presence(ghana.doc.clientID, '{"cursor":13}'))
    const fiji = await stage.join('fiji')
    ghana.awareness.setLocalState({ cursor: 1 })
    await stage.until('the cursor is seen', () => cursorOf(fiji, ghana)?.cursor !== undefined, 10)
    expect(cursorOf(fiji, ghana)).toMatchObject({ cursor: 1, user: { personId: 'ghana' } })
  })
})
