import { z } from 'zod'
import { command, query } from './contract.js'
import { By } from './negotiation.js'
import { Id, Instant, Language, May, Paragraph, ParagraphId, Quote } from './values.js'

/*
 * Comments stand beside a text, on words of it. They need no right to write, and they stay with their words: by Yjs
 * relative positions, and by the words themselves when these were cut and pasted, undone or restored.
 */

/**
 * delegation: its own members alone. group: the members of a group that the delegation belongs to. room: everybody who
 * may read the text. public: whoever may read it once it is public, too.
 */
export const CommentVisibility = z.enum(['delegation', 'group', 'room', 'public'])
export type CommentVisibility = z.infer<typeof CommentVisibility>

/** Where words stand: UTF-16 code units from the paragraph's beginning; what is no letter, such as a footnote, is one. */
export const WordsPlace = z.object({ paragraphId: z.string(), from: z.int(), to: z.int() })
export type WordsPlace = z.infer<typeof WordsPlace>

/** What somebody says in a comment; the first one opens it. */
export const Remark = z.object({
  id: Id,
  /** Empty when it is withdrawn. */
  body: z.string(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  by: By,
  at: Instant,
  editedAt: Instant.nullable(),
  withdrawn: z.boolean(),
  may: May,
})
export type Remark = z.infer<typeof Remark>

export const Comment = z.object({
  id: Id,
  documentId: Id,
  /** Null: its words are nowhere in the text now. */
  place: WordsPlace.nullable(),
  /** Of its first word and behind its last: Yjs relative positions, as base64. */
  anchor: z.object({ from: z.string(), to: z.string() }),
  /** The words as they were when the comment was made. */
  quote: z.string(),
  visibility: CommentVisibility,
  group: z.object({ id: Id, code: z.string(), name: z.string() }).nullable(),
  resolved: z.object({ by: By, at: Instant }).nullable(),
  remarks: z.array(Remark),
  may: May,
})
export type Comment = z.infer<typeof Comment>

export const Comments = z.object({
  /** Those that the seat may see, in the order of the text; those whose words are gone come last. */
  comments: z.array(Comment),
  /** To whom the seat may speak; empty when it may not comment. */
  visibilities: z.array(CommentVisibility),
  groups: z.array(z.object({ id: Id, code: z.string(), name: z.string() })),
})
export type Comments = z.infer<typeof Comments>

export const listComments = query('comments.listComments', 'GET /documents/:documentId/comments', {
  summary: 'The comments on a text that the seat may see, resolved ones too.',
  input: z.object({ documentId: Id }),
  output: Comments,
})
export const makeComment = command('comments.makeComment', 'POST /documents/:documentId/comments', {
  summary: 'Comment on words of a paragraph, or on all of it. Nobody needs the right to write for it.',
  input: z
    .object({
      documentId: Id,
      paragraphId: ParagraphId,
      /** What stands where; it is found again when others have written before it. Left out: the whole paragraph. */
      words: z.object({ from: z.int().nonnegative(), quote: Quote }).optional(),
      body: Paragraph,
      language: Language,
      visibility: CommentVisibility,
      groupId: Id.optional(),
    })
    .refine(({ visibility, groupId }) => (visibility === 'group') === (groupId !== undefined), {
      path: ['groupId'],
      error: 'A comment for a group names it, and no other does.',
    }),
  output: Comment,
})
export const addRemark = command('comments.addRemark', 'POST /comments/:commentId/remarks', {
  summary: 'Answer in a comment.',
  input: z.object({ commentId: Id, body: Paragraph, language: Language }),
  output: Comment,
})
export const reviseRemark = command('comments.reviseRemark', 'PATCH /remarks/:remarkId', {
  summary: 'Say it in other words; the earlier wording is kept.',
  input: z.object({ remarkId: Id, body: Paragraph }),
  output: Comment,
})
export const withdrawRemark = command('comments.withdrawRemark', 'POST /remarks/:remarkId/withdraw', {
  summary: 'Take back what one has said; that it was said stays.',
  input: z.object({ remarkId: Id }),
  output: Comment,
})
export const resolveComment = command('comments.resolveComment', 'PUT /comments/:commentId/resolution', {
  summary: 'Say that a comment is dealt with, or open it again.',
  input: z.object({ commentId: Id, resolved: z.boolean() }),
  output: Comment,
})
