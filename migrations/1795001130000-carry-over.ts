import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What a round does with the recommendations of those before it that are still open. */
export class CarryOver1795001130000 implements MigrationInterface {
  name = 'CarryOver1795001130000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE carry_over (
        round_id uuid NOT NULL CONSTRAINT fk_carry_over_round REFERENCES round,
        recommendation_id uuid NOT NULL CONSTRAINT fk_carry_over_recommendation REFERENCES recommendation,
        act text NOT NULL CONSTRAINT ck_carry_over_act CHECK (act IN ('carried', 'closed', 'merged')),
        into_id uuid CONSTRAINT fk_carry_over_into REFERENCES recommendation,
        reason text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_carry_over_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_carry_over_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT pk_carry_over PRIMARY KEY (round_id, recommendation_id),
        CONSTRAINT ck_carry_over_into CHECK ((act = 'merged') = (into_id IS NOT NULL) AND into_id <> recommendation_id),
        CONSTRAINT ck_carry_over_reason CHECK (act = 'carried' OR reason <> '')
      )`)
    await q.query(`CREATE INDEX ix_carry_over_recommendation ON carry_over (recommendation_id)`)
    await q.query(`CREATE INDEX ix_carry_over_into ON carry_over (into_id)`)
  }

  /** Loses what was decided; every recommendation is followed up again. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE carry_over`)
  }
}
