import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Records of sessions: the text of each, and which facts it has. */
export class SessionRecords1795001060000 implements MigrationInterface {
  name = 'SessionRecords1795001060000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE document DROP CONSTRAINT ck_document_kind, ADD CONSTRAINT ck_document_kind
        CHECK (kind IN ('vision_statement', 'action_plan', 'outcome', 'proposal', 'translation', 'agenda', 'report'))`)
    await q.query(`
      ALTER TABLE issued_document DROP CONSTRAINT ck_issued_document_series,
        ADD CONSTRAINT ck_issued_document_series CHECK (series IN ('', 'L', 'CRP', 'WP', 'INF', 'Dec', 'Res', 'SR', 'PV'))`)
    await q.query(`
      CREATE TABLE session_record (
        document_id uuid CONSTRAINT pk_session_record PRIMARY KEY CONSTRAINT fk_session_record_document REFERENCES document,
        session_id uuid NOT NULL CONSTRAINT fk_session_record_session REFERENCES session,
        form text NOT NULL CONSTRAINT ck_session_record_form CHECK (form IN ('summary', 'verbatim')),
        CONSTRAINT uq_session_record_form UNIQUE (session_id, form)
      )`)
    await q.query(`
      CREATE TABLE session_record_fact (
        document_id uuid NOT NULL CONSTRAINT fk_session_record_fact_record REFERENCES session_record,
        fact text NOT NULL,
        paragraph_id text NOT NULL,
        CONSTRAINT pk_session_record_fact PRIMARY KEY (document_id, fact)
      )`)
    await q.query(`
      CREATE INDEX ix_event_session ON event ((payload->>'sessionId'), seq) WHERE name = 'session.changed'`)
  }

  /** Loses which records belong to which session. Records stay as outcome texts; what was issued of them, as information. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX ix_event_session`)
    await q.query(`DROP TABLE session_record_fact`)
    await q.query(`DROP TABLE session_record`)
    await q.query(`ALTER TABLE issued_document DISABLE TRIGGER tr_issued_document_stays`)
    await q.query(`UPDATE issued_document SET series = 'INF' WHERE series IN ('SR', 'PV')`)
    await q.query(`ALTER TABLE issued_document ENABLE TRIGGER tr_issued_document_stays`)
    await q.query(`
      ALTER TABLE issued_document DROP CONSTRAINT ck_issued_document_series,
        ADD CONSTRAINT ck_issued_document_series CHECK (series IN ('', 'L', 'CRP', 'WP', 'INF', 'Dec', 'Res'))`)
    await q.query(`UPDATE document SET kind = 'outcome' WHERE kind = 'report'`)
    await q.query(`
      ALTER TABLE document DROP CONSTRAINT ck_document_kind, ADD CONSTRAINT ck_document_kind
        CHECK (kind IN ('vision_statement', 'action_plan', 'outcome', 'proposal', 'translation', 'agenda'))`)
  }
}
