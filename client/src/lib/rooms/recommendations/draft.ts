import type { Missing, Recommendation } from '@multilogue/shared/recommendations'
import type { Delegation } from '@multilogue/shared/rounds'
import type { z } from 'zod'

export type MissingPart = z.infer<typeof Missing>

/** The words of the form, as they are typed. */
export interface Draft {
  title: string
  action: string
  rationale: string
  force: Recommendation['force']
  /** Empty while it is not set. */
  priority: NonNullable<Recommendation['priority']> | ''
  owner: string
  /** `YYYY-MM-DD`, empty while there is none. */
  dueOn: string
  measure: string
  sdgTargets: string[]
  addresseeIds: string[]
}

export interface Party {
  id: string
  code: string
  name: string
}

export const emptyDraft = (): Draft => ({
  title: '',
  action: '',
  rationale: '',
  force: 'voluntary',
  priority: '',
  owner: '',
  dueOn: '',
  measure: '',
  sdgTargets: [],
  addresseeIds: [],
})

export const draftOf = (recommendation: Recommendation): Draft => ({
  title: recommendation.title,
  action: recommendation.action,
  rationale: recommendation.rationale,
  force: recommendation.force,
  priority: recommendation.priority ?? '',
  owner: recommendation.owner,
  dueOn: recommendation.dueOn ?? '',
  measure: recommendation.measure,
  sdgTargets: [...recommendation.sdgTargets],
  addresseeIds: recommendation.addressees.map(({ delegationId }) => delegationId),
})

/** As the contracts of making and revising take it. */
export const inputOf = (draft: Draft) => ({
  ...draft,
  dueOn: draft.dueOn || null,
  priority: draft.priority || null,
})

/** The actionable test while it is typed; the server's own answer counts in the end. */
export const missingIn = ({ owner, action, dueOn, measure }: Draft): MissingPart[] =>
  Object.entries({ owner, action, date: dueOn, measure })
    .filter(([, words]) => words.trim() === '')
    .map(([part]) => part as MissingPart)

/** Members of the round, and whoever is addressed already. */
export function partiesOf(delegations: Delegation[], addressed: Recommendation['addressees'] = []): Party[] {
  const parties: Party[] = delegations.filter(({ kind }) => kind === 'member')
  const others = addressed
    .filter(({ delegationId }) => !parties.some(({ id }) => id === delegationId))
    .map(({ delegationId, code, name }) => ({ id: delegationId, code, name }))
  return [...parties, ...others]
}
