import { draftListing, moveListing } from '@multilogue/shared/assistance'
import type { RawInputOf } from '@multilogue/shared/contract'
import type { SmallRound } from './small-round.js'
import type { Stage } from './stage.js'

export type ListingTerms = Partial<RawInputOf<typeof draftListing>>

/** A request or an offer that was published. @returns its id */
export async function published(
  { stage, round }: { stage: Stage; round: SmallRound },
  who: string,
  side: 'request' | 'offer',
  terms: ListingTerms = {},
): Promise<string> {
  const { id } = await stage.done(who, draftListing, {
    ...{ roundId: round.roundId, side, title: `${side} of ${who}`, description: 'For a test.', language: 'en' },
    ...{ cooperationType: 'technical_cooperation', modalities: ['training'], ...terms },
  })
  await stage.done(who, moveListing, { listingId: id, state: 'published', revision: 1 })
  return id
}
