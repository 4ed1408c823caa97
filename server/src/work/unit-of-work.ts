import { Injectable } from '@nestjs/common'
import type { Actor, EventName } from '@multilogue/shared/events'
import { streamOfRound } from '@multilogue/shared/events'
import { DataSource, type EntityManager } from 'typeorm'
import { NOBODY, type Caller } from '../access/caller.js'
import { Clock } from '../common/clock.js'
import { Bus } from './bus.js'
import type { Audience, Reading, Writing } from './work.js'

export interface Recorded {
  roundId: string
  stream: string
  name: EventName
  payload: unknown
  audience: Audience | null
  actor: Actor
}

/** Is shown what a command has recorded, and writes what follows from it in the same transaction. */
export type Witness = (work: Writing, recorded: readonly Recorded[]) => Promise<void>

/** Another transaction was in the way; the same work can simply be done again. */
const AGAIN = new Set(['40001', '40P01'])

/**
 * The one way of every change: rows and event rows in one transaction, the wake-up after the commit.
 * The wake-up is a NOTIFY inside the transaction, so PostgreSQL itself sends it on commit, or never.
 */
@Injectable()
export class UnitOfWork {
  private readonly witnesses: Witness[] = []

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
    private readonly bus: Bus,
  ) {}

  /** Before the server has started. */
  onRecorded(witness: Witness): void {
    this.witnesses.push(witness)
  }

  read<T>(caller: Caller, work: (reading: Reading) => Promise<T>): Promise<T> {
    return work({ db: this.source.manager, caller, now: this.clock.now() })
  }

  /** Runs `work` in one transaction, again when another transaction was in its way (at most three times). */
  async write<T>(caller: Caller, work: (writing: Writing) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(caller, work)
      } catch (thrown) {
        if (attempt === 3 || !AGAIN.has(String((thrown as { code?: unknown }).code))) throw thrown
      }
    }
  }

  private async once<T>(caller: Caller, work: (writing: Writing) => Promise<T>): Promise<T> {
    const now = this.clock.now()
    const recorded: Recorded[] = []
    const recordAs =
      (actor: Actor): Writing['record'] =>
      (roundId, name, payload, audience) =>
        void recorded.push({
          roundId,
          stream: streamOfRound(roundId),
          name,
          payload,
          audience: audience ?? null,
          actor,
        })
    const record = recordAs(actorOf(caller))
    const unsigned = recordAs(actorOf(NOBODY))
    return this.source.transaction(async (db) => {
      const writing = { db, caller, now, record, unsigned }
      const answer = await work(writing)
      const happened = [...recorded]
      for (const witness of this.witnesses) await witness(writing, happened)
      if (recorded.length > 0) await this.append(db, recorded, now)
      return answer
    })
  }

  /** Numbers are taken under the stream's row lock, last in the transaction: number order is commit order. */
  private async append(db: EntityManager, recorded: Recorded[], now: Date): Promise<void> {
    const streams = [...new Set(recorded.map((r) => r.stream))].sort()
    for (const stream of streams) {
      const mine = recorded.filter((r) => r.stream === stream)
      const rows = await db.query<{ seq: string }[]>(
        `INSERT INTO event_stream (stream, seq) VALUES ($1, $2)
         ON CONFLICT (stream) DO UPDATE SET seq = event_stream.seq + $2 RETURNING seq`,
        [stream, mine.length],
      )
      const first = Number(rows[0]!.seq) - mine.length + 1
      for (const [i, r] of mine.entries())
        await db.query(
          `INSERT INTO event (stream, seq, name, payload, actor, audience, at) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
          [stream, first + i, r.name, JSON.stringify(r.payload), r.actor, r.audience, now],
        )
      await this.bus.wakeOnCommit(db, 'stream', stream)
    }
  }
}

const actorOf = ({ personId, personName, seat }: Caller): Actor => ({
  personId: personId || null,
  personName,
  seatId: seat?.id ?? null,
  delegationId: seat?.delegationId ?? null,
  delegationCode: seat?.delegationCode ?? null,
})
