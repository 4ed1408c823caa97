import { z } from 'zod'
import { draftListing, ListingState, Party, Side } from './assistance.js'
import { inquiry, query } from './contract.js'
import { Day, Id, Language } from './values.js'

/*
 * What covers the same
 *
 * Requests and offers that everybody sees, whose goals or sectors meet in the same days: those of the same party;
 * beside an offer also offers for the same countries; beside a request also what agreed matches bring to its country.
 * An offer beside the request that it could serve is no overlap but a candidate, and is ranked. This warns and
 * never forbids.
 */

export const Overlap = z.object({
  id: Id,
  side: Side,
  owner: Party,
  title: z.string(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  state: ListingState,
  isSameOwner: z.boolean(),
  /** Countries and groups that both are for. Empty when it is for everybody, or is of the same party alone. */
  receiving: z.array(z.string()),
  isForEverybody: z.boolean(),
  /** Codes of targets and sectors that both name, then targets of which the other names one of the same goal, behind `NEAR`. */
  about: z.array(z.string()).min(1),
  /** The days that both cover; null where neither begins, or neither ends. */
  opensOn: Day.nullable(),
  closesOn: Day.nullable(),
})
export type Overlap = z.infer<typeof Overlap>

/** The most that are named; `count` tells how many there are. */
export const OVERLAPS_SHOWN = 20
export const Overlaps = z.object({
  /** Those with the most in common first, then in the order in which they were published. */
  overlaps: z.array(Overlap).max(OVERLAPS_SHOWN),
  count: z.int(),
})
export type Overlaps = z.infer<typeof Overlaps>

export const listOverlaps = query('overlaps.listOverlaps', 'GET /listings/:listingId/overlaps', {
  summary: 'The requests and offers of the round that cover the same as this one.',
  input: z.object({ listingId: Id }),
  output: Overlaps,
})
export const findOverlaps = inquiry('overlaps.findOverlaps', 'POST /listings/overlaps', {
  summary: 'The same for what the delegation is about to draft.',
  input: draftListing.input.pick({
    ...{ roundId: true, side: true, sdgTargets: true, sectors: true, eligible: true, opensOn: true, closesOn: true },
  }),
  output: Overlaps,
})
