import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { getTrace, type TraceKind, type TraceNode } from '@multilogue/shared/trace'
import type { EntityManager } from 'typeorm'
import { isStaff, seatOf, type ActingSeat } from '../access/caller.js'
import { nothingHere } from '../common/problem.js'
import { rows } from '../common/sql.js'
import { SEES_THREAD } from '../access/thread.access.js'
import { MESSAGE_HREF, THREAD_HREF } from '../dialogue/place.js'
import { SEEN_BY_ALL } from '../access/match.access.js'
import { LINEAGE } from '../recommendations/lineage.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'

interface Step {
  kind: TraceKind
  id: string
  distance: number
}
type Described = Omit<TraceNode, 'distance' | 'kind'>

/** Up to eight links away in each direction, each object once at its shortest distance. */
const WALK = `WITH RECURSIVE before(kind, id, distance) AS (
    SELECT $1::text, $2::text, 0 UNION
    SELECT l.from_kind, l.from_id, b.distance - 1 FROM link l
      JOIN before b ON l.to_kind = b.kind AND l.to_id = b.id WHERE b.distance > -8),
  after(kind, id, distance) AS (
    SELECT $1::text, $2::text, 0 UNION
    SELECT l.to_kind, l.to_id, a.distance + 1 FROM link l
      JOIN after a ON l.from_kind = a.kind AND l.from_id = a.id WHERE a.distance < 8)
  SELECT DISTINCT ON (kind, id) kind, id, distance FROM (SELECT * FROM before UNION ALL SELECT * FROM after) w
  ORDER BY kind, id, abs(distance)`

/* How each kind is called, where it is shown, and who sees it: $1 ids, $2 round, $3 delegation, $4 secretariat, $5 seat. */
const DESCRIBED: Record<TraceKind, string> = {
  session: `SELECT s.id, s.title, NULL AS code, '/sessions/' || s.id AS href FROM session s WHERE s.round_id = $2`,
  thread: `SELECT t.id, t.title, i.number AS code, ${THREAD_HREF} AS href
    FROM thread t JOIN agenda_item i ON i.id = t.agenda_item_id WHERE t.round_id = $2 AND ${SEES_THREAD('$5')}`,
  message: `SELECT m.id, CASE WHEN m.state = 'hidden' THEN '…' ELSE left(m.body, 120) END AS title, d.code, ${MESSAGE_HREF} AS href
    FROM message m JOIN thread t ON t.id = m.thread_id JOIN agenda_item i ON i.id = t.agenda_item_id
    JOIN seat s ON s.id = m.seat_id LEFT JOIN delegation d ON d.id = s.delegation_id
    WHERE t.round_id = $2 AND m.state IN ('shown', 'hidden') AND ${SEES_THREAD('$5')}`,
  document: `SELECT d.id, d.title, d.symbol AS code, '/documents/' || d.id AS href FROM document d
    WHERE d.round_id = $2 AND (d.visibility = 'participants' OR d.owner_delegation_id = $3)`,
  paragraph: `SELECT l.to_id AS id, d.title, d.symbol AS code, '/documents/' || d.id || '#p-' || l.to_id AS href
    FROM link l JOIN document d ON l.from_kind = 'document' AND d.id::text = l.from_id
    WHERE l.to_kind = 'paragraph' AND d.round_id = $2 AND (d.visibility = 'participants' OR d.owner_delegation_id = $3)`,
  decision: `SELECT p.id, d.title, coalesce(i.symbol, v.symbol) AS code, '/decisions/' || p.id AS href FROM procedure p
    JOIN document d ON d.id = p.document_id LEFT JOIN issued_document i ON i.id = p.decision_id
    LEFT JOIN issued_document v ON v.id = p.issued_id WHERE p.round_id = $2`,
  recommendation: `SELECT c.id, c.title, 'R' || r.number || '-' || c.number AS code, '/recommendations/' || c.id AS href
    FROM recommendation c JOIN round r ON r.id = c.round_id WHERE c.round_id IN ${LINEAGE('$2')}`,
  listing: `SELECT l.id, l.title, d.code, '/assistance#l-' || l.id AS href FROM listing l JOIN delegation d ON d.id = l.delegation_id
    WHERE l.round_id = $2 AND (l.state IN ('published', 'matched') OR l.delegation_id = $3)`,
  match: `SELECT m.id, (SELECT string_agg(d.code, ' – ' ORDER BY p.role = 'beneficiary', p.role, d.code) FROM match_party p
      JOIN delegation d ON d.id = p.delegation_id WHERE p.match_id = m.id) AS title, NULL AS code, '/assistance#m-' || m.id AS href
    FROM match m WHERE m.round_id = $2 AND (m.state IN ${SEEN_BY_ALL} OR $4::boolean
      OR EXISTS (SELECT 1 FROM match_party p WHERE p.match_id = m.id AND p.delegation_id = $3))`,
  commitment: `SELECT k.id, coalesce(o.title, k.unit) AS title, p.code, '/assistance#m-' || m.id AS href FROM commitment k
    JOIN match m ON m.id = k.match_id JOIN delegation p ON p.id = k.delegation_id
    JOIN match_party q ON q.match_id = m.id AND q.delegation_id = k.delegation_id LEFT JOIN listing o ON o.id = q.offer_id
    WHERE m.round_id = $2`,
  report: `SELECT e.id, left(e.narrative, 120) AS title, d.code, '/follow-up#r-' || e.id AS href FROM report e
    JOIN delegation d ON d.id = e.addressee_id WHERE e.round_id IN ${LINEAGE('$2')} AND (e.state = 'validated' OR $4::boolean
      OR d.code = (SELECT code FROM delegation WHERE id = $3))`,
}

/** One query for the strip of every object; what the seat may not see is left out of it. */
@Injectable()
export class TraceService {
  @Handles(getTrace)
  async getTrace({ db, caller }: Reading, { kind, id }: InputOf<typeof getTrace>): Promise<TraceNode[]> {
    const seat = seatOf(caller)
    const steps = await rows<Step>(db, WALK, [kind, id])
    const kinds = [...new Set(steps.map((step) => step.kind))]
    const described = new Map<string, Described>()
    for (const of of kinds)
      for (const node of await describe(db, of, steps, seat)) described.set(`${of} ${node.id}`, node)
    const nodes = steps.flatMap((step) => {
      const node = described.get(`${step.kind} ${step.id}`)
      return node ? [{ ...step, ...node }] : []
    })
    if (!nodes.some((node) => node.distance === 0)) throw nothingHere()
    return nodes.sort((a, b) => a.distance - b.distance)
  }
}

function describe(db: EntityManager, kind: TraceKind, steps: Step[], seat: ActingSeat): Promise<Described[]> {
  const ids = steps.filter((step) => step.kind === kind).map((step) => step.id)
  return rows<Described>(
    db,
    `SELECT id::text, title, code, href FROM (${DESCRIBED[kind]}) described
     WHERE id::text = ANY($1) AND ($3::uuid IS NULL OR true) AND ($4::boolean OR true) AND ($5::uuid IS NULL OR true)`,
    [ids, seat.roundId, seat.delegationId, isStaff(seat), seat.id],
  )
}
