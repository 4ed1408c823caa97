import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Browsers in which people are told of notices, and what is on its way to them. */
export class WebPush1795001110000 implements MigrationInterface {
  name = 'WebPush1795001110000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE push_key (
        is_the_one boolean NOT NULL DEFAULT true CONSTRAINT pk_push_key PRIMARY KEY
          CONSTRAINT ck_push_key_the_one CHECK (is_the_one),
        public_key text NOT NULL,
        private_key text NOT NULL
      )`)
    await q.query(`
      CREATE TABLE push_browser (
        id uuid CONSTRAINT pk_push_browser PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT fk_push_browser_person REFERENCES person,
        session_id uuid NOT NULL CONSTRAINT fk_push_browser_session REFERENCES web_session,
        endpoint text NOT NULL CONSTRAINT uq_push_browser_endpoint UNIQUE,
        p256dh text NOT NULL,
        auth text NOT NULL,
        kept_at timestamptz NOT NULL
      )`)
    await q.query(`CREATE INDEX ix_push_browser_person ON push_browser (person_id)`)
    await q.query(`
      CREATE TABLE push (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_push PRIMARY KEY,
        notice_number bigint NOT NULL CONSTRAINT fk_push_notice REFERENCES notice ON DELETE CASCADE,
        browser_id uuid NOT NULL CONSTRAINT fk_push_browser REFERENCES push_browser ON DELETE CASCADE,
        due_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        claimed_at timestamptz,
        CONSTRAINT uq_push_notice UNIQUE (notice_number, browser_id)
      )`)
    await q.query(`CREATE INDEX ix_push_browser ON push (browser_id)`)
    await q.query(`CREATE INDEX ix_push_due ON push (due_at) WHERE claimed_at IS NULL`)
    await q.query(`CREATE INDEX ix_notice_at ON notice (at)`)
    // Who has chosen to be told by mail at once is told as soon in the browser.
    await q.query(`
      UPDATE notice_setting SET ways = (
        SELECT coalesce(jsonb_object_agg(kind, way || jsonb_build_object('push', way ->> 'mail' = 'direct')), '{}')
        FROM jsonb_each(ways) AS t (kind, way))`)
  }

  /** Loses the browsers; they are told of nothing until people switch it on again. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      UPDATE notice_setting SET ways = (
        SELECT coalesce(jsonb_object_agg(kind, way - 'push'), '{}') FROM jsonb_each(ways) AS t (kind, way))`)
    await q.query(`DROP INDEX ix_notice_at`)
    await q.query(`DROP TABLE push`)
    await q.query(`DROP TABLE push_browser`)
    await q.query(`DROP TABLE push_key`)
  }
}
