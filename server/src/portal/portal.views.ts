import type { Stance } from '@multilogue/shared/decisions'
import { directionOf } from '@multilogue/shared/language'
import type { PublicDocument, PublicRecommendation, PublicRound } from '@multilogue/shared/portal'
import type { AdoptedPlan } from '@multilogue/shared/progress'
import type { EntityManager } from 'typeorm'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { progressOf } from '../plans/progress.views.js'
import type { Tracked } from '../recommendations/tracked.views.js'

/*
 * What is public: rounds that are no longer planned, documents of general distribution, and adopted recommendations with
 * what addressees have answered and what the secretariat has validated; of adopted plans, how many actions are done. What delegations report of themselves, say and
 * write is not.
 */

export const publicRoundsOf = (db: EntityManager, roundId?: string): Promise<PublicRound[]> =>
  rows<PublicRound>(
    db,
    `SELECT r.id, r.number, r.title, r.place, r.opens::text, r.closes::text, r.status,
       (SELECT count(*)::int FROM issued_document i WHERE i.round_id = r.id AND i.distribution = 'general') AS documents
     FROM round r WHERE r.status <> 'planned' AND ($1::uuid IS NULL OR r.id = $1) ORDER BY r.number DESC, r.opens DESC`,
    [roundId ?? null],
  )

/** Newest first. */
export async function publicDocumentsOf(db: EntityManager, roundId: string): Promise<PublicDocument[]> {
  const found = await rows<Omit<PublicDocument, 'dir'>>(
    db,
    `SELECT i.id, i.symbol, i.title, i.language, ${instant('i.issued_at')} AS "issuedAt",
       (SELECT symbol FROM issued_document WHERE id = i.supersedes_id) AS supersedes,
       array_prepend(i.language, ARRAY(SELECT r.language FROM issued_rendering r WHERE r.issued_id = i.id
         ORDER BY r.language)) AS languages
     FROM issued_document i WHERE i.round_id = $1 AND i.distribution = 'general' ORDER BY i.issued_at DESC, i.id DESC`,
    [roundId],
  )
  return found.map((one) => ({ ...one, dir: directionOf(one.language) }))
}

export const shownOf = ({ addressees, ...recommendation }: Tracked): PublicRecommendation => ({
  ...recommendation,
  addressees: addressees.map(({ code, name, response, status, assurance, statusAt }) =>
    assurance === 'validated'
      ? { code, name, response, status, statusAt }
      : { code, name, response, status: null, statusAt: null },
  ),
})

/**
 * Plans that the participants have adopted: how many of their actions are done.
 * @param lead  those in which the party with that code leads an action
 */
export async function publicPlansOf(
  db: EntityManager,
  roundId: string,
  now: Date,
  lead?: string,
): Promise<AdoptedPlan[]> {
  const plans = await progressOf(db, null, { roundId, lead, measured: 'last', now })
  return plans.map(({ documentId, title, language, adoptedOn, figures }) => ({
    ...{ documentId, title, language, adoptedOn, figures },
  }))
}

/** Reservations and the like on what was decided, unless they go into the record alone. */
export async function printedWith(db: EntityManager, issuedId: string): Promise<Stance[]> {
  const found = await rows<Omit<Stance, 'dir'>>(
    db,
    `SELECT s.id, s.kind, s.paragraph_ids[1] AS "paragraphId", json_build_object('code', d.code, 'name', d.name) AS by,
       s.text, s.language, ${instant('s.at')} AS at
     FROM stance s JOIN procedure p ON p.id = s.procedure_id JOIN delegation d ON d.id = s.delegation_id
     WHERE p.decision_id = $1 AND p.rules ->> 'reservationPlace' <> 'record'
       AND s.kind IN ('explanation', 'reservation', 'disassociation') ORDER BY s.number`,
    [issuedId],
  )
  return found.map((stance) => ({ ...stance, dir: directionOf(stance.language) }))
}
