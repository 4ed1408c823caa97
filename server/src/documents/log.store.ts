import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import type { LogRow, NewUpdate, Refusal, Snapshot, Store, StoredText } from '../collab/ports.js'
import { Clock } from '../common/clock.js'
import { prepared, row, rows } from '../common/sql.js'
import { bindAuthors } from './author.binding.js'

interface Stored {
  no: string
  bytes: Buffer
  personId: string
  seatId: string | null
}

const LOAD_SNAPSHOT = `
  SELECT s.no, s.state, s.vector, s.deletions FROM document_log l
  LEFT JOIN LATERAL (SELECT * FROM document_snapshot WHERE document_id = l.document_id ORDER BY no DESC LIMIT 1) s ON true
  WHERE l.document_id = $1`

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
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  async load(documentId: string): Promise<StoredText | null> {
    const found = await row<{ [K in keyof Snapshot]: K extends 'no' ? string | null : Buffer }>(
      this.source,
      LOAD_SNAPSHOT,
      [documentId],
    )
    if (!found) return null
    const snapshot = found.no === null ? null : { ...found, no: Number(found.no) }
    const authors = await rows<{ clientId: string; personId: string; seatId: string | null }>(
      this.source,
      `SELECT client_id AS "clientId", person_id AS "personId", seat_id AS "seatId" FROM document_author
       WHERE document_id = $1`,
      [documentId],
    )
    return {
      snapshot,
      updates: await this.tail(documentId, snapshot?.no ?? 0),
      authors: authors.map(({ clientId, personId, seatId }) => ({
        clientId: Number(clientId),
        personId,
        seatId: seatId ?? '',
      })),
    }
  }

  async tail(documentId: string, after: number): Promise<LogRow[]> {
    const found = await rows<Stored>(
      this.source,
      `SELECT no, bytes, person_id AS "personId", seat_id AS "seatId" FROM document_update
       WHERE document_id = $1 AND no > $2 ORDER BY no`,
      [documentId, after],
    )
    return found.map(({ no, bytes, personId, seatId }) => ({ no: Number(no), bytes, personId, seatId: seatId ?? '' }))
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
