import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { NOBODY } from '../access/caller.js'
import { dayOf } from '../common/clock.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { rows } from '../common/sql.js'
import { UnitOfWork } from '../work/unit-of-work.js'
import { everybodyIn, seatsOfDelegations } from './concerned.js'
import { Notices, type Telling } from './notices.js'
import { plansDue } from './plan-deadlines.js'

/** How often is looked for deadlines that come near. */
const LOOK = 30_000
/** How long before its end people are reminded of a silence, and how many milliseconds before its day of a report. */
const SILENCE_ENDS_IN = '24 hours'
/** What came near longer ago is no news, and the notice of it may be deleted by now. */
const NEWS_FOR = '7 days'
const REPORT_DUE_IN = 7 * 86_400_000

/** A deadline, and those who have to do something by then. */
export type Reminder = Telling & { seats: (db: EntityManager) => Promise<string[]> }

/**
 * Reminds people of deadlines, by the clock. Whoever looks first does it, and nobody is reminded twice of the same
 * deadline; one that was moved is another deadline.
 */
@Injectable()
export class Reminders implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly unit: UnitOfWork,
    private readonly notices: Notices,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(
      () => void this.look().catch((thrown: unknown) => this.log.warn(errorFacts(thrown), 'not reminded')),
      LOOK,
    ).unref()
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer)
  }

  async look(): Promise<void> {
    const near = await this.unit.read(NOBODY, ({ db, now }) => remindersOf(db, now))
    for (const { seats, ...telling } of near)
      await this.unit.write(NOBODY, async (work) => this.notices.tell(work, telling, await seats(work.db)))
  }
}

/** All that is near at that time and of which nobody was told. */
export const remindersOf = async (db: EntityManager, now: Date): Promise<Reminder[]> => [
  ...(await silences(db, now)),
  ...(await reportsDue(db, now)),
  ...(await plansDue(db, now)),
]

/** Has nobody been told of it? */
const UNTOLD = (source: string) => `NOT EXISTS (SELECT 1 FROM notice n WHERE n.source = ${source})`

/** Silence that has begun at an hour set before, and silence that ends soon. */
async function silences(db: EntityManager, now: Date): Promise<Reminder[]> {
  const begun = `'silence:' || p.id || ':silence_started'`
  const ending = `'silence:' || p.id || ':ends:' || extract(epoch FROM p.deadline)::bigint`
  type Row = Pick<Telling, 'roundId' | 'source' | 'subject'> & {
    id: string
    kind: 'silence_started' | 'silence_ending'
  }
  const found = await rows<Row>(
    db,
    `SELECT p.id, p.round_id AS "roundId", t.kind, t.source, concat_ws(' ', i.symbol, d.title) AS subject
     FROM procedure p JOIN document d ON d.id = p.document_id LEFT JOIN issued_document i ON i.id = p.issued_id,
       LATERAL (VALUES ('silence_started', ${begun}, p.opens_at), ('silence_ending', ${ending}, p.deadline - $2::interval))
         AS t (kind, source, at)
     WHERE p.method = 'silence' AND p.ended_at IS NULL AND p.deadline > $1 AND p.opens_at <= $1 AND t.at BETWEEN $1 - $3::interval AND $1
       AND ${UNTOLD('t.source')} ORDER BY p.deadline, p.id, t.at`,
    [now, SILENCE_ENDS_IN, NEWS_FOR],
  )
  return found.map(({ id, ...rest }) => ({
    ...{ ...rest, topic: `silence:${id}`, href: `/decisions/${id}` },
    seats: (db) => everybodyIn(db, rest.roundId),
  }))
}

async function reportsDue(db: EntityManager, now: Date): Promise<Reminder[]> {
  const source = `'report:' || r.id || ':' || a.delegation_id || ':due:' || r.due_on`
  const found = await rows<{ id: string; roundId: string; delegationId: string; source: string; subject: string }>(
    db,
    `SELECT r.id, r.round_id AS "roundId", a.delegation_id AS "delegationId", ${source} AS source, r.title AS subject
     FROM recommendation r JOIN recommendation_addressee a ON a.recommendation_id = r.id
     WHERE r.state = 'adopted' AND r.due_on BETWEEN $1::date - 1 AND $2 AND a.assurance <> 'validated'
       AND a.status NOT IN ('not_pursued', 'no_longer_applicable')
       AND NOT EXISTS (SELECT 1 FROM succession s WHERE s.from_id = r.id) AND ${UNTOLD(source)} ORDER BY r.due_on, r.id`,
    [dayOf(now), dayOf(new Date(now.getTime() + REPORT_DUE_IN))],
  )
  return found.map(({ id, delegationId, ...rest }) => ({
    ...{ ...rest, kind: 'report_due', topic: `recommendation:${id}`, href: `/recommendations/${id}` },
    seats: (db) => seatsOfDelegations(db, [delegationId]),
  }))
}
