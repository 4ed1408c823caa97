import { z } from 'zod'
import { Bracket } from './brackets.js'
import { command, query } from './contract.js'
import { DocumentMode } from './documents.js'
import { Part } from './numbering.js'
import { CellPlace } from './tables.js'
import {
  ContentHash,
  Id,
  Instant,
  Language,
  May,
  OptionalParagraph,
  Paragraph,
  ParagraphId,
  Revision,
} from './values.js'

/** A run of words with the same marks, such as `bold`; or a footnote, whose `text` is what stands for it in a line. */
export const Run = z.object({
  text: z.string(),
  marks: z.array(z.string()).optional(),
  footnote: z.string().optional(),
  /** `text` is what a cross-reference to this paragraph says now. */
  reference: z.string().optional(),
  /** Ids of the brackets around it, the outermost first. */
  brackets: z.array(z.string()).optional(),
})
export type Run = z.infer<typeof Run>

/** A block as views show it. Lists, tables and quotes are given as the blocks in them; only top ones have a part. */
export const Block = z.object({
  id: z.string(),
  kind: z.enum(['heading', 'paragraph', 'listItem']),
  level: z.number().int().optional(),
  part: Part.optional(),
  depth: z.number().int().optional(),
  bis: z.literal(true).optional(),
  cell: CellPlace.optional(),
  runs: z.array(Run),
})
export type Block = z.infer<typeof Block>

/**
 * open: nothing is said about it. bracketed: words of it are in brackets, or proposals on it wait for a decision. agreed_ad_ref: agreed subject to the
 * whole. agreed: adopted with the whole. Bound to the content: an edit reopens.
 */
export const ParagraphStatus = z.enum(['open', 'bracketed', 'agreed_ad_ref', 'agreed'])
export type ParagraphStatus = z.infer<typeof ParagraphStatus>

/** Says who did something: of which delegation, or in which function. */
export const By = z.object({ code: z.string(), name: z.string() })

/** A block of the text with what is said about it; `status` only of preambular and operative paragraphs. */
export const NegotiatedBlock = Block.extend({
  /** Of its content; what is decided on a paragraph names the content it was decided on. */
  hash: z.string(),
  status: ParagraphStatus.nullable(),
  /** Who set the status, and when; null while nobody did. */
  set: z.object({ by: By, at: Instant, reason: z.string().nullable() }).nullable(),
  /** It was agreed and has been edited since. */
  editedSince: z.boolean(),
})
export type NegotiatedBlock = z.infer<typeof NegotiatedBlock>

/** merge: with the paragraph after it. move: to behind another paragraph. split: in two, the first of which it stays. */
export const Operation = z.enum(['replace', 'insert', 'delete', 'split', 'merge', 'move'])
export type Operation = z.infer<typeof Operation>
/**
 * draft: private to its delegation. offered: a stakeholder asks a delegation to sponsor it. tabled: before everybody.
 * rebase_asked: the facilitator asks to bring it to the text as it stands now. The rest are ends.
 */
export const ProposalState = z.enum([
  'draft',
  'offered',
  'tabled',
  'rebase_asked',
  'incorporated',
  'merged',
  'withdrawn',
  'not_retained',
])
export type ProposalState = z.infer<typeof ProposalState>
export const POSITIONS = ['support', 'can_live_with', 'oppose'] as const
export const Position = z.enum(POSITIONS)
export type Position = z.infer<typeof Position>

const Sponsor = z.object({ delegationId: Id, code: z.string(), name: z.string() })

export const Proposal = z.object({
  /** Also the id of the proposal's own text, while it is drafted. */
  id: Id,
  documentId: Id,
  /** P1, P2 as they were tabled; null before. */
  number: z.number().int().nullable(),
  operation: Operation,
  /** What it is on; of an insertion, behind what it comes. */
  paragraphId: z.string(),
  otherId: z.string().nullable(),
  /** The paragraph as it was when the proposal was made or last rebased; empty for an insertion. */
  base: z.array(Block),
  /** The proposed words; null while drafted, and empty for a deletion or a move. */
  content: z.array(Block).nullable(),
  reason: z.string().nullable(),
  state: ProposalState,
  /** The text has moved on since: it has to be rebased before it can be decided. */
  outdated: z.boolean(),
  /** Of one that came of informal consultations: those, under their id and the code `INFORMAL`. */
  delegation: Sponsor,
  informal: z.object({ id: Id, role: z.string() }).nullable(),
  /** Whom a stakeholder or observer asks for sponsorship. */
  asked: Sponsor.nullable(),
  /** Those who table it, the first one first. */
  sponsors: z.array(Sponsor),
  positions: z.array(Sponsor.extend({ position: Position })),
  tabledAt: Instant.nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
  revision: Revision,
  may: May,
})
export type Proposal = z.infer<typeof Proposal>

