import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Reviews that look back: when rounds opened and closed, a discussant, and what was thought of earlier recommendations. */
export class ChangeTables1795001200000 implements MigrationInterface {
  name = 'ChangeTables1795001200000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE round ADD COLUMN opened_at timestamptz, ADD COLUMN closed_at timestamptz`)
    await q.query(`
      UPDATE round SET opened_at = m.opened_at, closed_at = m.closed_at FROM (
        SELECT stream, min(at) FILTER (WHERE payload->>'status' = 'open') AS opened_at,
          min(at) FILTER (WHERE payload->>'status' = 'closed') AS closed_at
        FROM event WHERE name = 'round.moved' GROUP BY stream) m
      WHERE m.stream = 'round:' || round.id`)
    await q.query(`
      ALTER TABLE review ADD COLUMN discussant_id uuid CONSTRAINT fk_review_discussant REFERENCES delegation,
        ADD CONSTRAINT ck_review_discussant CHECK (discussant_id <> delegation_id)`)
    await q.query(`CREATE INDEX ix_review_discussant ON review (discussant_id)`)
    await q.query(`
      CREATE TABLE review_assessment (
        review_id uuid NOT NULL CONSTRAINT fk_review_assessment_review REFERENCES review,
        recommendation_id uuid NOT NULL CONSTRAINT fk_review_assessment_recommendation REFERENCES recommendation,
        side text NOT NULL CONSTRAINT ck_review_assessment_side CHECK (side IN ('secretariat', 'peer')),
        no integer NOT NULL CONSTRAINT ck_review_assessment_no CHECK (no > 0),
        status text NOT NULL CONSTRAINT ck_review_assessment_status CHECK (status IN ('not_started', 'in_progress',
          'partially_implemented', 'implemented', 'not_pursued', 'no_longer_applicable')),
        impact text NOT NULL CONSTRAINT ck_review_assessment_impact
          CHECK (impact IN ('too_early', 'none', 'limited', 'substantial', 'transformative')),
        words text NOT NULL CONSTRAINT ck_review_assessment_words CHECK (words <> ''),
        language text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_review_assessment_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_review_assessment_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT pk_review_assessment PRIMARY KEY (review_id, recommendation_id, side, no)
      )`)
    await q.query(`CREATE INDEX ix_review_assessment_recommendation ON review_assessment (recommendation_id)`)
  }

  /** Loses what was thought of earlier recommendations, and who opened the debate. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE review_assessment`)
    await q.query(`ALTER TABLE review DROP COLUMN discussant_id`)
    await q.query(`ALTER TABLE round DROP COLUMN opened_at, DROP COLUMN closed_at`)
  }
}
