import type { ReportState } from '@multilogue/shared/follow-up'
import type { Assurance, Flag, ImplementationStatus } from '@multilogue/shared/recommendations'
import type { z } from 'zod'

export type FlagName = z.infer<typeof Flag>

type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'bad'
export const STATUS_TONES: Record<ImplementationStatus, Tone> = {
  not_started: 'neutral',
  in_progress: 'info',
  partially_implemented: 'info',
  implemented: 'ok',
  not_pursued: 'warn',
  no_longer_applicable: 'neutral',
}
export const ASSURANCE_TONES: Record<z.infer<typeof Assurance>, Tone> = {
  none: 'neutral',
  self_reported: 'neutral',
  evidenced: 'info',
  validated: 'ok',
}
export const FLAG_TONES: Record<FlagName, Tone> = {
  due_soon: 'warn',
  overdue: 'bad',
  stale: 'warn',
  no_response: 'warn',
  no_owner: 'warn',
  unmatched: 'warn',
}
export const REPORT_TONES: Record<z.infer<typeof ReportState>, Tone> = {
  submitted: 'info',
  validated: 'ok',
  returned: 'warn',
}
