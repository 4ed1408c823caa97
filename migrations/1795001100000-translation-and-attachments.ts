import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Statements in other languages, and the files that go with statements. */
export class TranslationAndAttachments1795001100000 implements MigrationInterface {
  name = 'TranslationAndAttachments1795001100000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE message_translation (
        message_id uuid NOT NULL CONSTRAINT fk_message_translation_message REFERENCES message,
        language text NOT NULL CONSTRAINT ck_message_translation_language CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
        revision integer NOT NULL,
        body text NOT NULL CONSTRAINT ck_message_translation_body CHECK (length(body) BETWEEN 1 AND 20000),
        origin text NOT NULL CONSTRAINT ck_message_translation_origin CHECK (origin IN ('machine', 'human')),
        person_id uuid CONSTRAINT fk_message_translation_person REFERENCES person,
        seat_id uuid CONSTRAINT fk_message_translation_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT pk_message_translation PRIMARY KEY (message_id, language, revision),
        CONSTRAINT ck_message_translation_by CHECK ((origin = 'human') = (person_id IS NOT NULL) AND (person_id IS NULL) = (seat_id IS NULL))
      )`)
    // Without a message: uploaded, and waiting for the statement that it goes with.
    await q.query(`
      CREATE TABLE attachment (
        id uuid CONSTRAINT pk_attachment PRIMARY KEY,
        thread_id uuid NOT NULL CONSTRAINT fk_attachment_thread REFERENCES thread,
        message_id uuid CONSTRAINT fk_attachment_message REFERENCES message,
        place integer,
        seat_id uuid NOT NULL CONSTRAINT fk_attachment_seat REFERENCES seat,
        name text NOT NULL CONSTRAINT ck_attachment_name CHECK (length(name) BETWEEN 1 AND 200),
        kind text NOT NULL CONSTRAINT ck_attachment_kind CHECK (kind IN ('pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpeg', 'txt', 'csv')),
        size integer NOT NULL CONSTRAINT ck_attachment_size CHECK (size BETWEEN 1 AND 10485760),
        sha256 text NOT NULL CONSTRAINT ck_attachment_hash CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        bytes bytea NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT uq_attachment_place UNIQUE (message_id, place),
        CONSTRAINT ck_attachment_place CHECK ((message_id IS NULL) = (place IS NULL) AND (place IS NULL OR place BETWEEN 1 AND 5))
      )`)
    // Files are compressed already.
    await q.query(`ALTER TABLE attachment ALTER COLUMN bytes SET STORAGE EXTERNAL`)
    await q.query(`CREATE INDEX ix_attachment_waiting ON attachment (seat_id, at) WHERE message_id IS NULL`)
  }

  /** Loses all translations of statements and all attachments. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE attachment`)
    await q.query(`DROP TABLE message_translation`)
  }
}
