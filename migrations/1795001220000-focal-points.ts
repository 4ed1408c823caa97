import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Whom to turn to in a delegation, on what and in which languages. Who has ended it stays, with the day. */
export class FocalPoints1795001220000 implements MigrationInterface {
  name = 'FocalPoints1795001220000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE focal_point (
        id uuid CONSTRAINT pk_focal_point PRIMARY KEY,
        seat_id uuid NOT NULL CONSTRAINT fk_focal_point_seat REFERENCES seat,
        topic text NOT NULL CONSTRAINT ck_focal_point_topic CHECK (topic <> ''),
        languages text[] NOT NULL CONSTRAINT ck_focal_point_languages
          CHECK (cardinality(languages) > 0 AND languages <@ ARRAY['ar', 'en', 'es', 'fr', 'ru', 'zh']),
        time_zone text NOT NULL,
        named_by uuid NOT NULL CONSTRAINT fk_focal_point_named_by REFERENCES seat,
        named_at timestamptz NOT NULL,
        ended_at timestamptz
      )`)
    await q.query(`CREATE UNIQUE INDEX uq_focal_point_topic ON focal_point (seat_id, topic) WHERE ended_at IS NULL`)
  }

  /** Loses who was named. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE focal_point`)
  }
}
