import { z } from 'zod'
import { command, query } from './contract.js'
import {
  Day,
  Id,
  Instant,
  Language,
  Line,
  May,
  Money,
  OptionalParagraph,
  PageSize,
  Paragraph,
  Revision,
  SdgTarget,
} from './values.js'

export const Side = z.enum(['request', 'offer'])
export const COOPERATION_TYPES = [
  'knowledge_sharing',
  'technical_cooperation',
  'investment_related',
  'finance',
] as const
export const CooperationType = z.enum(COOPERATION_TYPES)
export const MODALITIES = [
  'study_tour',
  'workshop',
  'video_conference',
  'help_desk',
  'community_of_practice',
  'peer_learning',
  'expert',
  'training',
  'twinning',
  'funding',
] as const
export const Modality = z.enum(MODALITIES)
export const ListingState = z.enum(['draft', 'published', 'matched', 'withdrawn'])
export const IN_KIND_UNITS = ['days', 'places', 'units'] as const
export const InKind = z.object({
  quantity: z.number().min(0.01).max(1e6),
  unit: z.enum(IN_KIND_UNITS),
})
/** Groups of countries that eligibility is told by, beside single countries by their ISO 3166-1 alpha-3 codes. */
export const COUNTRY_GROUPS = ['LDC', 'LLDC', 'SIDS', 'LIC', 'LMC', 'UMC'] as const
/** DAC CRS purpose codes that are offered for choice; any other five digits are taken as well. */
export const SECTORS = [
  '11330',
  '16062',
  '22040',
  '25030',
  '32110',
  '32120',
  '32130',
  '32140',
  '32161',
  '32163',
  '32172',
  '32182',
  '33110',
  '33120',
  '43073',
] as const
const Sector = z.string().regex(/^\d{5}$/, { error: 'Not a DAC purpose code of five digits, such as 32130.' })
const Eligible = z
  .string()
  .regex(/^[A-Z]{3,4}$/, { error: 'Not a group such as LDC, nor the code of a country such as GHA.' })

/** Each named once. */
const once = <T extends z.ZodType>(list: z.ZodArray<T>) =>
  list.refine((all) => new Set(all).size === all.length, { error: 'Something is named twice.' })

/** What is compared when a request and an offer are brought together, and what its owner says for those who decide. */
const terms = {
  cooperationType: CooperationType,
  modalities: once(z.array(Modality).min(1).max(10)),
  sdgTargets: once(z.array(SdgTarget).max(20)).default([]),
  /** DAC CRS purpose codes. */
  sectors: once(z.array(Sector).max(10)).default([]),
  /** In which the work can be done; that of the listing when none is named. */
  languages: once(z.array(Language).max(6)).default([]),
  /** Interpretation is provided for, so that no common language is needed. */
  interpretation: z.boolean().default(false),
  /** Of an offer: groups and countries that it is for; everybody when none is named. */
  eligible: once(z.array(Eligible).max(250)).default([]),
  opensOn: Day.nullable().default(null),
  closesOn: Day.nullable().default(null),
  money: Money.nullable().default(null),
  inKind: InKind.nullable().default(null),
  /** Of a request: which capacity is missing, what is sought, and who takes it in. */
  gap: OptionalParagraph.default(''),
  outcome: OptionalParagraph.default(''),
  readiness: OptionalParagraph.default(''),
  /** Of an offer: where it has worked. */
  experience: OptionalParagraph.default(''),
  /** How it fits with others that cover the same. */
  coordination: OptionalParagraph.default(''),
  /** 0 none, 1 significant, 2 principal objective. */
  genderMarker: z.number().int().min(0).max(2).default(0),
}

export const Party = z.object({ delegationId: Id, code: z.string(), name: z.string() })

export const Listing = z.object({
  id: Id,
  roundId: Id,
  side: Side,
  owner: Party,
  title: z.string(),
  description: z.string(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  ...z.object(terms).shape,
  /** What of an offer is not bound by agreed matches; null where nothing was quantified. */
  left: z.object({ money: z.number().nullable(), inKind: z.number().nullable() }),
  state: ListingState,
  createdAt: Instant,
  revision: Revision,
  may: May,
})
export type Listing = z.infer<typeof Listing>

export const listListings = query('assistance.listListings', 'GET /listings', {
  summary: 'Requests and offers of a round, a page at a time, the oldest first; drafts only to their owner.',
  input: z.object({
    roundId: Id,
    side: Side.optional(),
    /** Those of one delegation. */
    delegationId: Id.optional(),
    state: ListingState.optional(),
    /** That one alone. */
    listingId: Id.optional(),
    /** `next` of the page before. */
    after: Id.optional(),
    limit: PageSize,
  }),
  output: z.object({
    listings: z.array(Listing),
    /** How many there are on all pages; counted with the first one. */
    total: z.int().nullable(),
    /** Null on the last page. */
    next: Id.nullable(),
  }),
})
export const draftListing = command('assistance.draftListing', 'POST /listings', {
  summary: 'Draft a request or an offer for the delegation.',
  input: z.object({
    roundId: Id,
    side: Side,
    title: Line,
    description: Paragraph,
    language: Language,
    ...terms,
    /** A request may say which recommendation it serves. */
    recommendationId: Id.optional(),
    /** The statement that it came of. */
    messageId: Id.optional(),
  }),
  output: Listing,
})
export const moveListing = command('assistance.moveListing', 'PATCH /listings/:listingId', {
  summary: 'Publish a draft, or withdraw.',
  input: z.object({ listingId: Id, state: z.enum(['published', 'withdrawn']), revision: Revision }),
  output: Listing,
})
