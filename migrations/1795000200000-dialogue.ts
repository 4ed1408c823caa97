import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Dialogue1795000200000 implements MigrationInterface {
  name = 'Dialogue1795000200000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE thread (
        id uuid CONSTRAINT pk_thread PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_thread_round REFERENCES round,
        agenda_item_id uuid NOT NULL CONSTRAINT fk_thread_agenda_item REFERENCES agenda_item,
        title text NOT NULL,
        state text NOT NULL DEFAULT 'open' CONSTRAINT ck_thread_state CHECK (state IN ('open', 'closed')),
        floor text NOT NULL DEFAULT 'members' CONSTRAINT ck_thread_floor CHECK (floor IN ('members', 'all')),
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT uq_thread_agenda_item UNIQUE (agenda_item_id)
      )`)
    await q.query(`
      CREATE TABLE message (
        id uuid CONSTRAINT pk_message PRIMARY KEY,
        thread_id uuid NOT NULL CONSTRAINT fk_message_thread REFERENCES thread,
        parent_id uuid CONSTRAINT fk_message_parent REFERENCES message,
        person_id uuid NOT NULL CONSTRAINT fk_message_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_message_seat REFERENCES seat,
        body_id uuid CONSTRAINT fk_message_body REFERENCES body,
        language text NOT NULL CONSTRAINT ck_message_language CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
        body text NOT NULL CONSTRAINT ck_message_body CHECK (length(body) BETWEEN 1 AND 4000),
        posted_at timestamptz NOT NULL,
        edited_at timestamptz,
        revision integer NOT NULL DEFAULT 1,
        number bigint GENERATED ALWAYS AS IDENTITY
      )`)
    await q.query(`CREATE INDEX ix_message_thread ON message (thread_id, number)`)
    await q.query(`
      CREATE TABLE message_wording (
        message_id uuid NOT NULL CONSTRAINT fk_message_wording_message REFERENCES message,
        revision integer NOT NULL,
        body text NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT pk_message_wording PRIMARY KEY (message_id, revision)
      )`)
  }

  /** Loses every statement and every earlier wording. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE message_wording`)
    await q.query(`DROP TABLE message`)
    await q.query(`DROP TABLE thread`)
  }
}
