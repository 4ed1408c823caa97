import { describe, expect, it } from '@jest/globals'
import type { Message } from '@multilogue/shared/dialogue'
import { exchangesOf } from '../../client/src/lib/rooms/dialogue/exchanges.js'

const message = (id: string, parentId: string | null = null) => ({ id, parentId }) as Message

describe('The exchanges of a thread', () => {
  const [first, second, reply, deeper] = [message('1'), message('2'), message('3', '1'), message('4', '3')]

  it('[DIALOGUE-30] hold every reply below the statement it goes back to', () => {
    expect(exchangesOf([first, second, reply, deeper])).toEqual([
      { statement: first, replies: [reply, deeper] },
      { statement: second, replies: [] },
    ])
  })

  it('[DIALOGUE-31] stay the same objects as long as nothing in them changes', () => {
    const before = exchangesOf([first, second, reply])
    const [one, two, three] = exchangesOf([first, second, reply, message('5')], before)
    expect([one === before[0], two === before[1], three?.statement.id]).toEqual([true, true, '5'])
    const [changed, kept] = exchangesOf([first, second, { ...reply, body: 'corrected' }], before)
    expect([changed === before[0], kept === before[1]]).toEqual([false, true])
  })
})
