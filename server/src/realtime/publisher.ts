import { Inject, Injectable } from '@nestjs/common'
import type { Actor, Happening } from '@multilogue/shared/events'
import { DataSource } from 'typeorm'
import { instant } from '../common/columns.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { Refusal } from '../common/problem.js'
import { row, rows } from '../common/sql.js'
import { Bus } from '../work/bus.js'
import type { Audience } from '../work/work.js'

type Told = Happening & { audience: Audience | null }

/** One reader of a stream. `hear` decides at each delivery what this reader may hear. */
export interface Reader {
  hear(told: Told): void
}

interface StreamState {
  readers: Set<Reader>
  /** The last number given to all readers. */
  last: number
  /** What is done on this stream, one after the other. */
  queue: Promise<unknown>
}

const PAGE = 500
/** A reader further behind than this loads the page anew instead. */
const FURTHEST = 5000

/**
 * The only place that sends what happened. It is woken by the bus and reads on from its last number, so order is
 * the log's order and a lost wake-up only delays.
 */
@Injectable()
export class Publisher {
  private readonly streams = new Map<string, StreamState>()

  constructor(
    private readonly source: DataSource,
    @Inject(LOG) private readonly log: Log,
    bus: Bus,
  ) {
    bus.on('stream', (stream) => {
      for (const known of stream ? [stream] : this.streams.keys()) this.pump(known)
    })
  }

  get readers(): number {
    return [...this.streams.values()].reduce((sum, { readers }) => sum + readers.size, 0)
  }

  /**
   * Gives a reader all after `after`, then all that follows, without a gap in between.
   * @returns the last number at this moment
   * @throws Refusal stream-too-old when the reader is too far behind
   */
  async subscribe(stream: string, after: number | undefined, reader: Reader): Promise<number> {
    const state = await this.state(stream)
    return this.next(state, async () => {
      await this.readOn(stream, state)
      if (after !== undefined) {
        if (state.last - after > FURTHEST || after > state.last) throw new Refusal('stream-too-old')
        for (const told of await this.between(stream, after, state.last)) reader.hear(told)
      }
      state.readers.add(reader)
      return state.last
    })
  }

  unsubscribe(stream: string, reader: Reader): void {
    const state = this.streams.get(stream)
    state?.readers.delete(reader)
    if (state?.readers.size === 0) this.streams.delete(stream)
  }

  private pump(stream: string): void {
    const state = this.streams.get(stream)
    if (!state) return
    this.next(state, () => this.readOn(stream, state)).catch((thrown: unknown) => {
      this.log.warn({ stream, ...errorFacts(thrown) }, 'happenings not read')
      setTimeout(() => this.pump(stream), 500).unref()
    })
  }

  private async state(stream: string): Promise<StreamState> {
    const known = this.streams.get(stream)
    if (known) return known
    const head = await row<{ seq: string }>(this.source, `SELECT seq FROM event_stream WHERE stream = $1`, [stream])
    const fresh: StreamState = { readers: new Set(), last: Number(head?.seq ?? 0), queue: Promise.resolve() }
    const raced = this.streams.get(stream)
    if (!raced) this.streams.set(stream, fresh)
    return raced ?? fresh
  }

  private next<T>(state: StreamState, work: () => Promise<T>): Promise<T> {
    const done = state.queue.then(work, work)
    state.queue = done.catch(() => undefined)
    return done
  }

  private async readOn(stream: string, state: StreamState): Promise<void> {
    for (;;) {
      const page = await this.between(stream, state.last, Number.MAX_SAFE_INTEGER)
      for (const told of page) {
        state.last = told.seq
        for (const reader of state.readers) reader.hear(told)
      }
      if (page.length < PAGE) return
    }
  }

  private async between(stream: string, after: number, upTo: number): Promise<Told[]> {
    const limit = upTo === Number.MAX_SAFE_INTEGER ? PAGE : FURTHEST
    type Row = {
      seq: string
      name: Happening['name']
      payload: unknown
      actor: Actor
      audience: Audience | null
      at: string
    }
    const found = await rows<Row>(
      this.source,
      `SELECT seq, name, payload, actor, audience, ${instant('at')} AS at FROM event
       WHERE stream = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${limit}`,
      [stream, after, upTo],
    )
    return found.map((told) => ({ ...told, stream, seq: Number(told.seq) }))
  }
}
