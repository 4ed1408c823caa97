import { z } from 'zod'
import { Listing, Side } from './assistance.js'
import { query } from './contract.js'
import { Id, May } from './values.js'

/* How well a request and an offer go together: every factor and every exclusion is told to everybody. */

/** What each factor counts at most, of 100. */
export const FACTOR_POINTS = { theme: 35, modality: 20, context: 15, experience: 15, language: 10, timing: 5 } as const
export const FACTORS = ['theme', 'modality', 'context', 'experience', 'language', 'timing'] as const
export const Factor = z.enum(FACTORS)
/** Whatever the factors say, these rule a pair out. */
export const EXCLUSIONS = ['own', 'not_eligible', 'no_window', 'no_language', 'no_capacity'] as const
export const Exclusion = z.enum(EXCLUSIONS)
/** From here on a pair is worth proposing; a request without any such offer is told what is missing. */
export const GOOD_SCORE = 50

/** Before the code of what is not common but close: another target of the goal, another sector of the group. */
export const NEAR = '~'

export const Weighing = z.object({
  /** 0 to 100. */
  score: z.number().int(),
  factors: z.array(
    z.object({
      name: Factor,
      points: z.number(),
      /** What both have in common: codes of targets, sectors, modalities, languages, groups or regions. */
      shared: z.array(z.string()),
    }),
  ),
  /** `of`: what the condition asks for, such as the groups that are eligible. */
  exclusions: z.array(z.object({ name: Exclusion, of: z.array(z.string()) })),
})
export type Weighing = z.infer<typeof Weighing>

/** Whether the score advises these: none is ruled out, and the best of the ranking is among them. */
export const isAdvised = (chosen: readonly Weighing[], best: Weighing | undefined): boolean =>
  chosen.every(({ exclusions }) => exclusions.length === 0) && chosen.some(({ score }) => score >= (best?.score ?? 0))

export const Candidate = z.object({ listing: Listing, weighing: Weighing })
export type Candidate = z.infer<typeof Candidate>

export const Ranking = z.object({
  listing: Listing,
  /** The side of the candidates. */
  side: Side,
  /** Best first, the earlier published before the later; at most 50. */
  candidates: z.array(Candidate),
  excluded: z.array(Candidate),
  counts: z.object({ candidates: z.number().int(), excluded: z.number().int() }),
  /** When no candidate reaches the good score: what keeps the best one from it, or what rules most of them out. */
  missing: z.union([Factor, Exclusion]).nullable(),
  may: May,
})
export type Ranking = z.infer<typeof Ranking>

export const rankListings = query('matching.rankListings', 'GET /listings/:listingId/ranking', {
  summary:
    'The offers that a request could be served by, or the requests that an offer could serve, with every reason.',
  input: z.object({ listingId: Id }),
  output: Ranking,
})
