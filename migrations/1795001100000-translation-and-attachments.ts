import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Statements in other languages. */
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
  }

  /** Loses all translations of statements. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE message_translation`)
  }
}
