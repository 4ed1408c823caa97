import type { MigrationInterface, QueryRunner } from 'typeorm'

/** A paragraph can be proposed to be split in two. */
export class SplitProposals1795000986000 implements MigrationInterface {
  name = 'SplitProposals1795000986000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE proposal DROP CONSTRAINT ck_proposal_operation`)
    await q.query(
      `ALTER TABLE proposal ADD CONSTRAINT ck_proposal_operation
         CHECK (operation IN ('replace', 'insert', 'delete', 'merge', 'move', 'split'))`,
    )
  }

  /** A split becomes what it was written as before: other words, in two paragraphs. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`UPDATE proposal SET operation = 'replace' WHERE operation = 'split'`)
    await q.query(`ALTER TABLE proposal DROP CONSTRAINT ck_proposal_operation`)
    await q.query(
      `ALTER TABLE proposal ADD CONSTRAINT ck_proposal_operation
         CHECK (operation IN ('replace', 'insert', 'delete', 'merge', 'move'))`,
    )
  }
}
