import type { ExportFormat, FoundInFile } from '@multilogue/shared/exchange'
import type { Cell } from '../../recommendations/sheets/table.js'
import type { Remarked } from './comment-edges.js'
import type { Heading } from './masthead.js'
import type { Pending } from './pending.js'
import type { Positions } from './positions.js'
import type { Reader, Rewordings } from './rewordings.js'

/** What the thread that makes and reads files can be given to do. Rights are judged before. */
export interface Jobs {
  write: {
    given: {
      format: ExportFormat
      heading: Heading
      /** ISO instant, for a text without words. */
      openedAt: string
      /** ISO instant; of an issued document, which bears this date. */
      issuedAt: string | null
      /** JSON of a `StandingText`. */
      text: Uint8Array
      /** Of a file with tracked changes; in the order in which they were tabled. */
      pending: Pending[]
      /** Of a file with tracked changes. */
      comments: Remarked[]
      /** To what was adopted; of nothing else, and not of a file with tracked changes. */
      positions: Positions | null
    }
    made: Uint8Array
  }
  reword: {
    given: {
      file: Uint8Array
      /** The paragraphs as they stand. */
      text: { id: string; words: string }[]
      reader: Reader
    }
    made: Rewordings
  }
  read: { given: { file: Uint8Array }; made: FoundInFile }
  /** A table, row by row. */
  sheet: { given: { file: Uint8Array }; made: Cell[][] }
  import: {
    given: {
      file: Uint8Array
      /** The text that the file's is put after. */
      updates: Uint8Array[]
    }
    /** `edit` is null when there are no words in the file. */
    made: { edit: Uint8Array | null; found: FoundInFile }
  }
}

export type JobName = keyof Jobs
export interface Job<N extends JobName = JobName> {
  name: N
  given: Jobs[N]['given']
}
