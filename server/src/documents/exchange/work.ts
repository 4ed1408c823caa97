import type { StandingText } from '../history/question.js'
import type { Job, JobName, Jobs } from './jobs.js'
import { manuscriptOf } from './manuscript-of.js'
import { mastheadOf } from './masthead.js'
import { wordFile } from './to-docx.js'
import { textFile } from './to-text.js'

type Working = { [N in JobName]: (given: Jobs[N]['given']) => Promise<Jobs[N]['made']> | Jobs[N]['made'] }

const working: Working = {
  write({ format, heading, openedAt, text }) {
    const { content, at } = parsed<StandingText>(text)
    const manuscript = manuscriptOf(content, mastheadOf(heading, at ?? openedAt), heading.language)
    if (format === 'docx') return wordFile(manuscript)
    return new TextEncoder().encode(textFile(manuscript))
  },
}

export const done = async ({ name, given }: Job): Promise<unknown> =>
  (working[name] as (given: Job['given']) => unknown)(given)

const parsed = <T>(json: Uint8Array): T => JSON.parse(new TextDecoder().decode(json)) as T
