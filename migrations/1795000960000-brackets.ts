import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Who holds the brackets of a text, and why they were opened and closed. */
export class Brackets1795000960000 implements MigrationInterface {
  name = 'Brackets1795000960000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE bracket (
        id uuid CONSTRAINT pk_bracket PRIMARY KEY,
        document_id uuid NOT NULL CONSTRAINT fk_bracket_document REFERENCES document,
        alternative_of uuid CONSTRAINT fk_bracket_alternative_of REFERENCES bracket,
        reason text,
        person_id uuid NOT NULL CONSTRAINT fk_bracket_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_bracket_seat REFERENCES seat,
        opened_at timestamptz NOT NULL,
        closed_at timestamptz,
        outcome text CONSTRAINT ck_bracket_outcome CHECK (outcome IN ('kept', 'deleted', 'replaced', 'lost')),
        CONSTRAINT ck_bracket_closed CHECK ((closed_at IS NULL) = (outcome IS NULL))
      )`)
    await q.query(`CREATE INDEX ix_bracket_open ON bracket (document_id) WHERE closed_at IS NULL`)
    await q.query(`
      CREATE TABLE bracket_delegation (
        bracket_id uuid NOT NULL CONSTRAINT fk_bracket_delegation_bracket REFERENCES bracket,
        delegation_id uuid NOT NULL CONSTRAINT fk_bracket_delegation_delegation REFERENCES delegation,
        CONSTRAINT pk_bracket_delegation PRIMARY KEY (bracket_id, delegation_id)
      )`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE bracket_delegation`)
    await q.query(`DROP TABLE bracket`)
  }
}
