import type { MigrationInterface, QueryRunner } from 'typeorm'

/** When a match began and ended, and when a commitment was confirmed and something of it last arrived. */
export class DatesOfCooperation1795001180000 implements MigrationInterface {
  name = 'DatesOfCooperation1795001180000'

  /** What was done before gets the nearest day that is known. */
  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE match ADD COLUMN begun_at timestamptz, ADD COLUMN ended_at timestamptz`)
    await q.query(`UPDATE match SET begun_at = agreed_at WHERE state IN ('active', 'completed')`)
    await q.query(
      `UPDATE match SET ended_at = coalesce(agreed_at, created_at) WHERE state IN ('completed', 'cancelled')`,
    )
    await q.query(`ALTER TABLE commitment ADD COLUMN confirmed_at timestamptz, ADD COLUMN delivered_at timestamptz`)
    await q.query(`UPDATE commitment SET confirmed_at = created_at WHERE confirmed IS NOT NULL`)
    await q.query(`UPDATE commitment SET delivered_at = created_at WHERE delivered > 0`)
    await q.query(`
      ALTER TABLE commitment ADD CONSTRAINT ck_commitment_confirmed_at CHECK ((confirmed IS NULL) = (confirmed_at IS NULL)),
        ADD CONSTRAINT ck_commitment_delivered_at CHECK ((delivered > 0) = (delivered_at IS NOT NULL))`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE commitment DROP COLUMN confirmed_at, DROP COLUMN delivered_at`)
    await q.query(`ALTER TABLE match DROP COLUMN begun_at, DROP COLUMN ended_at`)
  }
}
