import type {
  DecidedParagraph,
  DecisionResult,
  Objection,
  Procedure,
  ProcedureDetail,
  Stance,
} from '@multilogue/shared/decisions'
import { numbersOf } from '@multilogue/shared/numbering'
import { quorumOf } from '@multilogue/shared/quorum'
import { directionOf, type Language } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { isEntitled, mayAsk, mayGavel, maySeeName, maySeeVotes, type ProcedureRow } from '../access/decision.access.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { blocksOf, hashOf, wordsOf } from '../documents/contents.js'
import { sayingIn } from '../documents/references.js'
import type { Reading } from '../work/work.js'
import { resultOf, stateAt, type Tally } from './procedure.workflow.js'

type Party = { id: string; code: string; name: string }
interface Said {
  id: string
  kind: 'break' | 'objection' | 'vote' | Stance['kind']
  choice: keyof Tally | null
  paragraphIds: string[]
  text: string
  language: Language
  isLate: boolean
  at: string
  by: Party
}
/** Not the words that are decided on: those of a whole text for every decision of a round are much to read. */
const COLUMNS = [
  ...(['id', 'round_id', 'document_id', 'issued_id', 'paragraph_id', 'no', 'hash', 'method', 'ballot'] as const),
  ...(['rules', 'members', 'opens_at', 'deadline', 'broken_at', 'released_at', 'ended_at', 'ended_as'] as const),
  ...(['reason', 'revision', 'present'] as const),
]
interface Stored extends Pick<ProcedureRow, (typeof COLUMNS)[number]> {
  title: string
  language: Language
  issued: Procedure['issued']
  session: Procedure['session']
  decision: Procedure['decision']
  carryOn: Procedure['carryOn']
  roll: Party[]
  secret: string[]
  secretTally: Tally | null
  said: Said[]
}

const PARTY = `jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name)`

const PROCEDURES = `
  SELECT ${COLUMNS.map((column) => `p.${column}`).join(', ')}, d.title, d.language, jsonb_build_object('id', s.id, 'title', s.title, 'timeZone', s.time_zone) AS session,
    CASE WHEN i.id IS NOT NULL THEN jsonb_build_object('id', i.id, 'symbol', i.symbol) END AS issued,
    CASE WHEN e.id IS NOT NULL THEN jsonb_build_object('id', e.id, 'symbol', e.symbol) END AS decision,
    CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('sessionId', a.session_id, 'itemId', a.id) END AS "carryOn",
    (SELECT coalesce(jsonb_agg(${PARTY} ORDER BY array_position(p.members, g.id)), '[]') FROM delegation g
       WHERE g.id = ANY(p.members)) AS roll,
    ARRAY(SELECT v.delegation_id::text FROM secret_voter v WHERE v.procedure_id = p.id) AS secret,
    (SELECT jsonb_build_object('yes', t.yes, 'no', t.no, 'abstain', t.abstain) FROM secret_tally t
       WHERE t.procedure_id = p.id) AS "secretTally",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'kind', h.kind, 'choice', h.choice,
         'paragraphIds', h.paragraph_ids, 'text', h.text, 'language', h.language, 'isLate', h.is_late,
         'at', ${instant('h.at')}, 'by', ${PARTY}) ORDER BY h.number), '[]')
       FROM stance h JOIN delegation g ON g.id = h.delegation_id WHERE h.procedure_id = p.id) AS said
  FROM procedure p JOIN document d ON d.id = p.document_id JOIN session s ON s.id = p.session_id
  LEFT JOIN issued_document i ON i.id = p.issued_id LEFT JOIN issued_document e ON e.id = p.decision_id
  LEFT JOIN agenda_item a ON a.id = p.carry_on_item_id
  WHERE p.round_id = $1 AND ($2::uuid IS NULL OR p.id = $2)
  ORDER BY p.ended_at IS NOT NULL, p.ended_at DESC, p.deadline, p.opens_at, p.id`

export async function proceduresOf(
  work: Pick<Reading, 'db' | 'now'>,
  seat: ActingSeat,
  id?: string,
): Promise<Procedure[]> {
  const found = await rows<Stored>(work.db, PROCEDURES, [seat.roundId, id ?? null])
  return found.map((stored) => viewOf(stored, seat, work.now))
}

