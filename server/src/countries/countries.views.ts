import type { Countries, Country, CountryLine, FocalPoint } from '@multilogue/shared/countries'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { mayEnd, mayGive } from '../access/seat.access.js'
import { assistanceByParty, flowsOf } from '../assistance/figures.views.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { MESSAGE_HREF } from '../dialogue/place.js'
import { countedOf } from '../follow-up/counted.views.js'
import { LINEAGE } from '../recommendations/lineage.js'

/** How many statements a page of a country shows. */
const LATEST = 8

export type PartyRow = Pick<CountryLine, 'code' | 'name' | 'kind' | 'm49' | 'groups'> & {
  delegationId: string
  credentials: Country['credentials']
}

/** Members first, then observers and stakeholders, by name. */
export const partiesOf = (
  db: EntityManager,
  { roundId, now, code }: { roundId: string; now: Date; code?: string },
): Promise<PartyRow[]> =>
  rows<PartyRow>(
    db,
    `SELECT d.id AS "delegationId", d.code, d.name, d.kind, d.credentials, c.m49,
       ARRAY(SELECT g.name FROM country_group g WHERE g.country = d.code AND g.since <= $2::date
         AND (g.until IS NULL OR g.until > $2::date) ORDER BY g.name) AS groups
     FROM delegation d LEFT JOIN country c ON c.code = d.code
     WHERE d.round_id = $1 AND ($3::text IS NULL OR d.code = $3)
     ORDER BY d.kind = 'stakeholder', d.kind = 'observer', d.name`,
    [roundId, now, code ?? null],
  )

/** The parties of a round, compared. */
export async function linesOf(db: EntityManager, { roundId, now }: { roundId: string; now: Date }): Promise<Countries> {
  const [parties, figures, flows] = await Promise.all([
    partiesOf(db, { roundId, now }),
    countryFigures(db, { roundId, now }),
    flowsOf(db, roundId, now),
  ])
  return { countries: parties.map((party) => lineOf(party, figures)), flows }
}

type PartyFigures = Pick<CountryLine, 'figures' | 'requests' | 'gives' | 'receives'>

export const lineOf = (
  { code, name, kind, m49, groups }: PartyRow,
  figures: { of: (code: string) => PartyFigures },
): CountryLine => ({ code, name, kind, m49, groups, ...figures.of(code) })

/** The figures of the round and of its parties, by the same definitions. The same for all readers. */
export async function countryFigures(db: EntityManager, { roundId, now }: { roundId: string; now: Date }) {
  const [counted, assistance] = await Promise.all([countedOf(db, roundId, now), assistanceByParty(db, roundId, now)])
  return {
    ...counted,
    of: (code: string): PartyFigures => ({ figures: counted.of(code), ...assistance(code) }),
  }
}

type FocalPointRow = Omit<FocalPoint, 'may'> & { delegationId: string }

/** Those who still sit for the delegation. */
export async function focalPointsOf(
  db: EntityManager,
  seat: ActingSeat,
  { delegationId, id }: { delegationId: string; id?: string },
): Promise<FocalPoint[]> {
  const found = await rows<FocalPointRow>(
    db,
    `SELECT f.id, f.seat_id AS "seatId", p.name, s.role, f.topic, f.languages, f.time_zone AS "timeZone", s.delegation_id AS "delegationId"
     FROM focal_point f JOIN seat s ON s.id = f.seat_id JOIN person p ON p.id = s.person_id
     WHERE s.delegation_id = $1 AND ($2::uuid IS NULL OR f.id = $2) AND f.ended_at IS NULL AND s.ended_at IS NULL
     ORDER BY f.topic, p.name`,
    [delegationId, id ?? null],
  )
  return found.map(({ delegationId: of, ...one }) => ({
    ...one,
    may: named({ end: mayEnd(seat, { delegationId: of, role: one.role }) }),
  }))
}

/** Whoever gives seats in a delegation says whom to turn to. */
export const mayName = (seat: ActingSeat, delegationId: string): boolean =>
  mayGive(seat, { delegationId, role: 'adviser' })

export const reviewsOf = (db: EntityManager, roundId: string, code: string): Promise<Country['reviews']> =>
  rows<Country['reviews'][number]>(
    db,
    `SELECT s.id AS "sessionId", s.title, r.number AS "roundNumber", ${instant('s.starts_at')} AS "startsAt", v.round_id = $1 AS here,
       CASE WHEN i.id IS NOT NULL THEN json_build_object('issuedId', i.id, 'symbol', i.symbol) END AS statement
     FROM review v JOIN session s ON s.id = v.session_id JOIN round r ON r.id = v.round_id JOIN delegation d ON d.id = v.delegation_id
     LEFT JOIN issued_document i ON i.id = v.statement_id
     WHERE d.code = $2 AND v.round_id IN ${LINEAGE('$1')} AND s.status <> 'cancelled' ORDER BY s.starts_at DESC`,
    [roundId, code],
  )

/** What it has said in the rooms of the round, where everybody of the round reads it. */
export async function statementsOf(db: EntityManager, delegationId: string): Promise<Country['statements']> {
  const found = await rows<Omit<Country['statements']['latest'][number], 'dir'> & { total: number }>(
    db,
    `SELECT m.id AS "messageId", ${MESSAGE_HREF} AS href, t.title, left(m.body, 240) AS words, m.language,
       ${instant('m.posted_at')} AS at, count(*) OVER ()::int AS total
     FROM message m JOIN seat s ON s.id = m.seat_id JOIN thread t ON t.id = m.thread_id JOIN agenda_item i ON i.id = t.agenda_item_id
     WHERE s.delegation_id = $1 AND t.visibility = 'room' AND m.state = 'shown' ORDER BY m.number DESC LIMIT ${LATEST}`,
    [delegationId],
  )
  return {
    total: found[0]?.total ?? 0,
    latest: found.map(({ total: _, ...one }) => ({ ...one, dir: directionOf(one.language) })),
  }
}
