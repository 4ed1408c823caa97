import type { Assurance, Flag, ImplementationStatus, Recommendation } from '@multilogue/shared/recommendations'
import type { z } from 'zod'

export type Stage = 'proposed' | 'withdrawn' | 'superseded' | ImplementationStatus
export type AssuranceLevel = z.infer<typeof Assurance>
type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'bad'

/** In the order in which they are counted and listed. */
export const PROCEDURE = ['proposed', 'withdrawn', 'superseded'] as const satisfies Stage[]

/** How far it is implemented counts from its adoption on; before, where it stands in the procedure. */
export const stageOf = ({ state, status }: Pick<Recommendation, 'state' | 'status'>): Stage =>
  state === 'adopted' ? status : state

const ASSURED: AssuranceLevel[] = ['none', 'self_reported', 'evidenced', 'validated']
/** As well proven as the least proven of the addressees. */
export const assuranceOf = ({ addressees }: Recommendation): AssuranceLevel =>
  ASSURED.find((level) => addressees.some(({ assurance }) => assurance === level)) ?? 'none'

export const STAGE_TONES: Record<Stage, Tone> = {
  proposed: 'neutral',
  withdrawn: 'neutral',
  superseded: 'warn',
  not_started: 'neutral',
  in_progress: 'info',
  partially_implemented: 'info',
  implemented: 'ok',
  not_pursued: 'bad',
  no_longer_applicable: 'neutral',
}
export const ASSURANCE_TONES: Record<AssuranceLevel, Tone> = {
  none: 'neutral',
  self_reported: 'neutral',
  evidenced: 'info',
  validated: 'ok',
}
export const FLAG_TONES: Record<z.infer<typeof Flag>, Tone> = {
  due_soon: 'warn',
  overdue: 'bad',
  stale: 'warn',
  no_response: 'warn',
  no_owner: 'warn',
  unmatched: 'warn',
}

/** The number that the record uses, `R3-12`. */
export const numberOf = ({ roundNumber, number }: Pick<Recommendation, 'roundNumber' | 'number'>): string =>
  `R${roundNumber}-${number}`