export const procedureOf = async (
  work: Pick<Reading, 'db' | 'now'>,
  seat: ActingSeat,
  id: string,
): Promise<Procedure> => (await proceduresOf(work, seat, id))[0]!

/** Of a vote or a poll, with the procedure locked. */
export async function tallyOf(db: EntityManager, { id, ballot }: ProcedureRow): Promise<Tally> {
  const secret = `SELECT yes, no, abstain FROM secret_tally WHERE procedure_id = $1`
  const open = `SELECT count(*) FILTER (WHERE choice = 'yes')::int AS yes, count(*) FILTER (WHERE choice = 'no')::int AS no,
      count(*) FILTER (WHERE choice = 'abstain')::int AS abstain
    FROM (SELECT DISTINCT ON (delegation_id) choice FROM stance WHERE procedure_id = $1 AND kind = 'vote'
      ORDER BY delegation_id, number DESC) last`
  return (await row<Tally>(db, ballot === 'secret' ? secret : open, [id]))!
}

function viewOf(stored: Stored, seat: ActingSeat, now: Date): Procedure {
  const { members, rules } = stored
  const state = stateAt(stored, now)
  const votes = new Map(stored.said.filter(({ kind }) => kind === 'vote').map(({ by, choice }) => [by.id, choice!]))
  const voters = new Set([...votes.keys(), ...stored.secret])
  const isVoted = stored.method === 'vote' || stored.method === 'straw_poll'
  const tally = isVoted && maySeeVotes(stored) ? (stored.secretTally ?? counted(votes.values())) : null
  const showsRoll = stored.method === 'vote' && stored.ballot !== 'secret' && maySeeVotes(stored)
  return {
    id: stored.id,
    roundId: stored.round_id,
    document: {
      id: stored.document_id,
      title: stored.title,
      language: stored.language,
      dir: directionOf(stored.language),
    },
    issued: stored.issued,
    paragraphId: stored.paragraph_id,
    no: Number(stored.no),
    hash: stored.hash,
    session: stored.session,
    method: stored.method,
    ballot: stored.ballot,
    state,
    result: outcomeOf(stored, state, tally),
    opensAt: stored.opens_at.toISOString(),
    deadline: stored.deadline?.toISOString() ?? null,
    endedAt: endOf(stored, state)?.toISOString() ?? null,
    reason: stored.reason,
    rules,
    members: members.length,
    quorum: quorumOf(rules, members.length),
    present: stored.present && stored.roll.filter(({ id }) => stored.present!.includes(id)).map(bare),
    objections: stored.said.flatMap((said) => objectionOf(said, stored, seat)),
    released: stored.released_at !== null,
    voted: stored.roll.filter(({ id }) => voters.has(id)).map(({ code }) => code),
    ownVote: votes.get(seat.delegationId ?? '') ?? null,
    tally,
    roll: showsRoll ? stored.roll.map(({ id, code, name }) => ({ code, name, choice: votes.get(id) ?? null })) : null,
    decision: stored.decision,
    carryOn: stored.carryOn,
    stances: stored.said.flatMap(stanceOf),
    at: now.toISOString(),
    revision: stored.revision,
    may: mayOf(stored, seat, state, { now, hasVoted: voters.has(seat.delegationId ?? '') }),
  }
}

/** A deadline that has passed is the end, whether or not it has been written down. */
const endOf = ({ ended_at, deadline }: Stored, state: Procedure['state']): Date | null =>
  ended_at ?? (state === 'passed' || state === 'broken' ? deadline : null)

function outcomeOf(
  { method, rules, members, present }: Stored,
  state: Procedure['state'],
  tally: Tally | null,
): DecisionResult | null {
  if (state !== 'passed' && state !== 'broken') return null
  if (method === 'straw_poll') return 'polled'
  if (method === 'vote')
    return resultOf(rules, { tally: tally!, members: members.length, present: present?.length ?? 0 })
  return state === 'passed' ? 'adopted' : 'not_adopted'
}

const bare = ({ code, name }: Party) => ({ code, name })

function counted(choices: Iterable<keyof Tally>): Tally {
  const tally: Tally = { yes: 0, no: 0, abstain: 0 }
  for (const choice of choices) tally[choice]++
  return tally
}

