import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Whose words the facilitator wrote into a text, by the Yjs client id under which they stand there. */
export class Credits1795000980000 implements MigrationInterface {
  name = 'Credits1795000980000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE document_credit (
        document_id uuid NOT NULL CONSTRAINT fk_document_credit_document REFERENCES document,
        client_id bigint NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_document_credit_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_document_credit_seat REFERENCES seat,
        CONSTRAINT pk_document_credit PRIMARY KEY (document_id, client_id)
      )`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE document_credit`)
  }
}
