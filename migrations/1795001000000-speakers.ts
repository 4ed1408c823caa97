import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Speakers1795001000000 implements MigrationInterface {
  name = 'Speakers1795001000000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE session
        ADD COLUMN formality text NOT NULL DEFAULT 'formal'
          CONSTRAINT ck_session_formality CHECK (formality IN ('formal', 'informal', 'suspended')),
        ADD COLUMN suspended_until timestamptz,
        ADD CONSTRAINT ck_session_suspended CHECK (suspended_until IS NULL OR formality = 'suspended')`)
    await q.query(`
      CREATE TABLE speakers_list (
        agenda_item_id uuid CONSTRAINT pk_speakers_list PRIMARY KEY
          CONSTRAINT fk_speakers_list_agenda_item REFERENCES agenda_item,
        open boolean NOT NULL DEFAULT true,
        paragraph_id text,
        revision integer NOT NULL DEFAULT 1
      )`)
    await q.query(`
      CREATE TABLE speaker_slot (
        id uuid CONSTRAINT pk_speaker_slot PRIMARY KEY,
        agenda_item_id uuid NOT NULL CONSTRAINT fk_speaker_slot_list REFERENCES speakers_list,
        delegation_id uuid NOT NULL CONSTRAINT fk_speaker_slot_delegation REFERENCES delegation,
        body_id uuid CONSTRAINT fk_speaker_slot_body REFERENCES body,
        person_id uuid NOT NULL CONSTRAINT fk_speaker_slot_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_speaker_slot_seat REFERENCES seat,
        kind text NOT NULL CONSTRAINT ck_speaker_slot_kind CHECK (kind IN ('statement', 'reply', 'point_of_order')),
        state text NOT NULL CONSTRAINT ck_speaker_slot_state CHECK (state IN ('listed', 'speaking', 'done', 'withdrawn')),
        place integer,
        asked_at timestamptz NOT NULL,
        began_at timestamptz,
        ended_at timestamptz,
        paused_at timestamptz,
        paused_ms integer NOT NULL DEFAULT 0,
        limit_seconds integer,
        ruling text,
        message_id uuid CONSTRAINT fk_speaker_slot_message REFERENCES message,
        CONSTRAINT ck_speaker_slot_place CHECK ((place IS NOT NULL) = (state = 'listed')),
        CONSTRAINT ck_speaker_slot_times CHECK (
          (began_at IS NOT NULL) = (state IN ('speaking', 'done')) AND (ended_at IS NOT NULL) = (state = 'done')
          AND (paused_at IS NULL OR state = 'speaking')),
        CONSTRAINT ck_speaker_slot_group CHECK (body_id IS NULL OR kind = 'statement'),
        CONSTRAINT ck_speaker_slot_ruling CHECK (ruling IS NULL OR (kind = 'point_of_order' AND length(ruling) BETWEEN 1 AND 4000)),
        CONSTRAINT uq_speaker_slot_place UNIQUE (agenda_item_id, place) DEFERRABLE INITIALLY DEFERRED
      )`)
    await q.query(`
      CREATE UNIQUE INDEX ix_speaker_slot_speaking ON speaker_slot (agenda_item_id, (kind = 'point_of_order'))
        WHERE state = 'speaking'`)
    await q.query(`
      CREATE TABLE speaker_dissociation (
        slot_id uuid NOT NULL CONSTRAINT fk_speaker_dissociation_slot REFERENCES speaker_slot,
        delegation_id uuid NOT NULL CONSTRAINT fk_speaker_dissociation_delegation REFERENCES delegation,
        at timestamptz NOT NULL,
        CONSTRAINT pk_speaker_dissociation PRIMARY KEY (slot_id, delegation_id)
      )`)
    await q.query(`
      CREATE TABLE speaker_statement (
        slot_id uuid CONSTRAINT pk_speaker_statement PRIMARY KEY
          CONSTRAINT fk_speaker_statement_slot REFERENCES speaker_slot,
        person_id uuid NOT NULL CONSTRAINT fk_speaker_statement_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_speaker_statement_seat REFERENCES seat,
        language text NOT NULL CONSTRAINT ck_speaker_statement_language CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
        body text NOT NULL CONSTRAINT ck_speaker_statement_body CHECK (length(body) BETWEEN 1 AND 4000),
        at timestamptz NOT NULL
      )`)
    await q.query(`
      CREATE TABLE speakers_act (
        number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_speakers_act PRIMARY KEY,
        agenda_item_id uuid NOT NULL CONSTRAINT fk_speakers_act_list REFERENCES speakers_list,
        slot_id uuid CONSTRAINT fk_speakers_act_slot REFERENCES speaker_slot,
        act text NOT NULL CONSTRAINT ck_speakers_act_act CHECK (act IN ('moved', 'returned', 'opened', 'closed')),
        from_place integer,
        to_place integer,
        person_id uuid NOT NULL CONSTRAINT fk_speakers_act_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_speakers_act_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT ck_speakers_act_moved CHECK ((act = 'moved') = (from_place IS NOT NULL AND to_place IS NOT NULL))
      )`)
    await q.query(`CREATE INDEX ix_speakers_act_list ON speakers_act (agenda_item_id, number)`)
  }

  /** Loses every list of speakers, with what was handed in and not spoken, and the formality of sessions. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE speakers_act`)
    await q.query(`DROP TABLE speaker_statement`)
    await q.query(`DROP TABLE speaker_dissociation`)
    await q.query(`DROP TABLE speaker_slot`)
    await q.query(`DROP TABLE speakers_list`)
    await q.query(`
      ALTER TABLE session DROP CONSTRAINT ck_session_suspended, DROP CONSTRAINT ck_session_formality,
        DROP COLUMN suspended_until, DROP COLUMN formality`)
  }
}
