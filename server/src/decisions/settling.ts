import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { numbersOf } from '@multilogue/shared/numbering'
import { DataSource, type EntityManager } from 'typeorm'
import { NOBODY, type ActingSeat } from '../access/caller.js'
import { procedureAndText, type ProcedureRow } from '../access/decision.access.js'
import type { DocumentRow } from '../access/document.access.js'
import { Clock } from '../common/clock.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { row, rows } from '../common/sql.js'
import { blocksOf } from '../documents/contents.js'
import { Modes } from '../documents/modes.js'
import { Decided } from '../negotiation/decided.js'
import { IssuingService } from '../negotiation/issuing.service.js'
import { Table, type Text } from '../negotiation/table.js'
import { SessionsService } from '../rounds/sessions.service.js'
import { TraceLinks } from '../trace/trace-links.js'
import { UnitOfWork } from '../work/unit-of-work.js'
import type { Reading, Writing } from '../work/work.js'
import { stateAt } from './procedure.workflow.js'

/** How often silence that has ended without anybody looking is looked for. */
const LOOK = 5_000

type Due = Pick<ProcedureRow, 'id' | 'document_id'>
const DUE = `SELECT id, document_id FROM procedure WHERE settled_at IS NULL AND method = 'silence' AND deadline <= $1
  AND ($2::uuid IS NULL OR round_id = $2) ORDER BY deadline, id`

/**
 * Writes down, once, what follows from the end of a procedure. Silence ends by the clock: whoever looks first does it,
 * with the deadline as its instant, and nothing of what is seen depends on when that is. It is written in the name of
 * who asked for the decision or let the gavel fall, never of who broke silence.
 */
