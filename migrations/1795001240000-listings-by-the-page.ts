import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Requests and offers are read by the page, in the order in which they were made. */
export class ListingsByThePage1795001240000 implements MigrationInterface {
  name = 'ListingsByThePage1795001240000'

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX ix_listing_round;
      CREATE INDEX ix_listing_round ON listing (round_id, side, created_at, id);
    `)
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX ix_listing_round;
      CREATE INDEX ix_listing_round ON listing (round_id, side);
    `)
  }
}
