import type { MigrationInterface, QueryRunner } from 'typeorm'

/** How far what is kept in tables about a text has followed its log. */
export class Projections1795000900000 implements MigrationInterface {
  name = 'Projections1795000900000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE document_projection (
        document_id uuid NOT NULL CONSTRAINT fk_document_projection_log REFERENCES document_log,
        name text NOT NULL,
        no bigint NOT NULL,
        CONSTRAINT pk_document_projection PRIMARY KEY (document_id, name)
      )`)
  }

  /** Loses nothing: every projection is made again from the log. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE document_projection`)
  }
}
