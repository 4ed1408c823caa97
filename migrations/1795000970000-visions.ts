import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What a vision statement is made from, what its paragraphs rest on, and when it is looked at again. */
export class Visions1795000970000 implements MigrationInterface {
  name = 'Visions1795000970000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE finding (
        id uuid CONSTRAINT pk_finding PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_finding_round REFERENCES round,
        delegation_id uuid CONSTRAINT fk_finding_delegation REFERENCES delegation,
        kind text NOT NULL
          CONSTRAINT ck_finding_kind CHECK (kind IN ('strength', 'obstacle', 'gap', 'leverage', 'risk')),
        title text NOT NULL,
        body text NOT NULL,
        source text NOT NULL,
        source_url text,
        language text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_finding_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_finding_seat REFERENCES seat,
        created_at timestamptz NOT NULL,
        withdrawn_at timestamptz,
        revision integer NOT NULL DEFAULT 1
      )`)
    await q.query(`CREATE INDEX ix_finding_round ON finding (round_id, created_at)`)
    await q.query(`
      CREATE TABLE guiding_question (
        id uuid CONSTRAINT pk_guiding_question PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_guiding_question_round REFERENCES round,
        delegation_id uuid CONSTRAINT fk_guiding_question_delegation REFERENCES delegation,
        body text NOT NULL,
        language text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_guiding_question_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_guiding_question_seat REFERENCES seat,
        created_at timestamptz NOT NULL,
        withdrawn_at timestamptz,
        revision integer NOT NULL DEFAULT 1
      )`)
    await q.query(`CREATE INDEX ix_guiding_question_round ON guiding_question (round_id, created_at)`)
    await q.query(`
      CREATE TABLE paragraph_origin (
        id uuid CONSTRAINT pk_paragraph_origin PRIMARY KEY,
        document_id uuid NOT NULL CONSTRAINT fk_paragraph_origin_document REFERENCES document,
        paragraph_id text NOT NULL,
        finding_id uuid CONSTRAINT fk_paragraph_origin_finding REFERENCES finding,
        question_id uuid CONSTRAINT fk_paragraph_origin_question REFERENCES guiding_question,
        recommendation_id uuid CONSTRAINT fk_paragraph_origin_recommendation REFERENCES recommendation,
        person_id uuid NOT NULL CONSTRAINT fk_paragraph_origin_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_paragraph_origin_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT ck_paragraph_origin_one CHECK (num_nonnulls(finding_id, question_id, recommendation_id) = 1),
        CONSTRAINT uq_paragraph_origin UNIQUE NULLS NOT DISTINCT
          (document_id, paragraph_id, finding_id, question_id, recommendation_id)
      )`)
    await q.query(`CREATE INDEX ix_paragraph_origin_finding ON paragraph_origin (finding_id)`)
    await q.query(`
      ALTER TABLE document
        ADD COLUMN review_on date,
        ADD COLUMN vision_id uuid CONSTRAINT fk_document_vision REFERENCES document`)
  }

  /** Loses every finding and guiding question, what paragraphs rest on, review dates, and which vision a plan serves. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE document DROP COLUMN vision_id, DROP COLUMN review_on`)
    await q.query(`DROP TABLE paragraph_origin`)
    await q.query(`DROP TABLE guiding_question`)
    await q.query(`DROP TABLE finding`)
  }
}
