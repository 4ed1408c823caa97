import type { CommentVisibility } from '@multilogue/shared/comments'
import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import { accredited, decides, holdsPen, type ActingSeat, type Caller } from './caller.js'
import { visibleDocument, type DocumentRow } from './document.access.js'

/*
 * Who may comment
 *
 * Every accredited delegation and every function of the round comments on what it may read, in every mode: commenting
 * is not writing. What a delegation says to itself is seen by its members alone, what it says to a group by the
 * delegations of that group; chair and secretariat see neither. In a delegation's own text all comments are its own.
 * What is to be public is said by heads and alternates and by the functions. Everybody who sees a comment answers in
 * it; only its author revises or takes back a remark, from the seat it was made from. Whose comment it is resolves it
 * and opens it again, and before everybody also whoever holds the pen.
 */
export interface CommentRow {
  id: string
  document_id: string
  visibility: CommentVisibility
  delegation_id: string | null
  body_id: string | null
  seat_id: string
  resolved_at: Date | null
}

export const mayComment = (seat: ActingSeat, document: DocumentRow): boolean =>
  document.kind !== 'proposal' &&
  document.kind !== 'informal' &&
  (seat.delegationId === null ? seat.role !== 'admin' : accredited(seat))

/** To whom the seat may speak about this text, groups left aside; the first is what is offered first. */
export function visibilitiesFor(seat: ActingSeat, document: DocumentRow): CommentVisibility[] {
  if (!mayComment(seat, document)) return []
  if (document.visibility === 'delegation') return ['delegation']
  if (seat.delegationId === null) return ['room', 'public']
  return ['delegation', 'room', ...(decides(seat) ? (['public'] as const) : [])]
}

export const isBeforeAll = ({ visibility }: Pick<CommentRow, 'visibility'>) =>
  visibility === 'room' || visibility === 'public'

/** @param groups  the groups that the seat's delegation belongs to */
export const maySeeComment = (seat: ActingSeat, comment: CommentRow, groups: ReadonlySet<string>): boolean =>
  isBeforeAll(comment) ||
  (comment.visibility === 'group'
    ? groups.has(comment.body_id!)
    : seat.delegationId !== null && seat.delegationId === comment.delegation_id)

export const mayResolve = (seat: ActingSeat, document: DocumentRow, comment: CommentRow): boolean =>
  mayComment(seat, document) &&
  (seat.id === comment.seat_id ||
    (seat.delegationId !== null && seat.delegationId === comment.delegation_id) ||
    (isBeforeAll(comment) && holdsPen(seat)))

/** The groups of the round that the seat's delegation belongs to. */
export async function groupsOf(db: EntityManager, seat: ActingSeat): Promise<Set<string>> {
  const found = await row<{ ids: string[] }>(
    db,
    `SELECT coalesce(array_agg(body_id::text), '{}') AS ids FROM body_member WHERE delegation_id = $1`,
    [seat.delegationId],
  )
  return new Set(found!.ids)
}

/** The one way to get a comment, locked, with its text. @throws Refusal not-found, for hidden and absent alike */
export async function visibleComment(
  work: { db: EntityManager; caller: Caller },
  commentId: string,
): Promise<{ comment: CommentRow; document: DocumentRow; seat: ActingSeat }> {
  const comment = await row<CommentRow>(work.db, `SELECT * FROM comment WHERE id = $1 FOR UPDATE`, [commentId])
  if (!comment) throw nothingHere()
  const { document, seat } = await visibleDocument(work, comment.document_id)
  if (!maySeeComment(seat, comment, await groupsOf(work.db, seat))) throw nothingHere()
  return { comment, document, seat }
}
