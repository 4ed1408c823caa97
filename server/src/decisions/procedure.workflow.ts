import type { Choice, DecisionResult, Method, ProcedureState } from '@multilogue/shared/decisions'
import { quorumOf } from '@multilogue/shared/quorum'
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
/** How many of each choice decided a vote, how many members there were, and how many of them were present. */
export interface Count {
  tally: Tally
  members: number
  present: number
}

/** @param now  of the server's clock; at the deadline itself silence has passed */
export function stateAt({ method, opens_at, deadline, broken_at, ended_as }: Course, now: Date): ProcedureState {
  if (ended_as) return ended_as
  if (now < opens_at) return 'scheduled'
  if (method !== 'silence' || now < deadline!) return 'running'
  return broken_at ? 'broken' : 'passed'
}

/** Who is present counts for the quorum, voting or not; abstentions count for it and not for the majority. */
export function resultOf(
  rules: Pick<RoundRules, 'quorum' | 'majority'>,
  { tally, members, present }: Count,
): DecisionResult {
  const { yes, no, abstain } = tally
  if (Math.max(present, yes + no + abstain) < quorumOf(rules, members)) return 'no_quorum'
  const carries = rules.majority === 'simple' ? yes > no : yes > 0 && yes * 3 >= (yes + no) * 2
  return carries ? 'adopted' : 'not_adopted'
}
