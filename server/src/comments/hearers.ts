import type { EntityManager } from 'typeorm'
import { isBeforeAll, type CommentRow } from '../access/comment.access.js'
import type { DocumentRow } from '../access/document.access.js'
import { row } from '../common/sql.js'
import { audienceOf } from '../documents/audience.js'
import type { Audience } from '../work/work.js'

/** Who hears of a comment: those who may see it. */
export async function hearersOf(
  db: EntityManager,
  document: DocumentRow,
  comment: Pick<CommentRow, 'visibility' | 'delegation_id' | 'body_id'>,
): Promise<Audience | undefined> {
  if (isBeforeAll(comment)) return audienceOf(document)
  if (comment.visibility === 'delegation') return { delegationIds: [comment.delegation_id!], secretariat: false }
  const members = await row<{ ids: string[] }>(
    db,
    `SELECT coalesce(array_agg(delegation_id::text), '{}') AS ids FROM body_member WHERE body_id = $1`,
    [comment.body_id],
  )
  return { delegationIds: members!.ids, secretariat: false }
}
