import type { Informal } from '@multilogue/shared/informals'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { seenByInvitation, type DocumentRow } from '../access/document.access.js'
import { mayConclude } from '../access/informal.access.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { hashOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { placeIn } from '../negotiation/ground.js'
import { plainWords } from '../negotiation/table.js'
import { withTypedBrackets } from './typed-brackets.js'

type Found = Omit<Informal, 'paragraphs' | 'may'> & {
  text: DocumentRow
  taken: { id: string; hash: string; base: Content[] }[]
}

const INFORMALS = `
  SELECT i.id, i.document_id AS "documentId", s.title AS "documentTitle", d.title, d.officers_read AS "officersRead",
    json_build_object('name', p.name, 'role', c.role) AS convener,
    (SELECT json_agg(json_build_object('id', g.id, 'code', g.code, 'name', g.name) ORDER BY g.code)
       FROM delegation g WHERE g.id = ANY(d.invited)) AS invited,
    (SELECT json_agg(json_build_object('id', a.paragraph_id, 'hash', a.hash, 'base', a.base) ORDER BY a.place)
       FROM informal_paragraph a WHERE a.informal_id = i.id) AS taken,
    coalesce((SELECT json_agg(o.number ORDER BY o.number) FROM proposal o WHERE o.informal_id = i.id), '[]') AS proposals,
    ${instant('i.opened_at')} AS "openedAt", ${instant('i.closed_at')} AS "closedAt", to_jsonb(d) AS text
  FROM informal i JOIN document d ON d.id = i.id JOIN document s ON s.id = i.document_id
  JOIN seat c ON c.id = d.convener_seat_id JOIN person p ON p.id = c.person_id
  WHERE i.document_id = $1 AND ($2::uuid IS NULL OR i.id = $2) AND ${seenByInvitation('d', { delegation: '$3', seat: '$4', officer: '$5' })}
  ORDER BY i.opened_at, i.id`

/** Those on a text that the seat may see. @param contents  of the text as it stands now */
export async function informalsOf(
  db: EntityManager,
  seat: ActingSeat,
  documentId: string,
  contents: Content[],
  id?: string,
): Promise<Informal[]> {
  const officer = seat.role === 'chair' || seat.role === 'secretariat'
  const found = await rows<Found>(db, INFORMALS, [documentId, id ?? null, seat.delegationId, seat.id, officer])
  return found.map(({ text, taken, ...informal }) => {
    const concludes = informal.closedAt === null && mayConclude(seat, text)
    return {
      ...informal,
      paragraphs: taken.map(({ id: paragraphId, hash, base }) => {
        const now = contents[placeIn(contents, paragraphId)]
        return { id: paragraphId, words: plainWords(withTypedBrackets(base)), moved: !now || hashOf(now) !== hash }
      }),
      may: named({ offer: concludes, close: concludes }),
    }
  })
}
