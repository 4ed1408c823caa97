import type { MigrationInterface, QueryRunner } from 'typeorm'
import * as Y from 'yjs'

/** The log in parts by time, who each Yjs client id belongs to, snapshots that need no replay, named versions. */
export class Collaboration1795000500000 implements MigrationInterface {
  name = 'Collaboration1795000500000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE document_update RENAME TO document_update_whole`)
    await q.query(`ALTER TABLE document_update_whole RENAME CONSTRAINT pk_document_update TO pk_document_update_whole`)
    // Numbers are given under the row lock of document_log, which must be there: no foreign key to check per row.
    await q.query(`
      CREATE TABLE document_update (
        document_id uuid NOT NULL,
        no bigint NOT NULL,
        bytes bytea NOT NULL,
        person_id uuid NOT NULL,
        seat_id uuid,
        at timestamptz NOT NULL,
        CONSTRAINT pk_document_update PRIMARY KEY (document_id, no, at)
      ) PARTITION BY RANGE (at)`)
    await q.query(`CREATE TABLE document_update_rest PARTITION OF document_update DEFAULT`)
    await q.query(`
      INSERT INTO document_update (document_id, no, bytes, person_id, seat_id, at)
      SELECT document_id, no, bytes, person_id, seat_id, at FROM document_update_whole`)
    await q.query(`DROP TABLE document_update_whole`)

    await q.query(`
      CREATE TABLE document_author (
        document_id uuid NOT NULL CONSTRAINT fk_document_author_log REFERENCES document_log,
        client_id bigint NOT NULL,
        person_id uuid NOT NULL,
        seat_id uuid,
        at timestamptz NOT NULL,
        CONSTRAINT pk_document_author PRIMARY KEY (document_id, client_id)
      )`)
    await this.nameAuthors(q)

    // Snapshots can be made again from the log; those without vector and deletions are not worth a second way to read.
    await q.query(`DELETE FROM document_snapshot`)
    await q.query(`ALTER TABLE document_snapshot ADD COLUMN vector bytea NOT NULL, ADD COLUMN deletions bytea NOT NULL`)

    await q.query(`
      CREATE TABLE document_version (
        id uuid CONSTRAINT pk_document_version PRIMARY KEY,
        document_id uuid NOT NULL CONSTRAINT fk_document_version_log REFERENCES document_log,
        no bigint NOT NULL,
        name text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_document_version_person REFERENCES person,
        seat_id uuid CONSTRAINT fk_document_version_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT uq_document_version_name UNIQUE (document_id, name)
      )`)
    await q.query(`
      CREATE TABLE document_refusal (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_document_refusal PRIMARY KEY,
        document_id uuid NOT NULL CONSTRAINT fk_document_refusal_log REFERENCES document_log,
        problem text NOT NULL,
        client_id bigint,
        person_id uuid NOT NULL,
        seat_id uuid,
        at timestamptz NOT NULL
      )`)
    await q.query(`CREATE INDEX ix_document_refusal_document ON document_refusal (document_id, at)`)
  }

  /** Loses named versions, the record of refusals and snapshots; the log stays whole, so no text is lost. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE document_refusal`)
    await q.query(`DROP TABLE document_version`)
    await q.query(`DELETE FROM document_snapshot`)
    await q.query(`ALTER TABLE document_snapshot DROP COLUMN deletions, DROP COLUMN vector`)
    await q.query(`DROP TABLE document_author`)
    await q.query(`
      CREATE TABLE document_update_whole (
        document_id uuid NOT NULL CONSTRAINT fk_document_update_log REFERENCES document_log,
        no bigint NOT NULL,
        bytes bytea NOT NULL,
        person_id uuid NOT NULL,
        seat_id uuid,
        at timestamptz NOT NULL,
        CONSTRAINT pk_document_update_whole PRIMARY KEY (document_id, no)
      )`)
    await q.query(
      `INSERT INTO document_update_whole SELECT document_id, no, bytes, person_id, seat_id, at FROM document_update`,
    )
    await q.query(`DROP TABLE document_update`)
    await q.query(`ALTER TABLE document_update_whole RENAME TO document_update`)
    await q.query(`ALTER TABLE document_update RENAME CONSTRAINT pk_document_update_whole TO pk_document_update`)
  }

  /** Until now nobody asked whose a client id is: it is given to whoever used it first. */
  private async nameAuthors(q: QueryRunner): Promise<void> {
    const documents = (await q.query(`SELECT document_id FROM document_log`)) as { document_id: string }[]
    for (const { document_id } of documents) {
      const log = (await q.query(
        `SELECT bytes, person_id, seat_id, at FROM document_update WHERE document_id = $1 ORDER BY no`,
        [document_id],
      )) as { bytes: Buffer; person_id: string; seat_id: string | null; at: Date }[]
      for (const { bytes, person_id, seat_id, at } of log) {
        const clients = new Set(Y.decodeUpdate(bytes).structs.map(({ id }) => id.client))
        await q.query(
          `INSERT INTO document_author (document_id, client_id, person_id, seat_id, at)
           SELECT $1, unnest($2::bigint[]), $3, $4, $5 ON CONFLICT DO NOTHING`,
          [document_id, [...clients], person_id, seat_id, at],
        )
      }
    }
  }
}
