import pg from 'pg'
import type { DataSource, EntityManager } from 'typeorm'
import { errorFacts, type Log } from '../common/log.js'
import type { Carrier } from './carrier.js'

const CHANNEL = 'multilogue'
const RETRY = 500

/** Over `LISTEN` and `NOTIFY` of the database that every server is connected to anyway. */
export class PostgresCarrier implements Carrier {
  private client: pg.Client | undefined
  private retry: NodeJS.Timeout | undefined
  private stopped = false

  constructor(
    private readonly source: DataSource,
    private readonly log: Log,
  ) {}

  async start(hear: (message: string) => void, connected: (isConnected: boolean) => void): Promise<void> {
    const { url } = this.source.options as { url?: string }
    const client = new pg.Client({ connectionString: url, keepAlive: true })
    this.client = client
    const lost = (): void => {
      connected(false)
      if (this.stopped || this.retry) return
      this.retry = setTimeout(() => {
        this.retry = undefined
        void this.start(hear, connected)
      }, RETRY)
    }
    client.on('error', lost)
    client.on('end', lost)
    client.on('notification', ({ payload }) => hear(payload ?? ''))
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      connected(true)
    } catch (thrown) {
      this.log.warn(errorFacts(thrown), 'bus not connected')
      lost()
    }
  }

  async sendOnCommit(db: EntityManager, message: string): Promise<void> {
    await db.query('SELECT pg_notify($1, $2)', [CHANNEL, message])
  }

  send(message: string): void {
    this.sendOnCommit(this.source.manager, message).catch((thrown: unknown) =>
      this.log.warn(errorFacts(thrown), 'wake-up lost'),
    )
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.retry)
    await this.client?.end().catch(() => undefined)
  }
}
