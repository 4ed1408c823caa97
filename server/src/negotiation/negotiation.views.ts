import { isBracketed } from '@multilogue/shared/brackets'
import type {
  Act,
  Block,
  IssuedDocument,
  NegotiatedBlock,
  Negotiation,
  ParagraphStatus,
  Proposal,
} from '@multilogue/shared/negotiation'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { mayWriteDocument, type DocumentRow } from '../access/document.access.js'
import { guides, isBeforeAll, mayBracket, mayIssue, mayPropose } from '../access/negotiation.access.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { blocksOf, hashOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { bracketsOf } from './bracket.rows.js'
import { sayingIn } from '../documents/references.js'
import { proposalsOf } from './proposals.views.js'

interface Stored {
  paragraphId: string
  status: ParagraphStatus
  hash: string
  reason: string | null
  at: string
  code: string
  name: string
}

/** Columns of who acted, of a row `h` with `person_id` and `seat_id`. */
const BY = `jsonb_build_object('code', coalesce(hd.code, hs.role), 'name', hp.name)`
const JOIN_BY = `JOIN person hp ON hp.id = h.person_id JOIN seat hs ON hs.id = h.seat_id
  LEFT JOIN delegation hd ON hd.id = hs.delegation_id`

export async function negotiationOf(
  db: EntityManager,
  seat: ActingSeat,
  document: DocumentRow,
  { contents, no }: { contents: Content[]; no: number },
): Promise<Negotiation> {
  const proposals = await proposalsOf(db, seat, document, contents)
  const stored = await rows<Stored>(
    db,
    `SELECT h.paragraph_id AS "paragraphId", h.status, h.hash, h.reason, ${instant('h.at')} AS at,
       coalesce(hd.code, hs.role) AS code, hp.name
     FROM paragraph_status h ${JOIN_BY} WHERE h.document_id = $1`,
    [document.id],
  )
  const said = new Map(stored.map((status) => [status.paragraphId, status]))
  const blocks = blocksOf(contents, sayingIn(contents, document.language)).map(
    ({ block, content, isTop }): NegotiatedBlock => {
      const hash = hashOf(content)
      const isNegotiated = isTop && (block.part === 'preambular' || block.part === 'operative')
      const set = said.get(block.id)
      return {
        ...block,
        hash,
        status: isNegotiated ? statusOf(block, hash, set, proposals) : null,
        set: set ? { by: { code: set.code, name: set.name }, at: set.at, reason: set.reason } : null,
        editedSince: set !== undefined && set.status.startsWith('agreed') && set.hash !== hash,
      }
    },
  )
  return {
    documentId: document.id,
    no,
    mode: document.mode,
    language: document.language as Negotiation['language'],
    blocks,
    proposals,
    brackets: await bracketsOf(db, seat, document, contents, proposals),
    convergence: convergenceOf(blocks, proposals),
    issued: await issuedOf(db, { documentId: document.id }),
    may: [
      ...(mayPropose(seat, document) ? ['propose'] : []),
      ...(guides(seat, document) && document.mode !== 'frozen' ? ['decide'] : []),
      ...(mayWriteDocument(seat, document) && mayBracket(seat) ? ['bracket'] : []),
      ...(mayIssue(seat, document) ? ['issue'] : []),
    ],
  }
}

function statusOf(block: Block, hash: string, set: Stored | undefined, proposals: Proposal[]) {
  if (isBracketed(block)) return 'bracketed'
  if (set && set.status !== 'open' && set.hash === hash) return set.status
  return proposals.some((proposal) => isBeforeAll(proposal) && concerns(proposal, block.id)) ? 'bracketed' : 'open'
}

/** An insertion is a paragraph of its own, not a word on the one before it. */
export const concerns = ({ operation, paragraphId, otherId }: Proposal, id: string): boolean =>
  operation !== 'insert' && (paragraphId === id || (operation === 'merge' && otherId === id))

/** A paragraph that is proposed is live like those that stand in the text. */
function convergenceOf(blocks: NegotiatedBlock[], proposals: Proposal[]): Negotiation['convergence'] {
  const live = blocks.filter(({ status }) => status !== null)
  const proposed = proposals
    .filter((proposal) => isBeforeAll(proposal) && proposal.operation === 'insert')
    .flatMap(({ content }) => (content ?? []).filter(({ part }) => part === 'preambular' || part === 'operative'))
  return {
    agreed: live.filter(({ status }) => status === 'agreed_ad_ref' || status === 'agreed').length,
    live: live.length + proposed.length,
  }
}

export async function issuedOf(
  db: EntityManager,
  { documentId, issuedId }: { documentId?: string; issuedId?: string },
): Promise<IssuedDocument[]> {
  const found = await rows<Omit<IssuedDocument, 'dir' | 'no'> & { no: string }>(
    db,
    `SELECT h.id, h.document_id AS "documentId", h.symbol, h.title, h.distribution, h.language, h.no,
       (SELECT symbol FROM issued_document WHERE id = h.supersedes_id) AS supersedes,
       array_prepend(h.language, ARRAY(SELECT r.language FROM issued_rendering r WHERE r.issued_id = h.id
         ORDER BY r.language)) AS languages,
       ${instant('h.issued_at')} AS "issuedAt", ${BY} AS by
     FROM issued_document h ${JOIN_BY}
     WHERE ($1::uuid IS NULL OR h.document_id = $1) AND ($2::uuid IS NULL OR h.id = $2) ORDER BY h.issued_at, h.id`,
    [documentId ?? null, issuedId ?? null],
  )
  return found.map((issued) => ({ ...issued, no: Number(issued.no), dir: directionOf(issued.language) }))
}

/** What is done in private leaves its trail when it becomes known. */
export async function actsOf(
  db: EntityManager,
  documentId: string,
  { q, paragraphId, before }: { q?: string | undefined; paragraphId?: string | undefined; before?: string | undefined },
): Promise<Act[]> {
  return rows<Act>(
    db,
    `SELECT h.id, h.act, h.paragraph_id AS "paragraphId", p.number AS proposal, p.operation, h.words, h.note, ${BY} AS by,
       ${instant('h.at')} AS at
     FROM negotiation_act h ${JOIN_BY} LEFT JOIN proposal p ON p.id = h.proposal_id
     WHERE h.document_id = $1 AND ($2::text IS NULL OR h.paragraph_id = $2)
       AND ($3::bigint IS NULL OR h.id < $3)
       AND ($4::text IS NULL OR concat_ws(' ', h.act, h.words, h.note, hp.name, hd.code, 'P' || p.number) ILIKE $4)
     ORDER BY h.id DESC LIMIT 100`,
    [documentId, paragraphId ?? null, before ?? null, q ? `%${q.replaceAll(/[\\%_]/g, '\\$&')}%` : null],
  )
}
