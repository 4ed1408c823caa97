import { createHash } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import type { ProcedureRow } from '../access/decision.access.js'
import { nothingHere, Refusal } from '../common/problem.js'
import { row } from '../common/sql.js'
import { blocksOf, bracketsIn, hashOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { mustBe } from '../access/caller.js'
import { paragraphAsSeen } from '../negotiation/ground.js'

/** What a decision is taken on: words that stay as they are, whatever becomes of the text. */
export interface DecidedOn {
  wording: Content[]
  no: number
  hash: string
  /** Under which it was issued. */
  symbol: string | null
}

/** Names the words of a whole text, as `hashOf` names those of a paragraph. */
const wholeHashOf = (contents: Content[]): string =>
  createHash('sha256').update(contents.map(hashOf).join()).digest('hex').slice(0, 32)

/** @throws Refusal text-moved-on when the text says something else now; wrong-state when words of it are in brackets */
export async function issuedWords(
  db: EntityManager,
  documentId: string,
  issuedId: string,
  contents: Content[],
): Promise<DecidedOn> {
  const issued = await row<{ content: Content[]; no: string; symbol: string }>(
    db,
    `SELECT content, no, symbol FROM issued_document WHERE id = $1 AND document_id = $2`,
    [issuedId, documentId],
  )
  if (!issued) throw nothingHere()
  mustBe(bracketsIn(issued.content).size === 0, 'Words of it are still in brackets.')
  const hash = wholeHashOf(issued.content)
  if (wholeHashOf(contents) !== hash) throw new Refusal('text-moved-on')
  return { wording: issued.content, no: Number(issued.no), hash, symbol: issued.symbol }
}

/** @throws Refusal text-moved-on when it is gone or says something else than the caller has seen */
export function paragraphWords(contents: Content[], no: number, seen: { id: string; hash: string }): DecidedOn {
  return { wording: [paragraphAsSeen(contents, seen)], no, hash: seen.hash, symbol: null }
}

/** @throws Refusal invalid-input naming each paragraph that is not in it */
export function mustBeIn(
  { wording }: Pick<ProcedureRow, 'wording'>,
  ids: string[],
  pointer: (at: number) => string,
): void {
  const known = new Set(blocksOf(wording).map(({ block }) => block.id))
  const errors = ids.flatMap((id, at) =>
    known.has(id) ? [] : [{ pointer: pointer(at), detail: 'There is no such paragraph in what is decided on.' }],
  )
  if (errors.length > 0) throw new Refusal('invalid-input', undefined, { errors })
}
