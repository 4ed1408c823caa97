import { randomUUID } from 'node:crypto'
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { LOG, type Log } from '../common/log.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import { AfterCommit } from './after-commit.js'
import type { Carrier } from './carrier.js'
import { PostgresCarrier } from './postgres-carrier.js'
import { RedisCarrier } from './redis-carrier.js'

/** `document` and `presence` go to the other servers only, the rest to all. */
export type Topic = 'stream' | 'document' | 'presence' | 'rights' | 'mail' | 'push'
type Listener = (id: string) => void

/** How often a server says that it is there, and after how long a silent one is taken for gone. */
const HELLO = 5_000
const SILENCE = 16_000

/**
 * Wake-ups between servers, over PostgreSQL or over Redis. A wake-up says where to look and carries no content: one
 * that is lost delays and never loses, because who wakes reads on from its last number, and everybody is woken when
 * the connection comes back.
 */
@Injectable()
export class Bus implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly server = randomUUID()
  connected = false
  private readonly carrier: Carrier
  private readonly listeners = new Map<Topic, Set<Listener>>()
  private readonly afterCommit: AfterCommit
  /** When each other server was last heard of. */
  private readonly others = new Map<string, number>()
  private hello: NodeJS.Timeout | undefined

  constructor(source: DataSource, @Inject(SETTINGS_TOKEN) settings: Settings, @Inject(LOG) log: Log) {
    this.afterCommit = new AfterCommit(source)
    this.carrier = settings.REDIS_URL
      ? new RedisCarrier(settings.REDIS_URL, source, log)
      : new PostgresCarrier(source, log)
  }

  /** No other server is there. One that comes makes everybody look at everything once. */
  get alone(): boolean {
    const oldest = performance.now() - SILENCE
    for (const [server, heardAt] of this.others) if (heardAt < oldest) this.others.delete(server)
    return this.others.size === 0
  }

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

  /**
   * Wakes every server, this one too, when the transaction of `db` commits. This one looks at once, before anybody is
   * told that the act is done: what a text may not take any more it does not take from then on, however late the
   * message comes back.
   */
  async wakeOnCommit(db: EntityManager, topic: Topic, id: string): Promise<void> {
    const message = `${topic} ${id}`
    this.afterCommit.wait(db, message, () => this.wakeHere(topic, id))
    await this.carrier.sendOnCommit(db, message)
  }

  /** Tells the other servers at once, if there are any. A message that cannot be sent is lost. */
  tellOthers(topic: 'document' | 'presence', id: string): void {
    if (!this.alone) this.carrier.send(`${topic} ${this.server}/${id}`)
  }

  async onApplicationBootstrap(): Promise<void> {
    this.afterCommit.start()
    await this.carrier.start(
      (message) => this.hear(message),
      (isConnected) => {
        this.connected = isConnected
        if (!isConnected) return
        this.sayHello()
        for (const topic of this.listeners.keys()) this.wakeHere(topic, '')
      },
    )
    this.hello = setInterval(() => this.connected && this.sayHello(), HELLO)
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.hello)
    this.afterCommit.stop()
    if (this.connected) this.carrier.send(`bye ${this.server}`)
    await this.carrier.stop()
  }

  private sayHello(): void {
    this.carrier.send(`hello ${this.server}`)
  }

  private hear(message: string): void {
    const [topic, id = ''] = message.split(' ', 2)
    if (topic === 'hello') return this.heardOf(id)
    if (topic === 'bye') return void this.others.delete(id)
    if (topic !== 'document' && topic !== 'presence') return this.wakeHere(topic as Topic, id)
    const [from = '', rest = ''] = split(id, '/')
    if (from === this.server) return
    this.heardOf(from)
    this.wakeHere(topic, topic === 'document' ? rest : id)
  }

  /** Who did not know of the other may have written without a word: both look at everything. */
  private heardOf(server: string): void {
    if (server === this.server) return
    const isNew = this.alone || !this.others.has(server)
    this.others.set(server, performance.now())
    if (!isNew) return
    this.sayHello()
    this.tellOthers('document', '')
  }
}

/** At the first separator only. */
function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}
