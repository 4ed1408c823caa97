import type { MigrationInterface, QueryRunner } from 'typeorm'

/** A text in other languages: each a text of its own, whose paragraphs have the ids of those they render. */
export class Languages1795000930000 implements MigrationInterface {
  name = 'Languages1795000930000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_kind`)
    await q.query(
      `ALTER TABLE document ADD CONSTRAINT ck_document_kind
         CHECK (kind IN ('vision_statement', 'action_plan', 'outcome', 'proposal', 'translation'))`,
    )
    await q.query(`
      CREATE TABLE language_version (
        id uuid CONSTRAINT pk_language_version PRIMARY KEY CONSTRAINT fk_language_version_text REFERENCES document,
        source_id uuid NOT NULL CONSTRAINT fk_language_version_source REFERENCES document,
        language text NOT NULL
          CONSTRAINT ck_language_version_language CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
        opened_at timestamptz NOT NULL,
        official_at timestamptz,
        standing text,
        CONSTRAINT uq_language_version_language UNIQUE (source_id, language)
      )`)
    await q.query(`
      CREATE TABLE paragraph_rendering (
        version_id uuid NOT NULL CONSTRAINT fk_paragraph_rendering_version REFERENCES language_version,
        paragraph_id text NOT NULL,
        status text NOT NULL
          CONSTRAINT ck_paragraph_rendering_status CHECK (status IN ('machine', 'translated', 'revised', 'official')),
        was text CONSTRAINT ck_paragraph_rendering_was CHECK (was IN ('revised', 'official')),
        source_no bigint NOT NULL,
        source_hash text NOT NULL,
        no bigint NOT NULL,
        hash text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_paragraph_rendering_person REFERENCES person,
        seat_id uuid CONSTRAINT fk_paragraph_rendering_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT pk_paragraph_rendering PRIMARY KEY (version_id, paragraph_id),
        CONSTRAINT ck_paragraph_rendering_set_back CHECK (was IS NULL OR status = 'translated')
      )`)
    await q.query(`
      CREATE TABLE issued_rendering (
        issued_id uuid NOT NULL CONSTRAINT fk_issued_rendering_issued REFERENCES issued_document,
        language text NOT NULL,
        title text NOT NULL,
        content jsonb NOT NULL,
        CONSTRAINT pk_issued_rendering PRIMARY KEY (issued_id, language)
      )`)
    await q.query(
      `CREATE TRIGGER tr_issued_rendering_stays BEFORE UPDATE OR DELETE ON issued_rendering
         FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
    )
  }

  /** Loses every language version with its text, and the languages of what was issued but the original one. */
  async down(q: QueryRunner): Promise<void> {
    for (const table of ['issued_rendering', 'paragraph_rendering', 'language_version'])
      await q.query(`DROP TABLE ${table}`)
    const versions = `(SELECT id FROM document WHERE kind = 'translation')`
    await q.query(`DELETE FROM document_projection WHERE name = 'languages' OR document_id IN ${versions}`)
    for (const table of [
      'document_version',
      'document_refusal',
      'document_author',
      'document_snapshot',
      'document_update',
      'document_log',
    ])
      await q.query(`DELETE FROM ${table} WHERE document_id IN ${versions}`)
    await q.query(`DELETE FROM document WHERE kind = 'translation'`)
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_kind`)
    await q.query(
      `ALTER TABLE document ADD CONSTRAINT ck_document_kind
         CHECK (kind IN ('vision_statement', 'action_plan', 'outcome', 'proposal'))`,
    )
  }
}
