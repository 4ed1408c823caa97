import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { LogRow, NewUpdate, Store, StoredText } from '../collab/ports.js'
import { Clock } from '../common/clock.js'
import { row, rows } from '../common/sql.js'

interface Stored {
  no: string
  bytes: Buffer
}

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
    const log = await row(this.source, `SELECT 1 FROM document_log WHERE document_id = $1`, [documentId])
    if (!log) return null
    const snapshot = await row<{ no: string; state: Buffer }>(
      this.source,
      `SELECT no, state FROM document_snapshot WHERE document_id = $1 ORDER BY no DESC LIMIT 1`,
      [documentId],
    )
    const no = Number(snapshot?.no ?? 0)
    return { snapshot: snapshot?.state ?? null, no, updates: await this.tail(documentId, no) }
  }

  async tail(documentId: string, after: number): Promise<LogRow[]> {
    const found = await rows<Stored>(
      this.source,
      `SELECT no, bytes FROM document_update WHERE document_id = $1 AND no > $2 ORDER BY no`,
      [documentId, after],
    )
    return found.map(({ no, bytes }) => ({ no: Number(no), bytes }))
  }

  async append(batch: NewUpdate[]): Promise<number[]> {
    const appended = await rows<{ ord: string; no: string }>(
      this.source,
      `WITH input AS (
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
       SELECT p.ord, l.no + p.place AS no FROM placed p JOIN locked l USING (document_id) ORDER BY p.ord`,
      [
        batch.map((u) => u.documentId),
        batch.map((u) => Buffer.from(u.bytes)),
        batch.map((u) => u.personId),
        batch.map((u) => u.seatId),
        this.clock.now(),
      ],
    )
    if (appended.length !== batch.length) throw new Error('A text of the batch is not there.')
    return appended.map(({ no }) => Number(no))
  }

  async saveSnapshot(documentId: string, no: number, state: Uint8Array): Promise<void> {
    await this.source.query(
      `INSERT INTO document_snapshot (document_id, no, state, vector, deletions, at)
       VALUES ($1, $2, $3, '', '', $4) ON CONFLICT DO NOTHING`,
      [documentId, no, Buffer.from(state), this.clock.now()],
    )
  }
}
