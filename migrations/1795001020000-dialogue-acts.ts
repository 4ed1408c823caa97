import type { MigrationInterface, QueryRunner } from 'typeorm'

export class DialogueActs1795001020000 implements MigrationInterface {
  name = 'DialogueActs1795001020000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE thread ADD COLUMN positions_on_record boolean NOT NULL DEFAULT false`)
    await q.query(`
      ALTER TABLE message
        ADD COLUMN question integer CONSTRAINT ck_message_question CHECK (question BETWEEN 1 AND 20)`)
    await q.query(`
      CREATE TABLE message_position (
        number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_message_position PRIMARY KEY,
        message_id uuid NOT NULL CONSTRAINT fk_message_position_message REFERENCES message,
        delegation_id uuid NOT NULL CONSTRAINT fk_message_position_delegation REFERENCES delegation,
        kind text NOT NULL CONSTRAINT ck_message_position_kind CHECK (kind IN ('supports', 'can_live_with', 'has_concerns')),
        on_record boolean NOT NULL,
        revision integer NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_message_position_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_message_position_seat REFERENCES seat,
        at timestamptz NOT NULL,
        ended_at timestamptz,
        CONSTRAINT ck_message_position_ended CHECK (ended_at IS NULL OR on_record)
      )`)
    await q.query(`
      CREATE UNIQUE INDEX uq_message_position_standing ON message_position (message_id, delegation_id)
        WHERE ended_at IS NULL`)
    await q.query(`CREATE INDEX ix_message_position_message ON message_position (message_id)`)
    await q.query(`
      CREATE TABLE key_point (
        id uuid CONSTRAINT pk_key_point PRIMARY KEY,
        thread_id uuid NOT NULL CONSTRAINT fk_key_point_thread REFERENCES thread,
        text text NOT NULL CONSTRAINT ck_key_point_text CHECK (length(text) BETWEEN 1 AND 4000),
        language text NOT NULL CONSTRAINT ck_key_point_language CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
        question integer CONSTRAINT ck_key_point_question CHECK (question BETWEEN 1 AND 20),
        person_id uuid NOT NULL CONSTRAINT fk_key_point_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_key_point_seat REFERENCES seat,
        at timestamptz NOT NULL,
        withdrawn_at timestamptz
      )`)
    await q.query(`CREATE INDEX ix_key_point_thread ON key_point (thread_id, at)`)
    await q.query(`
      CREATE TABLE key_point_citation (
        key_point_id uuid NOT NULL CONSTRAINT fk_key_point_citation_key_point REFERENCES key_point,
        message_id uuid NOT NULL CONSTRAINT fk_key_point_citation_message REFERENCES message,
        CONSTRAINT pk_key_point_citation PRIMARY KEY (key_point_id, message_id)
      )`)
    await q.query(`
      CREATE TABLE summary (
        id uuid CONSTRAINT pk_summary PRIMARY KEY,
        thread_id uuid NOT NULL CONSTRAINT fk_summary_thread REFERENCES thread,
        no integer,
        body text NOT NULL CONSTRAINT ck_summary_body CHECK (length(body) BETWEEN 1 AND 20000),
        language text NOT NULL CONSTRAINT ck_summary_language CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
        person_id uuid NOT NULL CONSTRAINT fk_summary_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_summary_seat REFERENCES seat,
        at timestamptz NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT uq_summary_no UNIQUE (thread_id, no)
      )`)
    await q.query(`CREATE UNIQUE INDEX uq_summary_draft ON summary (thread_id) WHERE no IS NULL`)
    await q.query(`
      CREATE TABLE summary_citation (
        summary_id uuid NOT NULL CONSTRAINT fk_summary_citation_summary REFERENCES summary,
        message_id uuid NOT NULL CONSTRAINT fk_summary_citation_message REFERENCES message,
        CONSTRAINT pk_summary_citation PRIMARY KEY (summary_id, message_id)
      )`)
    await q.query(`
      CREATE TABLE thread_follower (
        thread_id uuid NOT NULL CONSTRAINT fk_thread_follower_thread REFERENCES thread,
        seat_id uuid NOT NULL CONSTRAINT fk_thread_follower_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT pk_thread_follower PRIMARY KEY (thread_id, seat_id)
      )`)
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
    await q.query(`
      ALTER TABLE agenda_item
        ADD COLUMN state text NOT NULL DEFAULT 'open' CONSTRAINT ck_agenda_item_state CHECK (state IN ('open', 'closed')),
        ADD COLUMN closed_at timestamptz,
        ADD COLUMN closed_reason text NOT NULL DEFAULT '',
        ADD COLUMN revision integer NOT NULL DEFAULT 1,
        ADD CONSTRAINT ck_agenda_item_closed CHECK ((state = 'closed') = (closed_at IS NOT NULL))`)
    await q.query(`
      CREATE TABLE item_action (
        id uuid CONSTRAINT pk_item_action PRIMARY KEY,
        agenda_item_id uuid NOT NULL CONSTRAINT fk_item_action_item REFERENCES agenda_item,
        message_id uuid NOT NULL CONSTRAINT fk_item_action_message REFERENCES message,
        kind text NOT NULL CONSTRAINT ck_item_action_kind CHECK (kind IN ('parked', 'arising')),
        title text NOT NULL CONSTRAINT ck_item_action_title CHECK (length(title) BETWEEN 1 AND 300),
        reason text NOT NULL,
        owner text NOT NULL DEFAULT '',
        due_on date,
        to_item_id uuid CONSTRAINT fk_item_action_to_item REFERENCES agenda_item,
        state text NOT NULL DEFAULT 'open' CONSTRAINT ck_item_action_state CHECK (state IN ('open', 'done')),
        person_id uuid NOT NULL CONSTRAINT fk_item_action_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_item_action_seat REFERENCES seat,
        at timestamptz NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT ck_item_action_arising CHECK ((kind = 'arising') = (to_item_id IS NOT NULL))
      )`)
    await q.query(`CREATE INDEX ix_item_action_item ON item_action (agenda_item_id)`)
    await q.query(`CREATE INDEX ix_item_action_to_item ON item_action (to_item_id)`)
  }

  /** Loses positions on statements, key points, summaries, notices, what was parked, and which items are closed. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE item_action`)
    await q.query(`
      ALTER TABLE agenda_item DROP CONSTRAINT ck_agenda_item_closed, DROP COLUMN revision, DROP COLUMN closed_reason,
        DROP COLUMN closed_at, DROP COLUMN state`)
    await q.query(`DROP TABLE notice`)
    await q.query(`DROP TABLE thread_follower`)
    await q.query(`DROP TABLE summary_citation`)
    await q.query(`DROP TABLE summary`)
    await q.query(`DROP TABLE key_point_citation`)
    await q.query(`DROP TABLE key_point`)
    await q.query(`DROP TABLE message_position`)
    await q.query(`ALTER TABLE message DROP COLUMN question`)
    await q.query(`ALTER TABLE thread DROP COLUMN positions_on_record`)
  }
}
