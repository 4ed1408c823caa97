import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Documents1795000300000 implements MigrationInterface {
  name = 'Documents1795000300000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE document (
        id uuid CONSTRAINT pk_document PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_document_round REFERENCES round,
        kind text NOT NULL CONSTRAINT ck_document_kind CHECK (kind IN ('vision_statement', 'action_plan', 'outcome')),
        title text NOT NULL,
        symbol text,
        mode text NOT NULL DEFAULT 'drafting' CONSTRAINT ck_document_mode CHECK (mode IN ('drafting', 'negotiating', 'frozen')),
        visibility text NOT NULL CONSTRAINT ck_document_visibility CHECK (visibility IN ('delegation', 'participants')),
        owner_delegation_id uuid CONSTRAINT fk_document_owner REFERENCES delegation,
        language text NOT NULL,
        created_at timestamptz NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT ck_document_owner CHECK (visibility = 'participants' OR owner_delegation_id IS NOT NULL)
      )`)
    await q.query(`CREATE INDEX ix_document_round ON document (round_id)`)
    await q.query(`CREATE UNIQUE INDEX ix_document_symbol ON document (symbol) WHERE symbol IS NOT NULL`)
    await q.query(`
      CREATE TABLE document_log (
        document_id uuid CONSTRAINT pk_document_log PRIMARY KEY CONSTRAINT fk_document_log_document REFERENCES document,
        no bigint NOT NULL DEFAULT 0,
        changed_at timestamptz NOT NULL
      )`)
    await q.query(`
      CREATE TABLE document_update (
        document_id uuid NOT NULL CONSTRAINT fk_document_update_log REFERENCES document_log,
        no bigint NOT NULL,
        bytes bytea NOT NULL,
        person_id uuid NOT NULL,
        seat_id uuid,
        at timestamptz NOT NULL,
        CONSTRAINT pk_document_update PRIMARY KEY (document_id, no)
      )`)
    await q.query(`
      CREATE TABLE document_snapshot (
        document_id uuid NOT NULL CONSTRAINT fk_document_snapshot_log REFERENCES document_log,
        no bigint NOT NULL,
        state bytea NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT pk_document_snapshot PRIMARY KEY (document_id, no)
      )`)
    await q.query(
      `ALTER TABLE agenda_item ADD CONSTRAINT fk_agenda_item_document FOREIGN KEY (document_id) REFERENCES document`,
    )
  }

  /** Loses every text and its whole log. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE agenda_item DROP CONSTRAINT fk_agenda_item_document`)
    await q.query(`UPDATE agenda_item SET document_id = NULL`)
    await q.query(`DROP TABLE document_snapshot`)
    await q.query(`DROP TABLE document_update`)
    await q.query(`DROP TABLE document_log`)
    await q.query(`DROP TABLE document`)
  }
}
