import { createClient } from '@redis/client'
import type { DataSource, EntityManager } from 'typeorm'
import { errorFacts, type Log } from '../common/log.js'
import { AfterCommit } from './after-commit.js'
import type { Carrier } from './carrier.js'

const CHANNEL = 'multilogue'
const MOST_WAIT = 1000

/** Over Redis, which knows nothing of transactions: what is to be sent on commit waits here until then. */
export class RedisCarrier implements Carrier {
  private readonly publisher: ReturnType<typeof createClient>
  private readonly listener: ReturnType<typeof createClient>
  private readonly afterCommit: AfterCommit

  constructor(
    url: string,
    source: DataSource,
    private readonly log: Log,
  ) {
    this.afterCommit = new AfterCommit(source)
    const reconnectStrategy = (tries: number): number => Math.min(100 * tries, MOST_WAIT)
    // What cannot be sent now is lost: a wake-up that comes minutes late wakes nobody who is not awake by then.
    this.publisher = createClient({ url, RESP: 2, socket: { reconnectStrategy }, disableOfflineQueue: true })
    this.listener = this.publisher.duplicate({ disableOfflineQueue: false })
  }

  async start(hear: (message: string) => void, connected: (isConnected: boolean) => void): Promise<void> {
    this.afterCommit.start()
    this.publisher.on('error', (thrown: unknown) => this.log.warn(errorFacts(thrown), 'Redis connection failed'))
    this.listener.on('error', () => connected(false))
    // Subscribes again by itself before it is ready.
    this.listener.on('ready', () => connected(true))
    const connecting = Promise.all([this.publisher.connect(), this.listener.connect()])
      .then(() => this.listener.subscribe(CHANNEL, hear))
      .then(() => connected(true))
      .catch((thrown: unknown) => this.log.warn(errorFacts(thrown), 'bus not connected'))
    // A server starts without Redis and says in /readyz that the bus is missing.
    await new Promise<void>((resolve) => {
      const enough = setTimeout(resolve, MOST_WAIT)
      void connecting.finally(() => {
        clearTimeout(enough)
        resolve()
      })
    })
  }

  sendOnCommit(db: EntityManager, message: string): Promise<void> {
    if (!this.afterCommit.wait(db, message, () => this.send(message))) this.send(message)
    return Promise.resolve()
  }

  send(message: string): void {
    this.publisher
      .publish(CHANNEL, message)
      .catch((thrown: unknown) => this.log.warn(errorFacts(thrown), 'wake-up lost'))
  }

  async stop(): Promise<void> {
    this.afterCommit.stop()
    this.listener.destroy()
    // What was sent last still goes out, unless there is no connection to wait for.
    if (this.publisher.isReady) await this.publisher.close()
    else this.publisher.destroy()
  }
}
