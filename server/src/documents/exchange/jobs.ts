import type { ExportFormat } from '@multilogue/shared/exchange'
import type { Heading } from './masthead.js'

/** What the thread that makes and reads files can be given to do. Rights are judged before. */
export interface Jobs {
  write: {
    given: {
      format: ExportFormat
      heading: Heading
      /** ISO instant, for a text without words. */
      openedAt: string
      /** JSON of a `StandingText`. */
      text: Uint8Array
    }
    made: Uint8Array
  }
}

export type JobName = keyof Jobs
export type Job = { [N in JobName]: { name: N; given: Jobs[N]['given'] } }[JobName]
