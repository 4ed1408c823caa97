import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common'
import type { EventName, EventPayload } from '@multilogue/shared/events'
import { DataSource, type EntityManager } from 'typeorm'
import * as Y from 'yjs'
import type { DocumentRow } from '../access/document.access.js'
import { NOBODY } from '../access/caller.js'
import { Refused } from '../collab/refused.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { row, rows } from '../common/sql.js'
import { UnitOfWork } from '../work/unit-of-work.js'
import type { Audience } from '../work/work.js'
import { audienceOf } from './audience.js'
import { Growth } from './growth.js'
import { Texts } from './texts.js'

/** A text as it stands at log number `no`, and the transaction in which a room writes down what it makes of it. */
export interface Grown {
  readonly db: EntityManager
  readonly document: DocumentRow
  /** To be read only; it is gone afterwards. */
  readonly doc: Y.Doc
  readonly no: number
  readonly now: Date
  /** Tells it to whoever may see the text, or to those of them who may hear it. */
  readonly record: <N extends EventName>(name: N, payload: EventPayload<N>, audience?: Audience) => void
}

/** What a room keeps in tables about the content of texts. */
export interface Projection {
  /** Belongs to the projection for ever: the number up to which it has come is kept under it. */
  readonly name: string
  readonly kinds: DocumentRow['kind'][]
  /** Writes what the text is now in place of what it was; called with rising numbers, some of them skipped. */
  project(grown: Grown): Promise<void>
}

/** Milliseconds from the first edit to the projection: what comes meanwhile goes into the same one. */
const WAIT = { least: 300, most: 700 }
/** A text that takes long is projected the more rarely: a tenth of a server's time at most. */
const REST = 10
/** What another server has left undone is found after this long. */
const LOOK = 60_000

const BEHIND = `
  SELECT g.document_id AS id FROM document_log g JOIN document d ON d.id = g.document_id
  LEFT JOIN document_projection p ON p.document_id = g.document_id AND p.name = $1
  WHERE d.kind = ANY($2::text[]) AND g.no > coalesce(p.no, 0)`

/**
 * Tells the rooms when a text has grown, so that what they keep about it in tables follows within a second.
 *
 * The server that stored the edit does it. The number that a projection has reached is kept with it and locked while
 * it goes on, so two servers never write an older state over a newer one, and a server that starts finds what is
 * behind.
 */
@Injectable()
export class Projections implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private readonly all: Projection[] = []
  private readonly waiting = new Map<string, NodeJS.Timeout>()
  private readonly running = new Map<string, Promise<void>>()
  private readonly costs = new Map<string, number>()
  private readonly stopListening: () => void
  private look: NodeJS.Timeout | undefined
  private isClosed = false

  constructor(
    private readonly source: DataSource,
    private readonly unit: UnitOfWork,
    private readonly texts: Texts,
    @Inject(LOG) private readonly log: Log,
    growth: Growth,
  ) {
    this.stopListening = growth.on((documentId) => this.soon(documentId))
  }

  /** Before the server has started. */
  onGrown(projection: Projection): void {
    this.all.push(projection)
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.catchUp()
    this.look = setInterval(() => void this.catchUp(), LOOK).unref()
  }

  /** What waits is written while the engine still answers; what comes later is found at the next start. */
  async onModuleDestroy(): Promise<void> {
    for (const [documentId, timer] of this.waiting) {
      clearTimeout(timer)
      this.begin(documentId)
    }
    await Promise.all(this.running.values())
  }

  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true
    this.stopListening()
    clearInterval(this.look)
    for (const timer of this.waiting.values()) clearTimeout(timer)
    await Promise.all(this.running.values())
  }

  private soon(documentId: string): void {
    if (this.isClosed || this.waiting.has(documentId)) return
    const wait = Math.min(Math.max((this.costs.get(documentId) ?? 0) * REST, WAIT.least), WAIT.most)
    this.waiting.set(
      documentId,
      setTimeout(() => this.begin(documentId), wait),
    )
  }

  /** Resolves when the tables say what the text says now. */
  async settle(documentId: string): Promise<void> {
    clearTimeout(this.waiting.get(documentId))
    this.begin(documentId)
    await this.running.get(documentId)
  }

  private begin(documentId: string): void {
    this.waiting.delete(documentId)
    const before = this.running.get(documentId) ?? Promise.resolve()
    const mine = before.then(() => this.project(documentId))
    this.running.set(documentId, mine)
    void mine.then(() => this.running.get(documentId) === mine && this.running.delete(documentId))
  }

  /** Looks for texts whose projections are behind, which happens by itself at the start and every minute. */
  async catchUp(): Promise<void> {
    try {
      for (const { name, kinds } of this.all)
        for (const { id } of await rows<{ id: string }>(this.source, BEHIND, [name, kinds])) this.soon(id)
    } catch (thrown) {
      this.log.warn(errorFacts(thrown), 'texts behind not found')
    }
  }

  /** Never fails: what could not be written is behind, and is found again. */
  private async project(documentId: string): Promise<void> {
    if (this.isClosed) return
    try {
      const document = await row<DocumentRow>(this.source, `SELECT * FROM document WHERE id = $1`, [documentId])
      const wanted = this.all.filter(({ kinds }) => document && kinds.includes(document.kind))
      if (!document || wanted.length === 0) return
      const { updates, no } = await this.texts.engine.read(documentId)
      const begun = performance.now()
      const doc = new Y.Doc()
      for (const update of updates) Y.applyUpdate(doc, update)
      this.costs.set(documentId, performance.now() - begun)
      for (const projection of wanted) await this.write(projection, documentId, doc, no)
      doc.destroy()
    } catch (thrown) {
      if (thrown instanceof Refused && this.isClosed) return
      this.log.error({ documentId, ...errorFacts(thrown) }, 'text not projected')
    }
  }

  private async write(projection: Projection, id: string, doc: Y.Doc, no: number): Promise<void> {
    // Beforehand: a new row holds the row of the text's log, and whoever waits below for an act on the text must not
    // keep the edit of that act from being stored.
    await rows(
      this.source,
      `INSERT INTO document_projection (document_id, name, no) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING`,
      [id, projection.name],
    )
    await this.unit.write(NOBODY, async ({ db, now, record }) => {
      const reached = await rows(
        db,
        `UPDATE document_projection SET no = $3 WHERE document_id = $1 AND name = $2 AND no < $3 RETURNING no`,
        [id, projection.name, no],
      )
      if (reached.length === 0) return
      const document = (await row<DocumentRow>(db, `SELECT * FROM document WHERE id = $1`, [id]))!
      await projection.project({
        db,
        document,
        doc,
        no,
        now,
        record: (name, payload, audience) => record(document.round_id, name, payload, audience ?? audienceOf(document)),
      })
    })
  }
}
