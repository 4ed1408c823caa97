import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { NOBODY, type ActingSeat } from '../access/caller.js'
import { Clock } from '../common/clock.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { nothingHere } from '../common/problem.js'
import { row, rows } from '../common/sql.js'
import { Bus } from '../work/bus.js'
import { UnitOfWork } from '../work/unit-of-work.js'
import { isOnline, PATIENCE_MS, SILENCE_SECONDS } from './presence.views.js'

/** How often a server says that its connections are alive. */
const ALIVE = 10_000
/** What comes and goes meanwhile is told as one: a whole conference opens the page at ten. */
const GATHER = 500

interface Place {
  sessionId: string
  roundId: string
  seat: ActingSeat
}

/**
 * Which pages of sessions are open at this server. Each server keeps rows of its own for its connections and renews
 * them, so that all see the same and those of a server that died are soon taken for gone.
 */
@Injectable()
export class Attending implements OnApplicationBootstrap, OnApplicationShutdown {
  /** How many connections of a seat have the page of a session open, by both. */
  private readonly open = new Map<string, { place: Place; count: number }>()
  private readonly telling = new Map<string, NodeJS.Timeout>()
  private readonly leaving = new Set<NodeJS.Timeout>()
  private alive: NodeJS.Timeout | undefined

  constructor(
    private readonly source: DataSource,
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
    private readonly bus: Bus,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.alive = setInterval(() => void this.renew(), ALIVE).unref()
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.alive)
    for (const timer of [...this.telling.values(), ...this.leaving]) clearTimeout(timer)
    await this.source
      .query(`UPDATE presence SET left_at = $2 WHERE server = $1 AND left_at IS NULL`, [
        this.bus.server,
        this.clock.now(),
      ])
      .catch(() => undefined)
  }

  /** @returns how to leave. @throws Refusal not-found for a session of another round */
  async attend(seat: ActingSeat, sessionId: string): Promise<() => void> {
    const session = await row<{ round_id: string }>(this.source, `SELECT round_id FROM session WHERE id = $1`, [
      sessionId,
    ])
    if (session?.round_id !== seat.roundId) throw nothingHere()
    const place = { sessionId, roundId: seat.roundId, seat }
    const key = `${sessionId} ${seat.id}`
    const known = this.open.get(key)
    if (known) known.count++
    else this.open.set(key, { place, count: 1 })
    if (!known) await this.come(place)
    let left = false
    return () => {
      if (left) return
      left = true
      this.leave(key)
    }
  }

  private leave(key: string): void {
    const known = this.open.get(key)
    if (!known || --known.count > 0) return
    this.open.delete(key)
    void this.quietly(() => this.go(known.place))
  }

  /** That a delegation came is part of the record only while the session is live. Its next pages change nothing. */
  private async come(place: Place): Promise<void> {
    const { sessionId, seat } = place
    const changes = await this.isGone(place)
    await this.source.query(
      `INSERT INTO presence (session_id, seat_id, server, alive_at) VALUES ($1, $2, $3, clock_timestamp())
       ON CONFLICT (session_id, seat_id, server) DO UPDATE SET left_at = NULL, alive_at = clock_timestamp()`,
      [sessionId, seat.id, this.bus.server],
    )
    await this.attended(sessionId)
    if (changes) this.tellSoon(place)
  }

  private async go(place: Place): Promise<void> {
    const { sessionId, seat } = place
    await this.source.query(`UPDATE presence SET left_at = $4 WHERE session_id = $1 AND seat_id = $2 AND server = $3`, [
      sessionId,
      seat.id,
      this.bus.server,
      this.clock.now(),
    ])
    const timer = setTimeout(() => {
      this.leaving.delete(timer)
      void this.quietly(async () => {
        if (await this.isGone(place)) this.tellSoon(place)
      })
    }, PATIENCE_MS).unref()
    this.leaving.add(timer)
  }

  /** Who has the page open while the session is live has attended it. */
  private async attended(sessionId: string | null): Promise<void> {
    await this.source.query(
      `INSERT INTO attendance AS a (session_id, delegation_id, online_at)
       SELECT DISTINCT c.session_id, s.delegation_id, $3::timestamptz FROM presence c JOIN seat s ON s.id = c.seat_id
         JOIN session n ON n.id = c.session_id
       WHERE c.server = $1 AND c.left_at IS NULL AND n.status = 'live' AND s.delegation_id IS NOT NULL
         AND ($2::uuid IS NULL OR n.id = $2)
       ON CONFLICT (session_id, delegation_id) DO UPDATE SET online_at = EXCLUDED.online_at WHERE a.online_at IS NULL`,
      [this.bus.server, sessionId, this.clock.now()],
    )
  }

  /** Also finds those of servers that have died, once, and takes their rows away. */
  private async renew(): Promise<void> {
    await this.quietly(async () => {
      await this.source.query(
        `UPDATE presence SET alive_at = clock_timestamp() WHERE server = $1 AND left_at IS NULL`,
        [this.bus.server],
      )
      if (this.open.size > 0) await this.attended(null)
      const gone = await rows<{ session_id: string; round_id: string; is_lost: boolean }>(
        this.source,
        `DELETE FROM presence c USING session n WHERE n.id = c.session_id
           AND c.alive_at < clock_timestamp() - interval '${SILENCE_SECONDS} seconds'
         RETURNING c.session_id, n.round_id, c.left_at IS NULL AS is_lost`,
      )
      for (const { session_id: sessionId, round_id: roundId, is_lost } of gone)
        if (is_lost) this.tellSoon({ sessionId, roundId })
    })
  }

  /** Whether a delegation is not online at any server; chair and secretariat are of none. */
  private async isGone({ sessionId, seat: { delegationId } }: Place): Promise<boolean> {
    const at = { db: this.source.manager, now: this.clock.now() }
    return delegationId !== null && !(await isOnline(at, sessionId, delegationId))
  }

  private tellSoon({ sessionId, roundId }: Pick<Place, 'sessionId' | 'roundId'>): void {
    if (this.telling.has(sessionId)) return
    const timer = setTimeout(() => {
      this.telling.delete(sessionId)
      void this.quietly(() =>
        this.unit.write(NOBODY, async ({ record }) => record(roundId, 'presence.changed', { sessionId })),
      )
    }, GATHER).unref()
    this.telling.set(sessionId, timer)
  }

  /** What could not be written is written with the next sign of life, or taken for gone. */
  private async quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      this.log.warn(errorFacts(thrown), 'presence not written down')
    }
  }
}
