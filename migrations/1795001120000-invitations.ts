import type { MigrationInterface, QueryRunner } from 'typeorm'

/** People who have not chosen a password yet, the links by which they do, and who may plan rounds without a seat. */
export class Invitations1795001120000 implements MigrationInterface {
  name = 'Invitations1795001120000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE person ALTER COLUMN password_hash DROP NOT NULL`)
    await q.query(`ALTER TABLE person ADD COLUMN administers boolean NOT NULL DEFAULT false`)
    await q.query(`
      CREATE TABLE invitation (
        id uuid CONSTRAINT pk_invitation PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT fk_invitation_person REFERENCES person,
        seat_id uuid CONSTRAINT fk_invitation_seat REFERENCES seat,
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      )`)
    await q.query(`CREATE INDEX ix_invitation_person ON invitation (person_id)`)
    await q.query(`ALTER TABLE mail ADD COLUMN invitation_id uuid
      CONSTRAINT fk_mail_invitation REFERENCES invitation`)
    await q.query(`ALTER TABLE mail DROP CONSTRAINT ck_mail_kind`)
    await q.query(`ALTER TABLE mail ADD CONSTRAINT ck_mail_kind
      CHECK (kind IN ('direct', 'digest', 'invitation') AND (kind = 'invitation') = (invitation_id IS NOT NULL))`)
  }

  /** Loses the links; who has not chosen a password cannot sign in. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM mail WHERE kind = 'invitation'`)
    await q.query(`ALTER TABLE mail DROP CONSTRAINT ck_mail_kind`)
    await q.query(`ALTER TABLE mail DROP COLUMN invitation_id`)
    await q.query(`ALTER TABLE mail ADD CONSTRAINT ck_mail_kind CHECK (kind IN ('direct', 'digest'))`)
    await q.query(`DROP TABLE invitation`)
    await q.query(`ALTER TABLE person DROP COLUMN administers`)
    await q.query(`UPDATE person SET password_hash = '' WHERE password_hash IS NULL`)
    await q.query(`ALTER TABLE person ALTER COLUMN password_hash SET NOT NULL`)
  }
}
