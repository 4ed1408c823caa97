import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Calendar1795001030000 implements MigrationInterface {
  name = 'Calendar1795001030000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE session ADD COLUMN sequence integer NOT NULL DEFAULT 0
        CONSTRAINT ck_session_sequence CHECK (sequence >= 0)`)
    await q.query(`
      ALTER TABLE document DROP CONSTRAINT ck_document_kind, ADD CONSTRAINT ck_document_kind
        CHECK (kind IN ('vision_statement', 'action_plan', 'outcome', 'proposal', 'translation', 'agenda'))`)
    await q.query(`CREATE UNIQUE INDEX ix_document_agenda ON document (round_id) WHERE kind = 'agenda'`)
    await q.query(`
      CREATE TABLE calendar_feed (
        id uuid CONSTRAINT pk_calendar_feed PRIMARY KEY,
        scope text NOT NULL CONSTRAINT ck_calendar_feed_scope CHECK (scope IN ('person', 'delegation', 'round')),
        seat_id uuid NOT NULL CONSTRAINT fk_calendar_feed_seat REFERENCES seat,
        made_at timestamptz NOT NULL,
        CONSTRAINT uq_calendar_feed_seat UNIQUE (seat_id, scope)
      )`)
  }

  /** Loses the addresses of calendars, and that a text was the agenda. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE calendar_feed`)
    await q.query(`DROP INDEX ix_document_agenda`)
    await q.query(`UPDATE document SET kind = 'outcome' WHERE kind = 'agenda'`)
    await q.query(`
      ALTER TABLE document DROP CONSTRAINT ck_document_kind, ADD CONSTRAINT ck_document_kind
        CHECK (kind IN ('vision_statement', 'action_plan', 'outcome', 'proposal', 'translation'))`)
    await q.query(`ALTER TABLE session DROP COLUMN sequence`)
  }
}
