import { z } from 'zod'
import { command, query } from './contract.js'
import { Role } from './identity.js'
import { Id, Instant, Line, May, OptionalParagraph, ParagraphId } from './values.js'

/*
 * Informal consultations on some paragraphs of a text: a text of their own for who is invited, without prejudice to
 * anybody's position. What comes of them is offered back as proposals; then they are closed.
 */

const Named = z.object({ id: Id, code: z.string(), name: z.string() })

export const Informal = z.object({
  /** Also the id of their text. */
  id: Id,
  documentId: Id,
  documentTitle: z.string(),
  title: z.string(),
  convener: z.object({ name: z.string(), role: Role }),
  invited: z.array(Named),
  /** Chair and secretariat read it too. */
  officersRead: z.boolean(),
  paragraphs: z.array(
    z.object({
      id: z.string(),
      words: z.string(),
      /** The text says something else there now than when the consultations began. */
      moved: z.boolean(),
    }),
  ),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  /** Numbers of the proposals that were made of it. */
  proposals: z.array(z.int()),
  may: May,
})
export type Informal = z.infer<typeof Informal>

export const listInformals = query('informals.listInformals', 'GET /documents/:documentId/informals', {
  summary: 'The informal consultations on a text that the seat may see.',
  input: z.object({ documentId: Id }),
  output: z.array(Informal),
})
export const getInformal = query('informals.getInformal', 'GET /informals/:informalId', {
  summary: 'Informal consultations: on which paragraphs, with whom, and what came of them.',
  input: z.object({ informalId: Id }),
  output: Informal,
})
export const openInformal = command('informals.openInformal', 'POST /documents/:documentId/informals', {
  summary: 'Fork paragraphs of a text for delegations that are invited; nobody else sees it.',
  input: z.object({
    documentId: Id,
    title: Line,
    paragraphIds: z.array(ParagraphId).min(1).max(50),
    delegationIds: z.array(Id).min(1).max(200),
  }),
  output: Informal,
})
export const offerInformal = command('informals.offerInformal', 'POST /informals/:informalId/offer', {
  summary: 'Make a proposal of every paragraph that was changed, and close the consultations.',
  input: z.object({ informalId: Id, reason: OptionalParagraph.default('') }),
  output: Informal,
})
export const closeInformal = command('informals.closeInformal', 'POST /informals/:informalId/close', {
  summary: 'Close informal consultations without offering anything; their text stays readable to who took part.',
  input: z.object({ informalId: Id }),
  output: Informal,
})
