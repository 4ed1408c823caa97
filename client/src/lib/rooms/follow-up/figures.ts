import type { ReportState } from '@multilogue/shared/follow-up'
import type { Flag, ImplementationStatus } from '@multilogue/shared/recommendations'
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
export const REPORT_TONES: Record<z.infer<typeof ReportState>, Tone> = {
  submitted: 'info',
  validated: 'ok',
  returned: 'warn',
}
