/* How much of everything there is at a scale of 1; a scale multiplies what a round holds, never rounds or countries. */

export const COUNTRIES = 193
const ROUNDS = 20
const ADDRESSEES = 12
const ACTIONS = 20

/** @param scale  1/16 for a look that takes seconds */
export const sizesOf = (scale) => ({
  rounds: ROUNDS,
  /** For each recommendation. */
  addressees: ADDRESSEES,
  /** In each round: 5,000 recommendations in all, 60,000 lines of the matrix. */
  recommendations: whole(250 * scale),
  /** In each round, of 20 actions each: 40,000 in all. */
  plans: whole(100 * scale),
  actions: ACTIONS,
  /** In the newest round. */
  offers: whole(3000 * scale),
  requests: whole(1000 * scale),
  /** In the newest round, agreed. */
  matches: whole(5000 * scale),
})

const whole = (count) => Math.max(1, Math.round(count))
