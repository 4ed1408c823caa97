/** @returns a whole number from 0 up to, and not including, `below` */
export type Random = (below: number) => number

/** mulberry32: the same seed gives the same numbers, and so the same run. */
export function randomFrom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** @throws when there is nothing to pick from */
export function pick<T>(random: Random, list: readonly T[]): T {
  const picked = list[random(list.length)]
  if (picked === undefined) throw new Error('nothing to pick from')
  return picked
}