/** A late break is known to its sender, the chair and the secretariat alone. */
function objectionOf(said: Said, stored: Stored, seat: ActingSeat): Objection[] {
  if (said.kind !== 'break' && said.kind !== 'objection') return []
  const own = said.by.id === seat.delegationId
  const seesName = maySeeName(seat, stored, said.by.id)
  if (said.isLate && !own && !mayAsk(seat)) return []
  return [
    {
      id: said.id,
      paragraphIds: said.paragraphIds,
      by: seesName ? { code: said.by.code, name: said.by.name } : null,
      // What somebody writes and in what language may tell who it is.
      text: seesName ? said.text : '',
      language: seesName ? said.language : 'en',
      dir: directionOf(seesName ? said.language : 'en'),
      at: said.at,
      late: said.isLate,
      own,
    },
  ]
}

function stanceOf({ id, kind, paragraphIds, by, text, language, at }: Said): Stance[] {
  if (kind === 'break' || kind === 'objection' || kind === 'vote') return []
  const { code, name } = by
  const paragraphId = paragraphIds[0] ?? null
  return [{ id, kind, paragraphId, by: { code, name }, text, language, dir: directionOf(language), at }]
}

function mayOf(
  stored: Stored,
  seat: ActingSeat,
  state: Procedure['state'],
  { now, hasVoted }: { now: Date; hasVoted: boolean },
): string[] {
  const { method, ballot } = stored
  const [isOpen, runs] = [state === 'running' || state === 'scheduled', state === 'running']
  const votes = (method === 'vote' || method === 'straw_poll') && stored.members.includes(seat.delegationId ?? '')
  const waits = method === 'consensus' && now < stored.deadline!
  const adopted = state === 'passed' && stored.issued !== null && method !== 'straw_poll'
  return [
    ...(isEntitled(seat) && runs && method === 'silence' ? ['break'] : []),
    ...(isEntitled(seat) && runs && method === 'consensus' ? ['object'] : []),
    ...(isEntitled(seat) && runs && votes && !(ballot === 'secret' && hasVoted) ? ['vote'] : []),
    ...(isEntitled(seat) && adopted ? ['take-stance'] : []),
    ...(mayGavel(seat) && runs && method !== 'silence' ? [waits ? 'wait' : 'gavel'] : []),
    ...(mayAsk(seat) && isOpen ? ['cancel', ...(method === 'silence' ? ['extend'] : [])] : []),
    ...(mayAsk(seat) && stored.broken_at && !stored.released_at ? ['release'] : []),
  ]
}

/** With the words that are decided on, and what has become of each paragraph. */
export async function withParagraphs(
  db: EntityManager,
  { wording }: ProcedureRow,
  procedure: Procedure,
): Promise<ProcedureDetail> {
  const found = blocksOf(wording, sayingIn(wording, procedure.document.language))
  const numbers = numbersOf(
    found.map(({ block }) => block),
    'working',
  )
  const set = await rows<{ id: string; hash: string; status: DecidedParagraph['status'] }>(
    db,
    `SELECT paragraph_id AS id, hash, status FROM paragraph_status WHERE document_id = $1`,
    [procedure.document.id],
  )
  const statuses = new Map(set.map(({ id, hash, status }) => [`${id} ${hash}`, status]))
  const qualified = procedure.stances.filter(({ kind }) => kind !== 'explanation').map(({ paragraphId }) => paragraphId)
  const paragraphs = found.map(({ block, content, isTop }): DecidedParagraph => {
    const isNegotiated = isTop && (block.part === 'preambular' || block.part === 'operative')
    const status = isNegotiated ? (statuses.get(`${block.id} ${hashOf(content)}`) ?? 'open') : null
    const isClear = !qualified.some((id) => id === null || id === block.id)
    return {
      id: block.id,
      number: procedure.paragraphId ? '' : (numbers.get(block.id) ?? ''),
      part: block.part ?? null,
      text: wordsOf(block.runs),
      status,
      agreedLanguage: isNegotiated && procedure.result === 'adopted' && procedure.issued !== null && isClear,
    }
  })
  return { ...procedure, paragraphs }
}
