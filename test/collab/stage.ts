import { expect } from '@jest/globals'
import * as Y from 'yjs'
import type { Engine } from '../../server/src/collab/engine.js'
import type { Limits } from '../../server/src/collab/limits.js'
import { Client } from './client.js'
import { World } from './world.js'

interface Entrance {
  document?: string
  session?: string
  ext?: 0 | 1 | 2
  engine?: Engine
}

/** A world with the clients of one test, and the end of both. */
export class Stage extends World {
  readonly clients: Client[] = []

  constructor(limits: Partial<Limits> = {}) {
    super(limits)
  }

  /** A client that has just sent its first frames. */
  enter(personId: string, { engine = this.engine, ...options }: Entrance = {}): Client {
    const client = new Client(personId, options)
    this.clients.push(client)
    return client.connect(engine)
  }

  /** A client that has everything, and has nothing left to send. */
  async join(personId: string, entrance: Entrance = {}): Promise<Client> {
    const client = this.enter(personId, entrance)
    await this.until(`${personId} has joined`, () => client.types.includes(0))
    await this.until(`${personId} is settled`, () => client.ext === 0 || client.isSaved)
    return client
  }

  /** Types a letter again and again, each as a log row of its own. */
  async typeRows(client: Client, letter: string, count: number): Promise<void> {
    for (let typed = 0; typed < count; typed++) {
      client.type(letter)
      await this.until('stored', () => client.isSaved)
    }
  }

  /** Rows in the log. */
  get logged(): number {
    return this.store.of('text').rows.length
  }

  /** The text as the log alone tells it. */
  get textOfLog(): string {
    const doc = new Y.Doc()
    for (const { bytes } of this.store.of('text').rows) Y.applyUpdate(doc, bytes)
    return doc.getText('t').toJSON()
  }

  /** Ends everything, and checks that the engine leaves no timer behind. */
  async end(): Promise<void> {
    this.store.letGo()
    this.authority.answering.letGo()
    this.store.failing = this.authority.failing = false
    for (const client of this.clients) client.destroy()
    await this.engine.close()
    expect(this.clock.pending).toBe(0)
  }
}
