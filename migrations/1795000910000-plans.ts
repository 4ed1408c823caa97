import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What action plans say, in tables that follow their texts; and the adoption of a text. */
export class Plans1795000910000 implements MigrationInterface {
  name = 'Plans1795000910000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE document
        ADD COLUMN adopted_at timestamptz,
        ADD COLUMN adopted_no bigint,
        ADD COLUMN adopted_by_person_id uuid CONSTRAINT fk_document_adopted_by_person REFERENCES person,
        ADD COLUMN adopted_by_seat_id uuid CONSTRAINT fk_document_adopted_by_seat REFERENCES seat,
        ADD CONSTRAINT ck_document_adopted CHECK (adopted_at IS NULL OR (mode = 'frozen' AND adopted_no IS NOT NULL))`)
    await q.query(`
      CREATE TABLE plan_item (
        document_id uuid NOT NULL CONSTRAINT fk_plan_item_document REFERENCES document,
        id uuid NOT NULL,
        "order" text NOT NULL,
        activity text NOT NULL,
        lead text NOT NULL,
        partners text[] NOT NULL,
        start date,
        due date,
        budget numeric(18, 2),
        currency text,
        gender_marker smallint CONSTRAINT ck_plan_item_gender CHECK (gender_marker IN (0, 1, 2)),
        targets text[] NOT NULL,
        lane_5c text,
        lane_axis text,
        recommendations uuid[] NOT NULL,
        result_id uuid,
        problems jsonb NOT NULL,
        no bigint NOT NULL,
        CONSTRAINT pk_plan_item PRIMARY KEY (document_id, id)
      )`)
    await q.query(`CREATE INDEX ix_plan_item_recommendations ON plan_item USING gin (recommendations)`)
    await q.query(`CREATE INDEX ix_plan_item_targets ON plan_item USING gin (targets)`)
    await q.query(`
      CREATE TABLE plan_result (
        document_id uuid NOT NULL CONSTRAINT fk_plan_result_document REFERENCES document,
        id uuid NOT NULL,
        "order" text NOT NULL,
        level text CONSTRAINT ck_plan_result_level CHECK (level IN ('input', 'activity', 'output', 'outcome', 'impact')),
        parent_id uuid,
        statement text NOT NULL,
        problems jsonb NOT NULL,
        no bigint NOT NULL,
        CONSTRAINT pk_plan_result PRIMARY KEY (document_id, id)
      )`)
    await q.query(`
      CREATE TABLE plan_indicator (
        document_id uuid NOT NULL CONSTRAINT fk_plan_indicator_document REFERENCES document,
        id uuid NOT NULL,
        "order" text NOT NULL,
        result_id uuid,
        item_id uuid,
        title text NOT NULL,
        unit text NOT NULL,
        baseline text NOT NULL,
        target text NOT NULL,
        method text NOT NULL,
        source text NOT NULL,
        responsible text NOT NULL,
        frequency text,
        disaggregation text NOT NULL,
        problems jsonb NOT NULL,
        no bigint NOT NULL,
        CONSTRAINT pk_plan_indicator PRIMARY KEY (document_id, id)
      )`)
  }

  /** Loses who adopted a plan, when and as it stood at which number; the tables are made again from the texts. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE plan_indicator`)
    await q.query(`DROP TABLE plan_result`)
    await q.query(`DROP TABLE plan_item`)
    await q.query(`DELETE FROM document_projection WHERE name = 'plan'`)
    await q.query(`
      ALTER TABLE document DROP CONSTRAINT ck_document_adopted, DROP COLUMN adopted_by_seat_id,
        DROP COLUMN adopted_by_person_id, DROP COLUMN adopted_no, DROP COLUMN adopted_at`)
  }
}
