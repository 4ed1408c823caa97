import type { MigrationInterface, QueryRunner } from 'typeorm'

export class NoticesAndMail1795001050000 implements MigrationInterface {
  name = 'NoticesAndMail1795001050000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE notice_setting (
        person_id uuid CONSTRAINT pk_notice_setting PRIMARY KEY
          CONSTRAINT fk_notice_setting_person REFERENCES person,
        ways jsonb NOT NULL DEFAULT '{}',
        mail boolean NOT NULL DEFAULT true,
        quiet_from integer CONSTRAINT ck_notice_setting_quiet_from CHECK (quiet_from BETWEEN 0 AND 23),
        quiet_to integer CONSTRAINT ck_notice_setting_quiet_to CHECK (quiet_to BETWEEN 0 AND 23),
        digest_hour integer NOT NULL DEFAULT 7
          CONSTRAINT ck_notice_setting_digest_hour CHECK (digest_hour BETWEEN 0 AND 23),
        time_zone text NOT NULL DEFAULT 'UTC',
        CONSTRAINT ck_notice_setting_quiet CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
      )`)
    await q.query(`
      CREATE TABLE mail (
        id uuid CONSTRAINT pk_mail PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT fk_mail_person REFERENCES person,
        kind text NOT NULL CONSTRAINT ck_mail_kind CHECK (kind IN ('direct', 'digest')),
        state text NOT NULL DEFAULT 'waiting' CONSTRAINT ck_mail_state
          CHECK (state IN ('waiting', 'sending', 'sent', 'dropped', 'given_up', 'unsure')),
        due_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        tried_at timestamptz,
        fault text NOT NULL DEFAULT ''
      )`)
    await q.query(`CREATE UNIQUE INDEX uq_mail_digest ON mail (person_id) WHERE kind = 'digest' AND state = 'waiting'`)
    await q.query(`CREATE INDEX ix_mail_due ON mail (due_at) WHERE state = 'waiting'`)
    await q.query(`CREATE INDEX ix_mail_sending ON mail (tried_at) WHERE state = 'sending'`)
    await q.query(`ALTER TABLE notice RENAME TO notice_of_thread`)
    await q.query(`ALTER TABLE notice_of_thread RENAME CONSTRAINT pk_notice TO pk_notice_of_thread`)
    await q.query(`
      CREATE TABLE notice (
        number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_notice PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT fk_notice_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_notice_seat REFERENCES seat,
        kind text NOT NULL,
        source text NOT NULL,
        topic text NOT NULL,
        subject text NOT NULL,
        href text NOT NULL,
        at timestamptz NOT NULL,
        seen_at timestamptz,
        is_shown boolean NOT NULL DEFAULT true,
        mail_id uuid CONSTRAINT fk_notice_mail REFERENCES mail,
        CONSTRAINT uq_notice_source UNIQUE (source, person_id)
      )`)
    await q.query(`CREATE INDEX ix_notice_person ON notice (person_id, number) WHERE is_shown`)
    await q.query(`CREATE INDEX ix_notice_unseen ON notice (person_id) WHERE is_shown AND seen_at IS NULL`)
    await q.query(`CREATE INDEX ix_notice_mail ON notice (mail_id)`)
    await q.query(`
      INSERT INTO notice (person_id, seat_id, kind, source, topic, subject, href, at, seen_at)
      SELECT s.person_id, n.seat_id, n.kind, 'before:' || n.number, 'thread:' || t.id, t.title,
        '/sessions/' || i.session_id || '?item=' || i.id || coalesce('#m-' || n.message_id, ''), n.at, n.seen_at
      FROM notice_of_thread n JOIN seat s ON s.id = n.seat_id JOIN thread t ON t.id = n.thread_id
      JOIN agenda_item i ON i.id = t.agenda_item_id ORDER BY n.number`)
    await q.query(`DROP TABLE notice_of_thread`)
  }

  /** Loses every notice, what was chosen about them, and mail that waits. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE notice`)
    await q.query(`
      CREATE TABLE notice (
        number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_notice PRIMARY KEY,
        seat_id uuid NOT NULL CONSTRAINT fk_notice_seat REFERENCES seat,
        thread_id uuid NOT NULL CONSTRAINT fk_notice_thread REFERENCES thread,
        kind text NOT NULL CONSTRAINT ck_notice_kind CHECK (kind IN ('key_point', 'summary', 'mention')),
        message_id uuid CONSTRAINT fk_notice_message REFERENCES message,
        at timestamptz NOT NULL,
        seen_at timestamptz
      )`)
    await q.query(`CREATE INDEX ix_notice_seat ON notice (seat_id, number)`)
    await q.query(`DROP TABLE mail`)
    await q.query(`DROP TABLE notice_setting`)
  }
}
