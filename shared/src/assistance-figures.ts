import { z } from 'zod'
import { query } from './contract.js'
import { Id } from './values.js'

/* How much was asked for, matched and committed, the same on every page and for every reader. */

/** Of one currency or one unit. Amounts of two are never added. */
export const CommitmentSum = z.object({
  unit: z.string(),
  count: z.int(),
  pledged: z.number(),
  confirmed: z.number(),
  delivered: z.number(),
  /** What was pledged and is not confirmed. */
  gap: z.number(),
  /** What of the confirmed falls into years after the present one. */
  later: z.number(),
})
export type CommitmentSum = z.infer<typeof CommitmentSum>

export const AssistanceFigures = z.object({
  /** Agreed requests of those published, matched ones included. */
  requests: z.object({ agreed: z.int(), published: z.int() }),
  /** Currencies first. */
  sums: z.array(CommitmentSum),
})
export type AssistanceFigures = z.infer<typeof AssistanceFigures>

export const getAssistanceFigures = query('assistanceFigures.getAssistanceFigures', 'GET /assistance/figures', {
  summary: 'Requests matched, and what is pledged, confirmed and delivered, in each currency and unit.',
  input: z.object({ roundId: Id }),
  output: AssistanceFigures,
})