@Injectable()
export class Settling implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly source: DataSource,
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
    private readonly modes: Modes,
    private readonly decided: Decided,
    private readonly table: Table,
    private readonly issuing: IssuingService,
    private readonly sessions: SessionsService,
    private readonly links: TraceLinks,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), LOOK).unref()
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer)
  }

  /** Before anything of the round's decisions is read. */
  async settleDue({ db, now }: Pick<Reading, 'db' | 'now'>, roundId: string | null): Promise<void> {
    for (const due of await rows<Due>(db, DUE, [now, roundId]))
      await this.unit.write(NOBODY, async (work) => {
        const { document, procedure } = await procedureAndText(work.db, due, 'alone')
        await this.settle(work, procedure, document)
      })
  }

  /** With the procedure and its text locked. */
  async settle(work: Writing, procedure: ProcedureRow, document: DocumentRow): Promise<void> {
    const state = stateAt(procedure, work.now)
    if (procedure.settled_at || state === 'scheduled' || state === 'running') return
    const at = procedure.ended_at ?? procedure.deadline!
    const personId = procedure.ended_person_id ?? procedure.person_id
    const seat = { id: procedure.ended_seat_id ?? procedure.seat_id, roundId: procedure.round_id } as ActingSeat
    const caller = { ...NOBODY, personId, seat }
    const acting: Writing = { ...work, now: at, caller, record: work.unsigned }
    const settled = { ended_as: state, decision_id: null as string | null, carry_on_item_id: null as string | null }
    if (procedure.method !== 'straw_poll')
      if (state === 'passed') settled.decision_id = await this.adopted(acting, procedure, document, seat)
      else settled.carry_on_item_id = await this.notAdopted(acting, procedure, document, seat, state)
    await work.db.query(
      `UPDATE procedure SET ended_as = $2, ended_at = $3, decision_id = $4, carry_on_item_id = $5, settled_at = $6,
         revision = revision + 1 WHERE id = $1`,
      [procedure.id, settled.ended_as, at, settled.decision_id, settled.carry_on_item_id, work.now],
    )
    work.unsigned(procedure.round_id, 'decision.moved', { procedureId: procedure.id, documentId: document.id })
  }

  private async adopted(work: Writing, procedure: ProcedureRow, document: DocumentRow, seat: ActingSeat) {
    const { wording } = procedure
    const no = Number(procedure.no)
    const on = { document, seat }
    if (!procedure.issued_id) {
      await this.decided.mark(work, on, wording, { status: 'agreed_ad_ref', act: 'agreed-ad-ref', note: '', no })
      return null
    }
    const series = 'Dec' as const
    const { id, symbol } = await this.issuing.freeze(work, {
      ...{ document: document as Text, seat, content: wording, no },
      ...{ series, base: undefined, distribution: 'general' },
    })
    await this.decided.mark(work, on, wording, { status: 'agreed', note: symbol, no })
    await this.table.trace(work, document, seat, { act: 'adopted', words: symbol, no })
    await this.modes.adopt(work, document, { seatId: seat.id, no })
    return id
  }

  /** The text goes on where it stood; what is named goes back into brackets, and the rest stays as it is. */
  private async notAdopted(
    work: Writing,
    procedure: ProcedureRow,
    document: DocumentRow,
    seat: ActingSeat,
    state: 'broken' | 'cancelled',
  ): Promise<string | null> {
    const no = Number(procedure.no)
    const note = await symbolOf(work.db, procedure)
    if (procedure.issued_id && document.procedure_id === procedure.id)
      await this.modes.letGo(work, document, procedure.mode_before)
    await this.table.trace(work, document, seat, { act: `decision-${state}`, words: note, no })
    if (state === 'cancelled') return null
    const named = await namedIn(work.db, procedure)
    const returned = procedure.wording.filter(({ attributes: { id } }) => named.has(String(id)))
    await this.decided.mark(work, { document, seat }, returned, {
      ...{ status: 'bracketed', act: 'returned-to-brackets', note, no },
    })
    return procedure.method === 'silence' ? this.carriedOn(work, procedure, document, note, named) : null
  }

  /** Its title says of which paragraphs of what, in no language. */
  private async carriedOn(
    work: Writing,
    procedure: ProcedureRow,
    document: DocumentRow,
    symbol: string,
    named: Set<string>,
  ) {
    const blocks = blocksOf(procedure.wording).map(({ block }) => block)
    const numbers = numbersOf(blocks, 'working')
    const places = blocks.flatMap(({ id }) => (named.has(id) ? (numbers.get(id) ?? []) : []))
    const title = [symbol, places.join(', ')].filter(Boolean).join(': ').slice(0, 300)
    const { id, threadId } = await this.sessions.addBehind(work, {
      ...{ roundId: procedure.round_id, sessionId: procedure.session_id, title, documentId: document.id },
    })
    await this.links.add(work, { kind: 'decision', id: procedure.id }, { kind: 'thread', id: threadId })
    return id
  }

  /** Never fails: what could not be written is written by the next who looks. */
  private async look(): Promise<void> {
    try {
      await this.settleDue({ db: this.source.manager, now: this.clock.now() }, null)
    } catch (thrown) {
      this.log.error(errorFacts(thrown), 'ended silence not written down')
    }
  }
}

async function symbolOf(db: EntityManager, { issued_id }: ProcedureRow): Promise<string> {
  const issued = await row<{ symbol: string }>(db, `SELECT symbol FROM issued_document WHERE id = $1`, [issued_id])
  return issued?.symbol ?? ''
}

/** The paragraphs that breaks of silence name; a paragraph that was voted on by itself names itself. */
async function namedIn(db: EntityManager, { id, paragraph_id }: ProcedureRow): Promise<Set<string>> {
  const named = await rows<{ id: string }>(
    db,
    `SELECT DISTINCT unnest(paragraph_ids) AS id FROM stance WHERE procedure_id = $1 AND kind = 'break' AND NOT is_late`,
    [id],
  )
  return new Set([...named.map((one) => one.id), ...(paragraph_id ? [paragraph_id] : [])])
}
