import { z } from 'zod'
import { AssistanceFigures } from './assistance-figures.js'
import { command, query } from './contract.js'
import { Figures } from './figures.js'
import { Response } from './recommendations.js'
import { RecordSection, WrittenText } from './records.js'
import { RoundStatus } from './rounds.js'
import { Id, Language, May } from './values.js'

/*
 * The report of a round writes itself as the record of a session does: what was adopted, what was recommended and
 * answered, how far it is, what was asked for and committed, and what became of what earlier rounds have left. Beside
 * it, the round is compared with those that it follows; the figures are those of every other page.
 */

/** What an adopted recommendation becomes in a round, by its carry-over or by an act of the register. */
export const ROUND_ACTS = ['carried', 'closed', 'merged', 'split', 'superseded'] as const
export const RoundAct = z.enum(ROUND_ACTS)
export type RoundAct = z.infer<typeof RoundAct>

const Count = z.int().nonnegative()

export const ComparedRound = z.object({
  ...{ id: Id, number: z.int(), title: z.string(), status: RoundStatus },
  /** Adopted in it, without what another one stands in the place of. */
  made: Count,
  /** Answers of the addressees to those. */
  responses: z.record(Response, Count),
  /** Of all that it follows up, what came from earlier rounds included. */
  figures: Figures,
  assistance: AssistanceFigures,
  /** What became in it of what earlier rounds have left; each is counted once. */
  acts: z.record(RoundAct, Count),
})
export type ComparedRound = z.infer<typeof ComparedRound>

export const RoundReport = z.object({
  ...{ roundId: Id, number: z.int(), title: z.string(), language: Language, dir: z.enum(['ltr', 'rtl']) },
  /** The round and all that it follows, the first one first. */
  rounds: z.array(ComparedRound),
  sections: z.array(RecordSection),
  written: WrittenText.nullable(),
  may: May,
})
export type RoundReport = z.infer<typeof RoundReport>

export const getRoundReport = query('roundReport.getRoundReport', 'GET /rounds/:roundId/report', {
  summary: 'What a round has done, told from what the rooms know, beside the rounds before it.',
  input: z.object({ roundId: Id, language: Language }),
  output: RoundReport,
})
export const writeRoundReport = command('roundReport.writeRoundReport', 'POST /rounds/:roundId/report', {
  summary: 'Write the report of a round as a text. It is written once; what comes later is added to it.',
  input: z.object({ roundId: Id, language: Language }),
  output: z.object({ documentId: Id }),
})
