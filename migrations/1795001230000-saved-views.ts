import type { MigrationInterface, QueryRunner } from 'typeorm'

/** How somebody narrows the register of recommendations, kept under a name. */
export class SavedViews1795001230000 implements MigrationInterface {
  name = 'SavedViews1795001230000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE saved_view (
        id uuid CONSTRAINT pk_saved_view PRIMARY KEY,
        seat_id uuid NOT NULL CONSTRAINT fk_saved_view_seat REFERENCES seat,
        name text NOT NULL CONSTRAINT ck_saved_view_name CHECK (name <> ''),
        query text NOT NULL CONSTRAINT ck_saved_view_query CHECK (query ~ '^\\?[A-Za-z0-9_.~*%+=&-]+$'),
        kept_at timestamptz NOT NULL,
        CONSTRAINT uq_saved_view_name UNIQUE (seat_id, name)
      )`)
  }

  /** Loses what was kept. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE saved_view`)
  }
}