/** The kinds of official documents; plain numbers are those of agendas and reports. */
export const SERIES = ['', 'L', 'CRP', 'WP', 'INF', 'Dec', 'Res', 'SR', 'PV'] as const
export const Series = z.enum(SERIES)
export type Series = z.infer<typeof Series>
export const MODIFIERS = ['Rev', 'Corr', 'Add'] as const
export const Modifier = z.enum(MODIFIERS)
export type Modifier = z.infer<typeof Modifier>
export const Distribution = z.enum(['general', 'limited', 'restricted'])

export const IssuedDocument = z.object({
  id: Id,
  documentId: Id,
  symbol: z.string(),
  title: z.string(),
  distribution: Distribution,
  /** The original language. */
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  /** All in which it was issued, the original one first. */
  languages: z.array(Language),
  /** The log number at which the text was frozen into it. */
  no: z.number().int(),
  /** The symbol that this one takes the place of. */
  supersedes: z.string().nullable(),
  issuedAt: Instant,
  by: By,
})
export type IssuedDocument = z.infer<typeof IssuedDocument>

export const Negotiation = z.object({
  documentId: Id,
  /** The log number of the text in this answer. */
  no: z.number().int(),
  mode: DocumentMode,
  language: Language,
  blocks: z.array(NegotiatedBlock),
  /** Every tabled proposal, decided ones too, and what the seat's delegation drafts or is asked to sponsor. */
  proposals: z.array(Proposal),
  /** The open ones, of the text and of the proposals that the seat may see. */
  brackets: z.array(Bracket),
  convergence: z.object({ agreed: z.number().int(), live: z.number().int() }),
  issued: z.array(IssuedDocument),
  may: May,
})
export type Negotiation = z.infer<typeof Negotiation>

export const Act = z.object({
  id: z.string(),
  act: z.string(),
  paragraphId: z.string().nullable(),
  proposal: z.number().int().nullable(),
  /** Of the proposal. */
  operation: Operation.nullable(),
  words: z.string().nullable(),
  note: z.string().nullable(),
  by: By,
  at: Instant,
})
export type Act = z.infer<typeof Act>

const namesAnother = (operation: Operation) => operation === 'merge' || operation === 'move'
const onProposal = { proposalId: Id, revision: Revision }

