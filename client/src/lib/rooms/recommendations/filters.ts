import { FLAGS, type Flag, IMPLEMENTATION_STATUSES, type Recommendation } from '@multilogue/shared/recommendations'
import type { z } from 'zod'
import { numberOf, PROCEDURE, stageOf, type Stage } from './names'

/** What the list is narrowed to; it stands in the address, so a narrowed list can be sent to somebody. */
export interface Filters {
  stage: Stage | ''
  flag: z.infer<typeof Flag> | ''
  /** Code of a delegation. */
  addressee: string
  text: string
}

export const STAGES: Stage[] = [...PROCEDURE, ...IMPLEMENTATION_STATUSES]

/** Values that do not exist are passed over. */
export const filtersIn = (query: URLSearchParams): Filters => ({
  stage: STAGES.find((stage) => stage === query.get('status')) ?? '',
  flag: FLAGS.find((flag) => flag === query.get('flag')) ?? '',
  addressee: query.get('addressee') ?? '',
  text: query.get('text') ?? '',
})

/** The query part of the address, with `?` unless it is empty. */
export function queryOf({ stage, flag, addressee, text }: Filters): string {
  const entries = Object.entries({ status: stage, flag, addressee, text }).filter(([, value]) => value !== '')
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : ''
}

export function narrow(list: Recommendation[], { stage, flag, addressee, text }: Filters): Recommendation[] {
  const words = text.trim().toLocaleLowerCase()
  return list.filter(
    (r) =>
      (stage === '' || stageOf(r) === stage) &&
      (flag === '' || r.flags.includes(flag)) &&
      (addressee === '' || r.addressees.some(({ code }) => code === addressee)) &&
      (words === '' ||
        [numberOf(r), r.title, r.action, r.owner, r.measure, r.rationale, ...r.sdgTargets].some((value) =>
          value.toLocaleLowerCase().includes(words),
        )),
  )
}
