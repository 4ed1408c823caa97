import type { Bracket } from '@multilogue/shared/brackets'
import type { Proposal } from '@multilogue/shared/negotiation'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { mayWriteDocument, type DocumentRow } from '../access/document.access.js'
import { mayBracket, mayCloseBracket } from '../access/negotiation.access.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { blocksOf, bracketsIn } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import type { Writing } from '../work/work.js'

/* What is kept beside the text about its brackets. The text says where they stand, and that they do. */

type Found = Omit<Bracket, 'paragraphId' | 'words' | 'may'>

const OPEN = `
  SELECT b.id, b.document_id AS "documentId", b.alternative_of AS "alternativeOf", b.reason,
    jsonb_build_object('code', coalesce(d.code, s.role), 'name', p.name) AS by, ${instant('b.opened_at')} AS at,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('delegationId', g.id, 'code', g.code, 'name', g.name) ORDER BY g.code), '[]')
       FROM bracket_delegation h JOIN delegation g ON g.id = h.delegation_id WHERE h.bracket_id = b.id) AS delegations
  FROM bracket b JOIN person p ON p.id = b.person_id JOIN seat s ON s.id = b.seat_id
  LEFT JOIN delegation d ON d.id = s.delegation_id
  WHERE b.document_id = ANY($1) AND b.closed_at IS NULL ORDER BY b.opened_at, b.id`

/** The open brackets of a text and of the proposals on it. @param contents  of the text as it stands */
export async function bracketsOf(
  db: EntityManager,
  seat: ActingSeat,
  document: DocumentRow,
  contents: Content[],
  proposals: Proposal[],
): Promise<Bracket[]> {
  const found = await rows<Found>(db, OPEN, [[document.id, ...proposals.map(({ id }) => id)]])
  const places = placesIn(contents)
  return found.flatMap((bracket) => {
    const proposal = proposals.find(({ id }) => id === bracket.documentId)
    const place = proposal
      ? { paragraphId: proposal.paragraphId, words: wordsIn(proposal, bracket.id) }
      : places.get(bracket.id)
    if (!place) return []
    const holders = bracket.delegations.map(({ delegationId }) => delegationId)
    const mayWrite = proposal ? proposal.may.includes('write') : mayWriteDocument(seat, document)
    const may = [
      ...(mayWrite && mayBracket(seat) ? ['add-alternative'] : []),
      ...(mayWrite && mayCloseBracket(seat, holders) ? ['close'] : []),
    ]
    return [{ ...bracket, ...place, may }]
  })
}

interface Place {
  paragraphId: string
  words: string
}

export function placesIn(contents: Content[]): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const { block } of blocksOf(contents))
    for (const { text, brackets = [] } of block.runs)
      for (const id of brackets) {
        const place = places.get(id)
        places.set(id, { paragraphId: place?.paragraphId ?? block.id, words: (place?.words ?? '') + text })
      }
  return places
}

const wordsIn = ({ content }: Proposal, id: string): string =>
  (content ?? [])
    .flatMap(({ runs }) => runs)
    .filter(({ brackets }) => brackets?.includes(id))
    .map(({ text }) => text)
    .join('')

export async function openIn(db: EntityManager, documentId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(db, `SELECT id FROM bracket WHERE document_id = $1 AND closed_at IS NULL`, [
    documentId,
  ])
  return found.map(({ id }) => id)
}

/** The brackets that stood in the text of a proposal stand in the text that it was written into. */
export async function takeOver(
  db: EntityManager,
  documentId: string,
  from: string[],
  contents: Content[],
): Promise<void> {
  await db.query(
    `UPDATE bracket SET document_id = $1 WHERE document_id = ANY($2) AND id = ANY($3) AND closed_at IS NULL`,
    [documentId, from, [...bracketsIn(contents)]],
  )
}

/** Brackets whose words made room for others. */
export async function closeGone({ db, now }: Writing, documentId: string, contents: Content[]): Promise<void> {
  await db.query(
    `UPDATE bracket SET closed_at = $3, outcome = 'replaced'
     WHERE document_id = $1 AND closed_at IS NULL AND id <> ALL($2)`,
    [documentId, [...bracketsIn(contents)], now],
  )
}
