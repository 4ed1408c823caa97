import type { AssistanceFigures } from '@multilogue/shared/assistance-figures'
import type { ProcedureDetail } from '@multilogue/shared/decisions'
import { figuresOf } from '@multilogue/shared/figures'
import { RESPONSES, type Response } from '@multilogue/shared/recommendations'
import type { ComparedRound, RoundAct } from '@multilogue/shared/round-report'
import type { Round } from '@multilogue/shared/rounds'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { assistanceFiguresOf } from '../assistance/figures.views.js'
import { row, rows } from '../common/sql.js'
import { LINEAGE, SUPERSEDED } from '../recommendations/lineage.js'
import { trackedOf, type Tracked } from '../recommendations/tracked.views.js'
import type { Reading } from '../work/work.js'
import { becameOf, type Became } from './became.views.js'
import { decisionsOf } from './happened.js'

type Recommended = Pick<Tracked, 'id' | 'roundNumber' | 'number' | 'title' | 'dueOn'>

export interface RoundTold {
  now: Date
  round: Pick<Round, 'id' | 'number' | 'title' | 'place' | 'opens' | 'closes'>
  taking: { member: number; observer: number; stakeholder: number }
  decisions: ProcedureDetail[]
  plans: { id: string; title: string }[]
  /** Those that were adopted in it and stand, with their answers. */
  made: (Recommended & { addressees: Answered[] })[]
  /** Of its own and of earlier rounds. */
  became: Became[]
  rounds: ComparedRound[]
  assistance: AssistanceFigures
}
interface Answered {
  code: string
  name: string
  response: Response
  text: string
}

/** What the rooms know of a round. Nothing in it depends on the reader. */
export async function roundTold(work: Pick<Reading, 'db' | 'now'>, seat: ActingSeat): Promise<RoundTold> {
  const { db, now } = work
  const { roundId } = seat
  const round = await row<RoundTold['round']>(
    db,
    `SELECT id, number, title, place, opens::text, closes::text FROM round WHERE id = $1`,
    [roundId],
  )
  const isAdopted = ({ result }: Pick<ProcedureDetail, 'result'>) => result === 'adopted'
  const compared = await comparedRounds(db, roundId, now)
  return {
    now,
    round: round!,
    taking: await takingPart(db, roundId),
    decisions: await decisionsOf(work, { ...seat, delegationId: null }, isAdopted),
    plans: await rows<{ id: string; title: string }>(db, PLANS, [roundId]),
    made: await rows<RoundTold['made'][number]>(db, MADE, [roundId]),
    became: await becameOf(db, roundId),
    rounds: compared,
    assistance: compared.find(({ id }) => id === roundId)!.assistance,
  }
}

const PLANS = `SELECT id, title FROM document WHERE round_id = $1 AND kind = 'action_plan'
  AND visibility = 'participants' AND adopted_at IS NOT NULL ORDER BY adopted_at, id`

const COLUMNS = `c.id, r.number AS "roundNumber", c.number, c.title, c.due_on::text AS "dueOn"`

const MADE = `SELECT ${COLUMNS},
    (SELECT json_agg(json_build_object('code', d.code, 'name', d.name, 'response', a.response, 'text', a.response_text)
       ORDER BY d.name) FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
     WHERE a.recommendation_id = c.id) AS addressees
  FROM recommendation c JOIN round r ON r.id = c.round_id
  WHERE c.round_id = $1 AND c.state = 'adopted' AND NOT ${SUPERSEDED('c.id', '$1')} ORDER BY c.number`

async function takingPart(db: EntityManager, roundId: string): Promise<RoundTold['taking']> {
  const kinds = await rows<{ kind: keyof RoundTold['taking']; count: number }>(
    db,
    `SELECT kind, count(*)::int AS count FROM delegation WHERE round_id = $1 GROUP BY kind`,
    [roundId],
  )
  const of = (wanted: string) => kinds.find(({ kind }) => kind === wanted)?.count ?? 0
  return { member: of('member'), observer: of('observer'), stakeholder: of('stakeholder') }
}

type Bare = Omit<ComparedRound, 'acts' | 'figures' | 'assistance'>

/** The round and all that it follows. Each is counted as on its own pages. */
async function comparedRounds(db: EntityManager, roundId: string, now: Date): Promise<ComparedRound[]> {
  const found = await rows<Bare>(
    db,
    `SELECT r.id, r.number, r.title, r.status, count(DISTINCT c.id)::int AS made,
       json_build_object(${RESPONSES.map((one) => `'${one}', count(a.*) FILTER (WHERE a.response = '${one}')`).join(', ')}) AS responses
     FROM round r LEFT JOIN recommendation c ON c.round_id = r.id AND c.state = 'adopted' AND NOT ${SUPERSEDED('c.id', 'r.id')}
     LEFT JOIN recommendation_addressee a ON a.recommendation_id = c.id
     WHERE r.id IN ${LINEAGE('$1')} GROUP BY r.id ORDER BY r.number, r.opens`,
    [roundId],
  )
  const compared: ComparedRound[] = []
  for (const one of found) {
    const tracked = await trackedOf(db, one.id, now)
    const figures = figuresOf(tracked.flatMap(({ addressees }) => addressees))
    const acts = actsOf(await becameOf(db, one.id))
    compared.push({ ...one, acts, figures, assistance: await assistanceFiguresOf(db, one.id, now) })
  }
  return compared
}

function actsOf(became: readonly Became[]): ComparedRound['acts'] {
  const count = (wanted: RoundAct) => became.filter(({ act, isEarlier }) => isEarlier && act === wanted).length
  return {
    ...{ carried: count('carried'), closed: count('closed'), merged: count('merged') },
    ...{ split: count('split'), superseded: count('superseded') },
  }
}
