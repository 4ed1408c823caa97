import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What lists of the follow-up side and the reminders look for, once there are many rounds. */
export class FollowUpAtScale1795001210000 implements MigrationInterface {
  name = 'FollowUpAtScale1795001210000'

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX ix_report_submitted ON report (submitted_at, id);
      CREATE INDEX ix_report_waiting ON report (round_id) WHERE state <> 'validated';
      CREATE INDEX ix_measurement_indicator ON measurement (indicator_id, "on");
      CREATE INDEX ix_plan_item_due ON plan_item (due);
      CREATE INDEX ix_recommendation_due ON recommendation (due_on) WHERE state = 'adopted';
      CREATE INDEX ix_recommendation_addressee_delegation ON recommendation_addressee (delegation_id);
    `)
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX ix_recommendation_addressee_delegation;
      DROP INDEX ix_recommendation_due;
      DROP INDEX ix_plan_item_due;
      DROP INDEX ix_measurement_indicator;
      DROP INDEX ix_report_waiting;
      DROP INDEX ix_report_submitted;
    `)
  }
}
