import type { MigrationInterface, QueryRunner } from 'typeorm'

/** How a request or an offer fits with others that cover the same. */
export class Coordination1795001245000 implements MigrationInterface {
  name = 'Coordination1795001245000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE listing ADD COLUMN coordination text NOT NULL DEFAULT ''`)
  }

  /** Loses what was written about how they fit together. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE listing DROP COLUMN coordination`)
  }
}
