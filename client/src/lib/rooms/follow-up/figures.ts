import type { Report, ReportState } from '@multilogue/shared/follow-up'
import type {
  Addressee,
  Assurance,
  Flag,
  ImplementationStatus,
  Recommendation,
} from '@multilogue/shared/recommendations'
import type { z } from 'zod'

export type FlagName = z.infer<typeof Flag>

/** One line of the matrix: what one addressee has done on one adopted recommendation. */
export interface MatrixRow {
  id: string
  recommendation: Recommendation
  addressee: Addressee
  flags: FlagName[]
  /** The newest report that the reader may see, or the day of the status. */
  lastReport: string | null
}

export function rowsOf(recommendations: Recommendation[], reports: Report[]): MatrixRow[] {
  return recommendations
    .filter(({ state }) => state === 'adopted')
    .flatMap((recommendation) =>
      recommendation.addressees.map((addressee) => ({
        id: `${recommendation.id} ${addressee.code}`,
        recommendation,
        addressee,
        flags: [
          ...addressee.flags,
          ...recommendation.flags.filter((flag) => flag === 'no_owner' || flag === 'unmatched'),
        ],
        lastReport: newest(reports, recommendation.id, addressee.code) ?? addressee.statusAt,
      })),
    )
}

const newest = (reports: Report[], recommendationId: string, code: string): string | undefined =>
  reports
    .filter((report) => report.recommendationId === recommendationId && report.delegationCode === code)
    .map(({ submittedAt }) => submittedAt)
    .sort()
    .at(-1)

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
