import type { InputOf, OutputOf } from '@multilogue/shared/contract'
import type { compareText, listAuthors, listSteps, playTimeline, readText } from '@multilogue/shared/history'
import type { ProblemName } from '@multilogue/shared/problems'
import type { WrittenAnswer } from '../../work/written-answer.js'
import type { Content } from './content.js'

/** What the thread that reads histories can be asked, and what it answers. Rights are judged before it is asked. */
export interface Questions {
  steps: { asked: Pick<InputOf<typeof listSteps>, 'documentId' | 'before' | 'limit'>; answer: StepPage }
  text: { asked: InputOf<typeof readText>; answer: WrittenAnswer }
  /** JSON of `StandingText`. */
  content: { asked: { documentId: string; no?: number }; answer: WrittenAnswer }
  authors: { asked: InputOf<typeof listAuthors>; answer: WrittenAnswer }
  compare: { asked: InputOf<typeof compareText>; answer: WrittenAnswer }
  timeline: { asked: InputOf<typeof playTimeline>; answer: WrittenAnswer }
  /** How often each paragraph, by its id, was edited after its log number and up to `to`; see `editsOf`. */
  edits: { asked: { documentId: string; since: Record<string, number>; to: number }; answer: Record<string, number> }
  /** The edit that restores a point (null: nothing differs), and the newest log number it was made on. */
  rewriting: { asked: { documentId: string; no: number }; answer: { edit: Uint8Array | null; head: number } }
}

/** A text with everything in it, as it stood at a log number. */
export interface StandingText {
  no: number
  /** When it came to stand so; null for 0. */
  at: string | null
  content: Content[]
}

export type StepPage = Pick<OutputOf<typeof listSteps>, 'head' | 'steps' | 'next'>
export type QuestionName = keyof Questions

/** A question with the number under which its answer comes back. */
export type Sent = { [N in QuestionName]: { number: number; name: N; asked: Questions[N]['asked'] } }[QuestionName]

export type Reply = { number: number } & (
  | { answer: unknown }
  /** What becomes a `WrittenAnswer`. */
  | { json: Uint8Array }
  | { problem: ProblemName; more: Record<string, unknown> }
  /** An error's message and code, for the log and for what follows from a lost database. */
  | { failed: string; code?: string }
)
