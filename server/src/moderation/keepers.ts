import type { Message } from '@multilogue/shared/dialogue'
import type { Audience } from '../work/work.js'

/** Those who keep order in the round, and the seats whom it concerns. */
export const keepersAnd = (seatIds: string[]): Audience => ({
  delegationIds: [],
  secretariat: true,
  chair: true,
  seatIds,
})

/** Of a statement; undefined: everybody. */
export const hearersOf = ({ state, seatId }: Pick<Message, 'state' | 'seatId'>): Audience | undefined =>
  state === 'shown' || state === 'hidden' ? undefined : keepersAnd([seatId])
