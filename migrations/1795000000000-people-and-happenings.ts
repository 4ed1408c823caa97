import type { MigrationInterface, QueryRunner } from 'typeorm'

export class PeopleAndHappenings1795000000000 implements MigrationInterface {
  name = 'PeopleAndHappenings1795000000000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE person (
        id uuid CONSTRAINT pk_person PRIMARY KEY,
        email text NOT NULL,
        name text NOT NULL,
        language text NOT NULL DEFAULT 'en',
        password_hash text NOT NULL,
        demo boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL,
        CONSTRAINT ck_person_language CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh'))
      )`)
    await q.query(`CREATE UNIQUE INDEX ix_person_email ON person (lower(email))`)
    await q.query(`
      CREATE TABLE web_session (
        id uuid CONSTRAINT pk_web_session PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT fk_web_session_person REFERENCES person,
        token_hash bytea NOT NULL,
        created_at timestamptz NOT NULL,
        used_at timestamptz NOT NULL,
        ended_at timestamptz
      )`)
    await q.query(`CREATE UNIQUE INDEX ix_web_session_token ON web_session (token_hash)`)
    await q.query(`CREATE INDEX ix_web_session_person ON web_session (person_id)`)
    await q.query(`
      CREATE TABLE event_stream (
        stream text CONSTRAINT pk_event_stream PRIMARY KEY,
        seq bigint NOT NULL
      )`)
    await q.query(`
      CREATE TABLE event (
        stream text NOT NULL CONSTRAINT fk_event_stream REFERENCES event_stream,
        seq bigint NOT NULL,
        name text NOT NULL,
        payload jsonb NOT NULL,
        actor jsonb NOT NULL,
        audience jsonb,
        at timestamptz NOT NULL,
        CONSTRAINT pk_event PRIMARY KEY (stream, seq)
      )`)
    await q.query(`
      CREATE TABLE idempotency_key (
        key text NOT NULL,
        holder text NOT NULL,
        command text NOT NULL,
        input_hash text NOT NULL,
        answer jsonb,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_idempotency_key PRIMARY KEY (key, holder)
      )`)
    await q.query(`CREATE INDEX ix_idempotency_key_created ON idempotency_key (created_at)`)
    await q.query(`
      CREATE TABLE link (
        from_kind text NOT NULL,
        from_id text NOT NULL,
        to_kind text NOT NULL,
        to_id text NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT pk_link PRIMARY KEY (from_kind, from_id, to_kind, to_id)
      )`)
    await q.query(`CREATE INDEX ix_link_to ON link (to_kind, to_id)`)
  }

  /** Loses every account, session and happening. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE link`)
    await q.query(`DROP TABLE idempotency_key`)
    await q.query(`DROP TABLE event`)
    await q.query(`DROP TABLE event_stream`)
    await q.query(`DROP TABLE web_session`)
    await q.query(`DROP TABLE person`)
  }
}
