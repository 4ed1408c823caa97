import type { Choice, DecisionResult, Method, ProcedureState } from '@multilogue/shared/decisions'
import type { RoundRules } from '@multilogue/shared/rules'

/** What the state of a procedure follows from. */
export interface Course {
  method: Method
  opens_at: Date
  deadline: Date | null
  /** Silence was broken in time; when the rules let it run on, it ends at the deadline. */
  broken_at: Date | null
  /** By an act, or written down after the deadline. */
  ended_as: 'passed' | 'broken' | 'cancelled' | null
}

export type Tally = Record<Choice, number>
/** How many of each choice decided a vote, and how many members there were. */
export interface Count {
  tally: Tally
  members: number
}

/** @param now  of the server's clock; at the deadline itself silence has passed */
export function stateAt({ method, opens_at, deadline, broken_at, ended_as }: Course, now: Date): ProcedureState {
  if (ended_as) return ended_as
  if (now < opens_at) return 'scheduled'
  if (method !== 'silence' || now < deadline!) return 'running'
  return broken_at ? 'broken' : 'passed'
}

const PARTS = { none: [0, 1], third: [1, 3], two_thirds: [2, 3] } as const

/** How many of the members have to vote. */
export function quorumOf({ quorum }: Pick<RoundRules, 'quorum'>, members: number): number {
  if (quorum === 'majority') return Math.floor(members / 2) + 1
  const [part, of] = PARTS[quorum]
  return Math.ceil((members * part) / of)
}

/** Abstentions are present and do not vote: they count for the quorum and not for the majority. */
export function resultOf(rules: Pick<RoundRules, 'quorum' | 'majority'>, { tally, members }: Count): DecisionResult {
  const { yes, no, abstain } = tally
  if (yes + no + abstain < quorumOf(rules, members)) return 'no_quorum'
  const carries = rules.majority === 'simple' ? yes > no : yes > 0 && yes * 3 >= (yes + no) * 2
  return carries ? 'adopted' : 'not_adopted'
}
