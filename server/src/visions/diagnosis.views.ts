import type { DiagnosticFinding, GuidingQuestion } from '@multilogue/shared/visions'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { mayReviseDiagnosed } from '../access/vision.access.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'

type Bare<T> = Omit<T, 'may'> & { delegationId: string | null }

/** The paragraphs that rest on it, in the texts that the seat may see; `o` is the link, `h` what is rested on. */
const RESTING = (column: string) => `coalesce((SELECT jsonb_agg(jsonb_build_object('documentId', d.id,
    'documentTitle', d.title, 'paragraphId', o.paragraph_id) ORDER BY o.at, o.id)
  FROM paragraph_origin o JOIN document d ON d.id = o.document_id
  WHERE o.${column} = h.id AND (d.visibility = 'participants' OR d.owner_delegation_id = $2)), '[]') AS paragraphs`

export async function findingsOf(db: EntityManager, seat: ActingSeat): Promise<DiagnosticFinding[]> {
  const found = await rows<Bare<DiagnosticFinding>>(
    db,
    `SELECT h.id, g.code, h.kind, h.title, h.body, h.source, h.source_url AS "sourceUrl", h.language, p.name AS by,
       ${instant('h.created_at')} AS at, h.withdrawn_at IS NOT NULL AS withdrawn, h.revision,
       h.delegation_id AS "delegationId", ${RESTING('finding_id')}
     FROM finding h JOIN person p ON p.id = h.person_id LEFT JOIN delegation g ON g.id = h.delegation_id
     WHERE h.round_id = $1 ORDER BY g.code NULLS FIRST, h.created_at, h.id`,
    [seat.roundId, seat.delegationId],
  )
  return found.map((each) => withMay(seat, each))
}

export async function questionsOf(db: EntityManager, seat: ActingSeat): Promise<GuidingQuestion[]> {
  const found = await rows<Bare<GuidingQuestion>>(
    db,
    `SELECT h.id, g.code, h.body, h.language, h.withdrawn_at IS NOT NULL AS withdrawn, h.revision,
       h.delegation_id AS "delegationId", ${RESTING('question_id')}
     FROM guiding_question h LEFT JOIN delegation g ON g.id = h.delegation_id
     WHERE h.round_id = $1 ORDER BY g.code NULLS FIRST, h.created_at, h.id`,
    [seat.roundId, seat.delegationId],
  )
  return found.map((each) => withMay(seat, each))
}

function withMay<T extends { delegationId: string | null; withdrawn: boolean }>(seat: ActingSeat, found: T) {
  const { delegationId: _, ...shown } = found
  return { ...shown, may: mayReviseDiagnosed(seat, found) ? ['revise', 'withdraw'] : [] }
}
