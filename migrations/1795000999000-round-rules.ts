import type { MigrationInterface, QueryRunner } from 'typeorm'

export class RoundRules1795000999000 implements MigrationInterface {
  name = 'RoundRules1795000999000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE round ADD COLUMN rules jsonb NOT NULL DEFAULT '{
        "speakSeconds": 300, "replySeconds": [600, 300], "groupsFirst": true,
        "silenceHours": 72, "breakEnds": "at_once", "objectionSeconds": 30,
        "decision": "consensus", "majority": "two_thirds", "quorum": "majority", "reservationPlace": "annex"
      }'`)
  }

  /** Loses the rules that rounds have set. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE round DROP COLUMN rules`)
  }
}
