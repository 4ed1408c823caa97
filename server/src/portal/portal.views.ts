import type { Stance } from '@multilogue/shared/decisions'
import type { Figures } from '@multilogue/shared/figures'
import { directionOf } from '@multilogue/shared/language'
import type {
  PublicDocument,
  PublicRecommendation,
  PublicRecommendations,
  PublicRound,
} from '@multilogue/shared/portal'
import type { AdoptedPlan } from '@multilogue/shared/progress'
import type { EntityManager } from 'typeorm'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { FIGURES } from '../follow-up/counting.sql.js'
import { ADOPTED_PLAN, LED_BY } from '../plans/progress.views.js'
import { LINEAGE } from '../recommendations/lineage.js'
import { trackedOf, type Tracked } from '../recommendations/tracked.views.js'

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

/** How many recommendations the public reads at a time. */
const PAGE = 50

/** Whether it was adopted in the round or one before it, followed up or not. */
export const isOfRound = async (db: EntityManager, roundId: string, recommendationId: string): Promise<boolean> =>
  (await row(db, `SELECT 1 FROM recommendation WHERE id = $2 AND state = 'adopted' AND round_id IN ${LINEAGE('$1')}`, [
    roundId,
    recommendationId,
  ])) !== undefined

export async function publicRecommendationsOf(
  db: EntityManager,
  { roundId, now, after }: { roundId: string; now: Date; after?: string | undefined },
): Promise<PublicRecommendations> {
  const found = await trackedOf(db, roundId, now, { after, limit: PAGE + 1 })
  const page = found.slice(0, PAGE)
  return { recommendations: page.map(shownOf), next: found.length > PAGE ? page.at(-1)!.id : null }
}

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
  const found = await rows<Omit<AdoptedPlan, 'figures'> & Figures>(
    db,
    `SELECT d.id AS "documentId", d.title, d.language, d.adopted_at::date::text AS "adoptedOn", f.*
     FROM document d, LATERAL (SELECT ${FIGURES('$2')}
       FROM plan_item i LEFT JOIN plan_progress p ON p.plan_id = i.document_id AND p.action_id = i.id,
         LATERAL (SELECT coalesce(p.status, 'not_started') AS status, coalesce(p.assurance, 'none') AS assurance,
           p.status_at, 'supported' AS response) a,
         LATERAL (SELECT i.due AS due_on, d.adopted_at) c
       WHERE i.document_id = d.id) f
     WHERE d.round_id = $1 AND ${ADOPTED_PLAN} AND ($3::text IS NULL OR ${LED_BY('$3')}) ORDER BY d.adopted_at, d.id`,
    [roundId, now, lead ?? null],
  )
  return found.map(({ documentId, title, language, adoptedOn, ...figures }) => ({
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
