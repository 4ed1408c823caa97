import type { Addressee, ImplementationStatus, Recommendation, Response } from '@multilogue/shared/recommendations'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { conducts, decides, holdsPen, presides, type ActingSeat } from '../access/caller.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { FOLLOWED, LINEAGE, SUPERSEDED } from './lineage.js'
import { flagsOf, leastAdvanced, missingParts } from './recommendations.workflow.js'
import { lineageOf } from './succession.views.js'

type Row = Omit<
  Recommendation,
  'dir' | 'status' | 'missing' | 'flags' | 'addressees' | 'may' | 'succeeded' | 'replaces'
> & {
  seatId: string
  isFollowed: boolean
  adoptedAt: Date | null
}

/** $1: the round of the reader. */
const RECOMMENDATION = `SELECT c.id, c.round_id AS "roundId", r.number AS "roundNumber", c.number, c.title, c.action, c.rationale, c.force,
  c.priority, c.owner,
  c.due_on::text AS "dueOn", c.measure, c.sdg_targets AS "sdgTargets", c.language, c.quote,
  CASE WHEN ${SUPERSEDED('c.id', '$1')} THEN 'superseded' ELSE c.state END AS state,
  ${instant('c.created_at')} AS "createdAt", c.revision, c.seat_id AS "seatId", c.adopted_at AS "adoptedAt",
  ${FOLLOWED('$1')} AS "isFollowed",
  json_build_object('kind', CASE WHEN c.import_id IS NOT NULL THEN 'file' ELSE coalesce((SELECT l.from_kind FROM link l
    WHERE l.to_kind = 'recommendation' AND l.to_id = c.id::text AND l.from_kind IN ('message', 'paragraph', 'recommendation')
      AND NOT EXISTS (SELECT 1 FROM succession s WHERE s.from_id::text = l.from_id AND s.to_id = c.id AND s.at > c.created_at)
    ORDER BY l.from_kind LIMIT 1), 'own') END, 'fileName', i.file_name, 'row', c.import_row) AS source
  FROM recommendation c JOIN round r ON r.id = c.round_id LEFT JOIN recommendation_import i ON i.id = c.import_id`

interface AddresseeRow {
  recommendationId: string
  delegationId: string
  code: string
  name: string
  response: Response
  responseText: string
  respondedAt: string | null
  status: ImplementationStatus
  assurance: 'none' | 'self_reported' | 'evidenced' | 'validated'
  statusAt: Date | null
}

/** A party keeps its code from round to round; its delegation of the reader's round is named. */
const ADDRESSEES = `SELECT a.recommendation_id AS "recommendationId", coalesce(here.id, d.id) AS "delegationId", d.code,
  d.name, a.response, a.response_text AS "responseText", ${instant('a.responded_at')} AS "respondedAt", a.status,
  a.assurance, a.status_at AS "statusAt"
  FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
  LEFT JOIN delegation here ON here.round_id = $2 AND here.code = d.code
  WHERE a.recommendation_id = ANY($1) ORDER BY d.name`

/**
 * The recommendations that a seat may see, of its round and those before.
 * @param which.id  one of them, whether it is followed up or not; left out, all that are
 * @param which.state  those of one state
 * @param which.addressee  those that are addressed to the party with that code
 * @param which.left  `before`: also what the round itself does not follow up any more
 */
export async function recommendationsOf(
  db: EntityManager,
  seat: ActingSeat,
  now: Date,
  {
    id,
    state,
    left = 'here',
    addressee: to,
  }: { id?: string; state?: 'proposed'; left?: 'here' | 'before'; addressee?: string } = {},
): Promise<Recommendation[]> {
  const found = await rows<Row>(
    db,
    `${RECOMMENDATION}
     WHERE c.round_id IN ${LINEAGE('$1')} AND (c.id = $2 OR ($2::uuid IS NULL AND ${FOLLOWED('$1', left)}))
       AND ($3::text IS NULL OR EXISTS (SELECT 1 FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
         WHERE a.recommendation_id = c.id AND d.code = $3))
       AND ($4::text IS NULL OR c.state = $4) ORDER BY r.number DESC, c.number`,
    [seat.roundId, id ?? null, to ?? null, state ?? null],
  )
  const ids = found.map((r) => r.id)
  const addressees = new Map<string, AddresseeRow[]>(ids.map((of) => [of, []]))
  for (const one of await rows<AddresseeRow>(db, ADDRESSEES, [ids, seat.roundId]))
    addressees.get(one.recommendationId)!.push(one)
  const relatives = await lineageOf(db, seat.roundId, ids)
  return found.map((row) => ({ ...view(row, addressees.get(row.id)!, seat, now), ...relatives(row.id) }))
}

function view(
  found: Row,
  to: AddresseeRow[],
  seat: ActingSeat,
  now: Date,
): Omit<Recommendation, 'succeeded' | 'replaces'> {
  const { seatId, isFollowed, adoptedAt: _, ...recommendation } = found
  const missing = missingParts(recommendation)
  const addressees = to.map((a) => addressee(a, found, seat, now))
  const flags = new Set(addressees.flatMap((a) => a.flags))
  if (recommendation.owner === '') flags.add('no_owner')
  return {
    ...recommendation,
    dir: directionOf(recommendation.language),
    status: leastAdvanced(to.map((a) => a.status)),
    missing,
    flags: [...flags],
    addressees,
    may: acts({ state: recommendation.state, seatId, isFollowed }, seat),
  }
}

function acts({ state, seatId, isFollowed }: Pick<Row, 'state' | 'seatId' | 'isFollowed'>, seat: ActingSeat): string[] {
  const [isProposed, isAdopted] = [state === 'proposed', state === 'adopted']
  const revises = isProposed && mayRevise(seatId, seat)
  return named({
    revise: revises,
    withdraw: revises,
    adopt: isProposed && presides(seat),
    offer: isAdopted && decides(seat),
    succeed: (isProposed || isAdopted) && isFollowed && conducts(seat),
  })
}

/** Whoever made it, and those who steer the debate. */
export const mayRevise = (madeBy: string, seat: ActingSeat): boolean =>
  madeBy === seat.id || holdsPen(seat) || seat.role === 'rapporteur'

function addressee(a: AddresseeRow, { state, adoptedAt, dueOn }: Row, seat: ActingSeat, now: Date): Addressee {
  const { recommendationId: _, statusAt, ...rest } = a
  const flags = flagsOf(
    { state, adoptedAt, dueOn, response: a.response, status: a.status, assurance: a.assurance, statusAt },
    now,
  )
  const own = state === 'adopted' && seat.delegationCode === a.code && decides(seat)
  return { ...rest, statusAt: statusAt?.toISOString() ?? null, flags, may: own ? ['respond', 'report'] : [] }
}
