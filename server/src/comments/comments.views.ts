import type { Comment, Comments, Remark } from '@multilogue/shared/comments'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import * as Y from 'yjs'
import type { ActingSeat } from '../access/caller.js'
import {
  groupsOf,
  mayComment,
  mayResolve,
  maySeeComment,
  visibilitiesFor,
  type CommentRow,
} from '../access/comment.access.js'
import type { DocumentRow } from '../access/document.access.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import type { Texts } from '../documents/texts.js'
import { blocksIn, standingAt, type Anchor } from './anchors.js'

type StoredRemark = Omit<Remark, 'dir' | 'may'> & { seatId: string }
interface Stored extends CommentRow {
  anchor_from: Buffer
  anchor_to: Buffer
  quote: string
  group: Comment['group']
  resolved: Comment['resolved']
  remarks: StoredRemark[]
}

const by = (person: string, seat: string, delegation: string) =>
  `jsonb_build_object('code', coalesce(${delegation}.code, ${seat}.role), 'name', ${person}.name)`

const COMMENTS = `
  SELECT c.*, CASE WHEN b.id IS NOT NULL THEN jsonb_build_object('id', b.id, 'code', b.code, 'name', b.name) END AS "group",
    CASE WHEN c.resolved_at IS NOT NULL
      THEN jsonb_build_object('by', ${by('rp', 'rs', 'rd')}, 'at', ${instant('c.resolved_at')}) END AS resolved,
    (SELECT jsonb_agg(jsonb_build_object('id', m.id, 'language', m.language, 'seatId', m.seat_id,
         'body', CASE WHEN m.withdrawn_at IS NULL THEN m.body ELSE '' END, 'withdrawn', m.withdrawn_at IS NOT NULL,
         'by', ${by('mp', 'ms', 'md')}, 'at', ${instant('m.at')}, 'editedAt', ${instant('m.edited_at')})
         ORDER BY m.number)
       FROM remark m JOIN person mp ON mp.id = m.person_id JOIN seat ms ON ms.id = m.seat_id
       LEFT JOIN delegation md ON md.id = ms.delegation_id WHERE m.comment_id = c.id) AS remarks
  FROM comment c LEFT JOIN body b ON b.id = c.body_id LEFT JOIN person rp ON rp.id = c.resolved_person_id
  LEFT JOIN seat rs ON rs.id = c.resolved_seat_id LEFT JOIN delegation rd ON rd.id = rs.delegation_id
  WHERE c.document_id = $1 AND ($2::uuid IS NULL OR c.id = $2)
    AND (c.visibility IN ('room', 'public') OR (c.visibility = 'delegation' AND c.delegation_id = $3)
      OR (c.visibility = 'group' AND c.body_id = ANY($4))) ORDER BY c.made_at, c.id`

/** What the seat may see of what is said beside a text. */
export async function commentsOf(
  db: EntityManager,
  texts: Texts,
  seat: ActingSeat,
  document: DocumentRow,
  commentId?: string,
): Promise<Comment[]> {
  const groups = await groupsOf(db, seat)
  const stored = await rows<Stored>(db, COMMENTS, [document.id, commentId ?? null, seat.delegationId, [...groups]])
  const seen = stored.filter((comment) => maySeeComment(seat, comment, groups))
  if (seen.length === 0) return []
  const anchors = seen.map((comment): Anchor => ({ from: comment.anchor_from, to: comment.anchor_to }))
  const { seen: places } = await texts.look(document.id, (doc) => inOrder(doc, anchors))
  return seen
    .map((comment, at) => ({ comment: viewOf(seat, document, comment, places[at]!), order: places[at]!.order }))
    .sort((one, other) => one.order - other.order)
    .map(({ comment }) => comment)
}

interface Placed {
  place: Comment['place']
  /** Larger than that of whatever stands before; infinite for what stands nowhere. */
  order: number
}

function inOrder(doc: Y.Doc, anchors: Anchor[]): Placed[] {
  const blocks = blocksIn(doc.getXmlFragment('default'))
  const ranks = new Map([...blocks.values()].map((id, rank) => [id, rank]))
  return anchors.map((anchor) => {
    const place = standingAt(doc, blocks, anchor)?.place ?? null
    return { place, order: place ? ranks.get(place.paragraphId)! * 1e6 + place.from : Infinity }
  })
}

function viewOf(seat: ActingSeat, document: DocumentRow, comment: Stored, { place }: Placed): Comment {
  const answers = mayComment(seat, document)
  return {
    id: comment.id,
    documentId: document.id,
    place,
    anchor: { from: comment.anchor_from.toString('base64'), to: comment.anchor_to.toString('base64') },
    quote: comment.quote,
    visibility: comment.visibility,
    group: comment.group,
    resolved: comment.resolved,
    remarks: comment.remarks.map(({ seatId, ...remark }) => ({
      ...remark,
      dir: directionOf(remark.language),
      may: answers && seatId === seat.id && !remark.withdrawn ? ['revise', 'withdraw'] : [],
    })),
    may: [...(answers ? ['answer'] : []), ...(mayResolve(seat, document, comment) ? ['resolve'] : [])],
  }
}

/** To whom the seat may speak about the text. */
export async function hearersFor(
  db: EntityManager,
  seat: ActingSeat,
  document: DocumentRow,
): Promise<Pick<Comments, 'visibilities' | 'groups'>> {
  const visibilities = visibilitiesFor(seat, document)
  const groups =
    visibilities.length === 0 || document.visibility === 'delegation'
      ? []
      : await rows<Comments['groups'][number]>(
          db,
          `SELECT b.id, b.code, b.name FROM body b JOIN body_member m ON m.body_id = b.id
           WHERE m.delegation_id = $1 ORDER BY b.code`,
          [seat.delegationId],
        )
  return { visibilities: groups.length > 0 ? [...visibilities, 'group'] : visibilities, groups }
}
