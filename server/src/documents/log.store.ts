import { Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import type { LogRow, NewUpdate, Refusal, Snapshot, Store, StoredText } from '../collab/ports.js'
import { Clock } from '../common/clock.js'
import { Gathering } from '../common/gathering.js'
import { prepared, rows } from '../common/sql.js'
import { bindAuthors } from './author.binding.js'
import { TextSource } from './text.source.js'

interface StoredRow {
  /** The place of the question, from 1. */
  at: string
  no: string
  bytes: Buffer
  personId: string
  seatId: string | null
}

interface StoredAuthor {
  documentId: string
  clientId: string
  personId: string
  seatId: string | null
}

type StoredSnapshot = { documentId: string } & { [K in keyof Snapshot]: K extends 'no' ? string | null : Buffer }

const SNAPSHOTS = `
  SELECT l.document_id AS "documentId", s.no, s.state, s.vector, s.deletions
  FROM document_log l
  LEFT JOIN LATERAL (SELECT * FROM document_snapshot WHERE document_id = l.document_id ORDER BY no DESC LIMIT 1) s ON true
  WHERE l.document_id = ANY($1::uuid[])`

const AUTHORS = `
  SELECT document_id AS "documentId", client_id AS "clientId", person_id AS "personId", seat_id AS "seatId"
  FROM document_author WHERE document_id = ANY($1::uuid[])`

const TAILS = `
  SELECT i.at, u.no, u.bytes, u.person_id AS "personId", u.seat_id AS "seatId"
  FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS i(document_id, after, at)
  CROSS JOIN LATERAL (SELECT * FROM document_update WHERE document_id = i.document_id AND no > i.after ORDER BY no) u`

/** How many texts are read in one statement, and the milliseconds between two. */
const AT_ONCE = { most: 200, pause: 10 }

const APPEND = `
  WITH input AS (
    SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::text[])
      WITH ORDINALITY AS i(document_id, bytes, person_id, seat_id, ord)),
  placed AS (
    SELECT i.*, row_number() OVER (PARTITION BY document_id ORDER BY ord) AS place,
      count(*) OVER (PARTITION BY document_id) AS many FROM input i),
  locked AS (
    SELECT document_id, no FROM document_log WHERE document_id IN (SELECT document_id FROM input)
    ORDER BY document_id FOR UPDATE),
  grown AS (
    UPDATE document_log g SET no = g.no + p.many, changed_at = $5 FROM placed p, locked l
    WHERE g.document_id = l.document_id AND p.document_id = l.document_id AND p.place = 1),
  inserted AS (
    INSERT INTO document_update (document_id, no, bytes, person_id, seat_id, at)
    SELECT p.document_id, l.no + p.place, p.bytes, p.person_id, nullif(p.seat_id, '')::uuid, $5
    FROM placed p JOIN locked l USING (document_id))
  SELECT l.no + p.place AS no FROM placed p JOIN locked l USING (document_id) ORDER BY p.ord`

/**
 * The log of the texts in PostgreSQL. Numbers are given under the row lock of `document_log`, taken in the
 * order of the ids, so number order is commit order and two servers never wait for each other in a ring.
 */
@Injectable()
export class LogStore implements Store {
  private readonly loads = new Gathering((ids: string[]) => this.loadAll(ids), AT_ONCE)
  private readonly tails = new Gathering(
    (asked: { documentId: string; after: number }[]) => this.readTails(asked),
    AT_ONCE,
  )

  constructor(
    private readonly source: TextSource,
    private readonly clock: Clock,
  ) {}

  load(documentId: string): Promise<StoredText | null> {
    return this.loads.ask(documentId)
  }

  tail(documentId: string, after: number): Promise<LogRow[]> {
    return this.tails.ask({ documentId, after })
  }

  async append(batch: NewUpdate[]): Promise<(number | null)[]> {
    if (batch.every(({ clientIds }) => clientIds.length === 0)) return this.appendTo(undefined, batch)
    return this.source.transaction(async (db) => {
      const isTheirs = await bindAuthors(db, batch, this.clock.now())
      const taken = batch.filter((_, at) => isTheirs[at])
      const numbers = taken.length > 0 ? await this.appendTo(db, taken) : []
      return isTheirs.map((theirs) => (theirs ? (numbers.shift() ?? null) : null))
    })
  }

  /** The first words of a text that is made in the same transaction, so that nobody can have opened it yet. */
  async begin(db: EntityManager, update: NewUpdate): Promise<void> {
    await bindAuthors(db, [update], this.clock.now())
    await this.appendTo(db, [update])
  }

  async saveSnapshot(documentId: string, { no, state, vector, deletions }: Snapshot): Promise<void> {
    await this.source.query(
      `INSERT INTO document_snapshot (document_id, no, state, vector, deletions, at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING`,
      [documentId, no, bytea(state), bytea(vector), bytea(deletions), this.clock.now()],
    )
    // The log makes any older state again.
    await this.source.query(`DELETE FROM document_snapshot WHERE document_id = $1 AND no < $2`, [documentId, no])
  }

  async recordRefusal({ documentId, problem, clientId, personId, seatId }: Refusal): Promise<void> {
    await this.source.query(
      `INSERT INTO document_refusal (document_id, problem, client_id, person_id, seat_id, at)
       VALUES ($1, $2, $3, $4, nullif($5, '')::uuid, $6)`,
      [documentId, problem, clientId, personId, seatId, this.clock.now()],
    )
  }

  private async loadAll(ids: string[]): Promise<(StoredText | null)[]> {
    const heads = await prepared<StoredSnapshot>(this.source, 'snapshots', SNAPSHOTS, [ids])
    const bound = await prepared<StoredAuthor>(this.source, 'authors', AUTHORS, [ids])
    const snapshots = new Map(heads.map((head) => [head.documentId, snapshotOf(head)]))
    const authors = new Map<string, StoredText['authors']>(ids.map((id) => [id, []]))
    for (const { documentId, clientId, personId, seatId } of bound)
      authors.get(documentId)?.push({ clientId: Number(clientId), personId, seatId: seatId ?? '' })
    const tails = await this.readTails(
      ids.map((documentId) => ({ documentId, after: snapshots.get(documentId)?.no ?? 0 })),
    )
    return ids.map((id, at) => {
      const snapshot = snapshots.get(id)
      return snapshot === undefined ? null : { snapshot, updates: tails[at] ?? [], authors: authors.get(id) ?? [] }
    })
  }

  private async readTails(asked: { documentId: string; after: number }[]): Promise<LogRow[][]> {
    const found = await prepared<StoredRow>(this.source, 'tails', TAILS, [
      asked.map(({ documentId }) => documentId),
      asked.map(({ after }) => after),
    ])
    const tails = asked.map((): LogRow[] => [])
    for (const { at, no, bytes, personId, seatId } of found)
      tails[Number(at) - 1]?.push({ no: Number(no), bytes, personId, seatId: seatId ?? '' })
    for (const tail of tails) tail.sort((one, other) => one.no - other.no)
    return tails
  }

  /** @param db  nothing: in a transaction of its own */
  private async appendTo(db: EntityManager | undefined, batch: NewUpdate[]): Promise<number[]> {
    const values = [
      batch.map((u) => u.documentId),
      batch.map((u) => bytea(u.bytes)),
      batch.map((u) => u.personId),
      batch.map((u) => u.seatId),
      this.clock.now(),
    ]
    const appended = await (db === undefined
      ? prepared<{ no: string }>(this.source, 'append', APPEND, values)
      : rows<{ no: string }>(db, APPEND, values))
    if (appended.length !== batch.length) throw new Error('A text of the batch is not there.')
    return appended.map(({ no }) => Number(no))
  }
}

/** The driver takes a plain Uint8Array for JSON. */
const bytea = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const snapshotOf = ({ no, state, vector, deletions }: StoredSnapshot): Snapshot | null =>
  no === null ? null : { no: Number(no), state, vector, deletions }