export const getNegotiation = query('negotiation.getNegotiation', 'GET /documents/:documentId/negotiation', {
  summary: 'The text as it stands, with status, proposals and positions: what every view is made from.',
  input: z.object({ documentId: Id }),
  output: Negotiation,
})
export const listActs = query('negotiation.listActs', 'GET /documents/:documentId/acts', {
  summary: 'The trail: who proposed, joined, supported, decided, agreed and reopened. Newest first.',
  input: z.object({
    documentId: Id,
    q: z.string().trim().max(200).optional(),
    paragraphId: ParagraphId.optional(),
    before: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
  }),
  output: z.array(Act),
})
export const draftProposal = command('negotiation.draftProposal', 'POST /documents/:documentId/proposals', {
  summary: 'Begin a proposal on a paragraph, private to the delegation; its text is co-edited under its own id.',
  input: z
    .object({
      documentId: Id,
      operation: Operation,
      paragraphId: ParagraphId,
      /** Of a merge the paragraph that follows; of a move the one behind which it comes. */
      otherId: ParagraphId.optional(),
      /** Words that were written before, for example while the text was frozen; of a split, a line for each part. */
      words: Paragraph.optional(),
    })
    .refine(({ paragraphId, otherId }) => paragraphId !== otherId, {
      path: ['otherId'],
      error: 'A paragraph is merged with another one, or moved behind another one.',
    })
    .refine(({ operation, otherId }) => namesAnother(operation) === (otherId !== undefined), {
      path: ['otherId'],
      error: 'A merge and a move name another paragraph, and nothing else does.',
    })
    .refine(({ operation, words }) => words === undefined || !['delete', 'move'].includes(operation), {
      path: ['words'],
      error: 'A deletion and a move have no words of their own.',
    }),
  output: Proposal,
})
export const tableProposal = command('negotiation.tableProposal', 'POST /proposals/:proposalId/table', {
  summary: 'Put a proposal before everybody, in the name of the delegation.',
  input: z.object({ ...onProposal, reason: OptionalParagraph.default('') }),
  output: Proposal,
})
export const offerProposal = command('negotiation.offerProposal', 'POST /proposals/:proposalId/offer', {
  summary: 'Ask a delegation to sponsor what a stakeholder or observer proposes.',
  input: z.object({ ...onProposal, delegationId: Id, reason: OptionalParagraph.default('') }),
  output: Proposal,
})
export const withdrawProposal = command('negotiation.withdrawProposal', 'POST /proposals/:proposalId/withdraw', {
  summary: 'Take a proposal back; its trail stays.',
  input: z.object(onProposal),
  output: Proposal,
})
export const rebaseProposal = command('negotiation.rebaseProposal', 'POST /proposals/:proposalId/rebase', {
  summary: 'Bring a proposal to the text as it stands now; it is drafted again and has to be tabled again.',
  input: z.object(onProposal),
  output: Proposal,
})
export const sponsorProposal = command('negotiation.sponsorProposal', 'PUT /proposals/:proposalId/sponsorship', {
  summary: 'Join the sponsors of a tabled proposal, or leave them.',
  input: z.object({ proposalId: Id, sponsors: z.boolean() }),
  output: Proposal,
})
export const takePosition = command('negotiation.takePosition', 'PUT /proposals/:proposalId/position', {
  summary: 'Say where the delegation stands on a tabled proposal; null takes it back.',
  input: z.object({ proposalId: Id, position: Position.nullable() }),
  output: Proposal,
})
export const askToRebase = command('negotiation.askToRebase', 'POST /proposals/:proposalId/ask-to-rebase', {
  summary: 'Ask the sponsors to bring a proposal to the text as it stands now.',
  input: z.object({ ...onProposal, note: OptionalParagraph.default('') }),
  output: Proposal,
})
export const declineProposal = command('negotiation.declineProposal', 'POST /proposals/:proposalId/decline', {
  summary: 'Not retain a proposal, with the reason.',
  input: z.object({ ...onProposal, note: Paragraph }),
  output: Proposal,
})
export const incorporateProposal = command(
  'negotiation.incorporateProposal',
  'POST /proposals/:proposalId/incorporate',
  {
    summary: 'Write a proposal into the text; rivals on the same paragraph have to be rebased.',
    input: z.object({ ...onProposal, note: OptionalParagraph.default('') }),
    output: Proposal,
  },
)
export const mergeProposals = command('negotiation.mergeProposals', 'POST /documents/:documentId/merge', {
  summary: 'Write a compromise in the place of a paragraph; the proposals it was made from are named in the trail.',
  input: z.object({
    documentId: Id,
    paragraphId: ParagraphId,
    hash: ContentHash,
    proposalIds: z.array(Id).min(1).max(50),
    words: Paragraph,
    note: OptionalParagraph.default(''),
  }),
  output: Negotiation,
})
export const setParagraphStatus = command(
  'negotiation.setParagraphStatus',
  'PUT /documents/:documentId/paragraphs/:paragraphId/status',
  {
    summary: 'Mark a paragraph as agreed ad referendum, or reopen it with a reason.',
    input: z.object({
      documentId: Id,
      paragraphId: ParagraphId,
      hash: ContentHash,
      status: z.enum(['open', 'agreed_ad_ref']),
      reason: OptionalParagraph.default(''),
    }),
    output: Negotiation,
  },
)
export const issueDocument = command('negotiation.issueDocument', 'POST /documents/:documentId/issue', {
  summary: 'Freeze the text as it stands under the next symbol of a series, or as Rev., Corr. or Add. of a symbol.',
  input: z.object({
    documentId: Id,
    series: Series.optional(),
    base: z.object({ issuedId: Id, modifier: Modifier }).optional(),
    distribution: Distribution.default('limited'),
  }),
  output: IssuedDocument,
})
export const getIssued = query('negotiation.getIssued', 'GET /issued/:issuedId', {
  summary: 'An issued document, as it was issued, in one of its languages.',
  input: z.object({
    issuedId: Id,
    /** Left out, the original one. */
    language: Language.optional(),
  }),
  output: IssuedDocument.extend({
    /** In what language the title and the blocks are; `language` stays the original one. */
    shown: z.object({ language: Language, dir: z.enum(['ltr', 'rtl']), title: z.string() }),
    blocks: z.array(Block),
  }),
})
