import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The register of recommendations: how urgent each is, which file it was read from, and what came in whose place. */
export class Register1795001190000 implements MigrationInterface {
  name = 'Register1795001190000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE recommendation ADD COLUMN priority text
        CONSTRAINT ck_recommendation_priority CHECK (priority IN ('high', 'medium', 'low'))`)
    await q.query(`
      CREATE TABLE recommendation_import (
        id uuid CONSTRAINT pk_recommendation_import PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_recommendation_import_round REFERENCES round,
        file_name text NOT NULL,
        row_count integer NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_recommendation_import_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_recommendation_import_seat REFERENCES seat,
        at timestamptz NOT NULL
      )`)
    await q.query(`
      ALTER TABLE recommendation
        ADD COLUMN import_id uuid CONSTRAINT fk_recommendation_import REFERENCES recommendation_import,
        ADD COLUMN import_row integer,
        ADD CONSTRAINT ck_recommendation_import CHECK ((import_id IS NULL) = (import_row IS NULL)),
        ADD CONSTRAINT uq_recommendation_import_row UNIQUE (import_id, import_row)`)
    await q.query(`
      CREATE TABLE succession (
        from_id uuid NOT NULL CONSTRAINT fk_succession_from REFERENCES recommendation,
        to_id uuid NOT NULL CONSTRAINT fk_succession_to REFERENCES recommendation,
        round_id uuid NOT NULL CONSTRAINT fk_succession_round REFERENCES round,
        act text NOT NULL CONSTRAINT ck_succession_act CHECK (act IN ('merged', 'split', 'superseded')),
        reason text NOT NULL CONSTRAINT ck_succession_reason CHECK (reason <> ''),
        person_id uuid NOT NULL CONSTRAINT fk_succession_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_succession_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT pk_succession PRIMARY KEY (from_id, to_id),
        CONSTRAINT ck_succession_other CHECK (from_id <> to_id)
      )`)
    await q.query(`CREATE INDEX ix_succession_to ON succession (to_id)`)
  }

  /** Loses priorities, sources and lineage: what was superseded is followed up again beside what came in its place. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE succession`)
    await q.query(`ALTER TABLE recommendation DROP COLUMN import_row, DROP COLUMN import_id, DROP COLUMN priority`)
    await q.query(`DROP TABLE recommendation_import`)
  }
}
