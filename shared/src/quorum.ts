import type { RoundRules } from './rules.js'

const PARTS = { none: [0, 1], third: [1, 3], two_thirds: [2, 3] } as const

/** How many of the members have to be present for a decision. */
export function quorumOf({ quorum }: Pick<RoundRules, 'quorum'>, members: number): number {
  if (quorum === 'majority') return Math.floor(members / 2) + 1
  const [part, of] = PARTS[quorum]
  return Math.ceil((members * part) / of)
}
