import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Addressees support a recommendation in part, and say which part. */
export class SupportInPart1795001260000 implements MigrationInterface {
  name = 'SupportInPart1795001260000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE recommendation_addressee DROP CONSTRAINT ck_addressee_response`)
    await q.query(`
      ALTER TABLE recommendation_addressee ADD CONSTRAINT ck_addressee_response
        CHECK (response IN ('pending', 'supported', 'supported_in_part', 'noted'))`)
    await q.query(`
      ALTER TABLE recommendation_addressee ADD CONSTRAINT ck_addressee_response_part
        CHECK (response <> 'supported_in_part' OR response_text <> '')`)
  }

  /** What was supported in part is supported; the words that say which part stay. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE recommendation_addressee DROP CONSTRAINT ck_addressee_response_part`)
    await q.query(`ALTER TABLE recommendation_addressee DROP CONSTRAINT ck_addressee_response`)
    await q.query(`UPDATE recommendation_addressee SET response = 'supported' WHERE response = 'supported_in_part'`)
    await q.query(`
      ALTER TABLE recommendation_addressee ADD CONSTRAINT ck_addressee_response
        CHECK (response IN ('pending', 'supported', 'noted'))`)
  }
}
