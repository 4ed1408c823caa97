import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import pg from 'pg'
import { DataSource, type EntityManager } from 'typeorm'
import { errorFacts, LOG, type Log } from '../common/log.js'

export type Topic = 'stream' | 'document' | 'rights'
type Listener = (id: string) => void

const CHANNEL = 'multilogue'

/**
 * Wake-ups between servers, over PostgreSQL's LISTEN and NOTIFY. A wake-up says where to look and carries no
 * content: one that is lost delays and never loses, because who wakes reads on from its last number, and
 * everybody is woken when the connection comes back.
 */
@Injectable()
export class Bus implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners = new Map<Topic, Set<Listener>>()
  private client: pg.Client | undefined
  private retry: NodeJS.Timeout | undefined
  private closed = false
  connected = false

  constructor(
    private readonly source: DataSource,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /**
   * @param listener gets the id to look at; the empty string means: look at everything
   * @returns how to stop listening
   */
  on(topic: Topic, listener: Listener): () => void {
    const all = this.listeners.get(topic) ?? new Set()
    this.listeners.set(topic, all.add(listener))
    return () => void all.delete(listener)
  }

  wakeHere(topic: Topic, id: string): void {
    for (const listener of this.listeners.get(topic) ?? []) listener(id)
  }

  /** Wakes every server, this one too, when the transaction of `db` commits. */
  async wakeOnCommit(db: EntityManager, topic: Topic, id: string): Promise<void> {
    await db.query('SELECT pg_notify($1, $2)', [CHANNEL, `${topic} ${id}`])
  }

  /** Wakes every server at once. A wake-up that cannot be sent is one that is lost. */
  async wakeNow(db: EntityManager, topic: Topic, id: string): Promise<void> {
    await this.wakeOnCommit(db, topic, id).catch((thrown: unknown) => this.log.warn(errorFacts(thrown), 'wake-up lost'))
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.connect()
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true
    clearTimeout(this.retry)
    await this.client?.end().catch(() => undefined)
  }

  private async connect(): Promise<void> {
    const { url } = this.source.options as { url?: string }
    const client = new pg.Client({ connectionString: url, keepAlive: true })
    this.client = client
    client.on('error', () => this.lost())
    client.on('end', () => this.lost())
    client.on('notification', ({ payload }) => {
      const [topic, id] = (payload ?? '').split(' ')
      this.wakeHere(topic as Topic, id ?? '')
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      this.connected = true
      for (const topic of this.listeners.keys()) this.wakeHere(topic, '')
    } catch (thrown) {
      this.log.warn(errorFacts(thrown), 'bus not connected')
      this.lost()
    }
  }

  private lost(): void {
    this.connected = false
    if (this.closed || this.retry) return
    this.retry = setTimeout(() => {
      this.retry = undefined
      void this.connect()
    }, 500)
  }
}
