import type { MessageState } from '@multilogue/shared/dialogue'
import type { ReviewDecision } from '@multilogue/shared/moderation'

/** What is decided on a statement in each state, and what it then is. */
const STEPS: Record<MessageState, Partial<Record<ReviewDecision, MessageState>>> = {
  shown: { hide: 'hidden', dismiss: 'shown' },
  waiting: { release: 'shown', decline: 'declined' },
  hidden: { restore: 'shown' },
  declined: { release: 'shown' },
}

/** @returns undefined when that cannot be decided in this state */
export const afterReview = (state: MessageState, decision: ReviewDecision, flags: number): MessageState | undefined =>
  decision === 'dismiss' && flags === 0 ? undefined : STEPS[state][decision]

export const reviewsOf = (state: MessageState, flags: number): ReviewDecision[] =>
  (Object.keys(STEPS[state]) as ReviewDecision[]).filter((decision) => afterReview(state, decision, flags))

/** How the trail calls it. */
export const ACT_OF = {
  hide: 'hidden',
  restore: 'restored',
  dismiss: 'dismissed',
  release: 'released',
  decline: 'declined',
} as const satisfies Record<ReviewDecision, string>
