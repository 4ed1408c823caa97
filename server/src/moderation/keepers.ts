import type { Audience } from '../work/work.js'

/** Those who keep order in the round, and the seats whom it concerns. */
export const keepersAnd = (seatIds: string[]): Audience => ({
  delegationIds: [],
  secretariat: true,
  chair: true,
  seatIds,
})
