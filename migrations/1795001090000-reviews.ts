import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Sessions that review a country, and what has to be on file before they open. */
export class Reviews1795001090000 implements MigrationInterface {
  name = 'Reviews1795001090000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE document DROP CONSTRAINT ck_document_kind, ADD CONSTRAINT ck_document_kind
        CHECK (kind IN ('vision_statement', 'action_plan', 'outcome', 'policy_statement', 'proposal', 'translation', 'agenda', 'report', 'informal'))`)
    await q.query(`
      CREATE TABLE review (
        id uuid CONSTRAINT pk_review PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_review_round REFERENCES round,
        session_id uuid NOT NULL CONSTRAINT fk_review_session REFERENCES session,
        delegation_id uuid NOT NULL CONSTRAINT fk_review_delegation REFERENCES delegation,
        statement_id uuid CONSTRAINT fk_review_statement REFERENCES issued_document,
        created_at timestamptz NOT NULL,
        CONSTRAINT uq_review_session UNIQUE (session_id)
      )`)
    await q.query(`CREATE INDEX ix_review_delegation ON review (delegation_id)`)
    await q.query(`
      CREATE TABLE review_question (
        review_id uuid NOT NULL CONSTRAINT fk_review_question_review REFERENCES review,
        no integer NOT NULL CONSTRAINT ck_review_question_no CHECK (no > 0),
        question text NOT NULL,
        answer text NOT NULL DEFAULT '',
        source_url text,
        person_id uuid CONSTRAINT fk_review_question_person REFERENCES person,
        seat_id uuid CONSTRAINT fk_review_question_seat REFERENCES seat,
        answered_at timestamptz,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT pk_review_question PRIMARY KEY (review_id, no),
        CONSTRAINT ck_review_question_answer CHECK (
          CASE WHEN answer = '' THEN num_nonnulls(source_url, person_id, seat_id, answered_at) = 0
          ELSE num_nonnulls(person_id, seat_id, answered_at) = 3 END)
      )`)
    await q.query(`
      CREATE TABLE written_question (
        id uuid CONSTRAINT pk_written_question PRIMARY KEY,
        review_id uuid NOT NULL CONSTRAINT fk_written_question_review REFERENCES review,
        delegation_id uuid NOT NULL CONSTRAINT fk_written_question_delegation REFERENCES delegation,
        body text NOT NULL,
        language text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_written_question_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_written_question_seat REFERENCES seat,
        asked_at timestamptz NOT NULL,
        answer text,
        answer_language text,
        answer_person_id uuid CONSTRAINT fk_written_question_answer_person REFERENCES person,
        answer_seat_id uuid CONSTRAINT fk_written_question_answer_seat REFERENCES seat,
        answered_at timestamptz,
        CONSTRAINT ck_written_question_answer CHECK (
          num_nonnulls(answer, answer_language, answer_person_id, answer_seat_id, answered_at) IN (0, 5))
      )`)
    await q.query(`CREATE INDEX ix_written_question_review ON written_question (review_id)`)
  }

  /** Loses the self-assessments and the questions in writing, and that a text was a policy statement. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE written_question`)
    await q.query(`DROP TABLE review_question`)
    await q.query(`DROP TABLE review`)
    await q.query(`UPDATE document SET kind = 'outcome' WHERE kind = 'policy_statement'`)
    await q.query(`
      ALTER TABLE document DROP CONSTRAINT ck_document_kind, ADD CONSTRAINT ck_document_kind
        CHECK (kind IN ('vision_statement', 'action_plan', 'outcome', 'proposal', 'translation', 'agenda', 'report', 'informal'))`)
  }
}
