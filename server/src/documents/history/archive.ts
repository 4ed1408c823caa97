import type { Writer } from '@multilogue/shared/history'
import pg from 'pg'
import { outlive } from '../../database/outlive.js'
import type { Chronicle } from './chronicle.js'
import { joinWriter, writerOf } from './writers.js'

/** Rows of the log that are read at once. */
const PAGE = 4000

interface Row {
  no: string
  bytes: Buffer
  person_id: string
  seat_id: string | null
  at: Date
}

/** Reads the log of texts from the database, over a connection that is let go when nobody asks. */
export class Archive {
  private readonly pool: pg.Pool

  constructor(url: string) {
    const idle = { idleTimeoutMillis: 5000, allowExitOnIdle: true }
    this.pool = new pg.Pool({ connectionString: url, max: 1, ...idle, onConnect: outlive })
    // A connection that breaks while idle is made anew when it is needed.
    this.pool.on('error', () => undefined)
  }

  /** Adds to the chronicle what the log has gained. @returns whether it gained anything */
  async bringUpToDate(documentId: string, chronicle: Chronicle): Promise<boolean> {
    const before = chronicle.head
    for (;;) {
      const { rows } = await this.pool.query<Row>(
        `SELECT no, bytes, person_id, seat_id, at FROM document_update
         WHERE document_id = $1 AND no > $2 ORDER BY no LIMIT ${PAGE}`,
        [documentId, chronicle.head],
      )
      await this.nameWriters(
        chronicle,
        rows.map(({ person_id, seat_id }) => [person_id, seat_id]),
      )
      // Whose words came in is told by the transaction that sent them in, which ends after they are stored.
      await this.nameAuthors(documentId, chronicle)
      chronicle.extend(
        rows.map(({ bytes, person_id, seat_id, at }) => ({
          bytes,
          writer: placeOf(chronicle, person_id, seat_id),
          at: at.getTime(),
        })),
      )
      if (rows.length < PAGE) return chronicle.head > before
    }
  }

  private async nameAuthors(documentId: string, chronicle: Chronicle): Promise<void> {
    const { rows } = await this.pool.query<{ client_id: string; person_id: string; seat_id: string | null }>(
      `SELECT client_id, person_id, seat_id, 0 AS weight FROM document_author WHERE document_id = $1
       UNION ALL SELECT client_id, person_id, seat_id, 1 FROM document_credit WHERE document_id = $1 ORDER BY weight`,
      [documentId],
    )
    await this.nameWriters(
      chronicle,
      rows.map(({ person_id, seat_id }) => [person_id, seat_id]),
    )
    for (const { client_id, person_id, seat_id } of rows)
      chronicle.authors.set(Number(client_id), placeOf(chronicle, person_id, seat_id))
  }

  private async nameWriters(chronicle: Chronicle, hands: [string, string | null][]): Promise<void> {
    const unknown = new Map(
      hands
        .filter(([personId, seatId]) => placeOf(chronicle, personId, seatId) < 0)
        .map((hand) => [hand.join(), hand] as const),
    )
    if (unknown.size === 0) return
    const { rows } = await this.pool.query<Writer>(
      `SELECT ${writerOf('h')} FROM unnest($1::uuid[], $2::uuid[]) AS h(person_id, seat_id) ${joinWriter('h')}`,
      [[...unknown.values()].map(([personId]) => personId), [...unknown.values()].map(([, seatId]) => seatId)],
    )
    chronicle.writers.push(...rows)
  }
}

const placeOf = ({ writers }: Chronicle, personId: string, seatId: string | null): number =>
  writers.findIndex((writer) => writer.personId === personId && writer.seatId === seatId)
