import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Actions of adopted plans are reported on like recommendations, and reports say what was measured. */
export class Progress1795001170000 implements MigrationInterface {
  name = 'Progress1795001170000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE report
        ALTER COLUMN recommendation_id DROP NOT NULL,
        ADD COLUMN plan_id uuid CONSTRAINT fk_report_plan REFERENCES document,
        ADD COLUMN action_id uuid,
        ADD CONSTRAINT fk_report_delegation FOREIGN KEY (addressee_id) REFERENCES delegation,
        ADD CONSTRAINT ck_report_subject CHECK (
          num_nonnulls(recommendation_id, plan_id) = 1 AND (plan_id IS NULL) = (action_id IS NULL))`)
    await q.query(`CREATE INDEX ix_report_action ON report (plan_id, action_id)`)
    await q.query(`CREATE UNIQUE INDEX uq_report_action_open ON report (plan_id, action_id) WHERE state <> 'validated'`)
    // Actions are rows of a text; what they are called there is written anew whenever it is projected.
    await q.query(`
      CREATE TABLE plan_progress (
        plan_id uuid NOT NULL CONSTRAINT fk_plan_progress_plan REFERENCES document,
        action_id uuid NOT NULL,
        status text NOT NULL CONSTRAINT ck_plan_progress_status CHECK (status IN (
          'not_started', 'in_progress', 'partially_implemented', 'implemented', 'not_pursued', 'no_longer_applicable')),
        assurance text NOT NULL CONSTRAINT ck_plan_progress_assurance CHECK (assurance IN (
          'none', 'self_reported', 'evidenced', 'validated')),
        status_at timestamptz NOT NULL,
        CONSTRAINT pk_plan_progress PRIMARY KEY (plan_id, action_id)
      )`)
    await q.query(`
      CREATE TABLE measurement (
        report_id uuid NOT NULL CONSTRAINT fk_measurement_report REFERENCES report,
        indicator_id uuid NOT NULL,
        "on" date NOT NULL,
        value numeric NOT NULL,
        parts jsonb NOT NULL,
        CONSTRAINT pk_measurement PRIMARY KEY (report_id, indicator_id)
      )`)
    await q.query(`CREATE INDEX ix_document_adopted ON document (round_id) WHERE adopted_at IS NOT NULL`)
  }

  /** Loses reports on actions with all that stands on them. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX ix_document_adopted`)
    await q.query(`DROP TABLE measurement`)
    await q.query(`DROP TABLE plan_progress`)
    const lost = `SELECT id FROM report WHERE plan_id IS NOT NULL`
    await q.query(`DELETE FROM evidence_withdrawal WHERE report_id IN (${lost})`)
    await q.query(`DELETE FROM link WHERE to_kind = 'report' AND to_id IN (SELECT id::text FROM (${lost}) gone)`)
    await q.query(`DELETE FROM report WHERE plan_id IS NOT NULL`)
    await q.query(`
      ALTER TABLE report DROP CONSTRAINT ck_report_subject, DROP CONSTRAINT fk_report_delegation,
        DROP COLUMN plan_id, DROP COLUMN action_id, ALTER COLUMN recommendation_id SET NOT NULL`)
  }
}
