import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Threads that a delegation, a group or the bureau has beside that of an agenda item; mentions, quotes, and what is found of all that was said. */
export class Talk1795001070000 implements MigrationInterface {
  name = 'Talk1795001070000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE thread
        ADD COLUMN visibility text NOT NULL DEFAULT 'room',
        ADD COLUMN delegation_id uuid CONSTRAINT fk_thread_delegation REFERENCES delegation,
        ADD COLUMN body_id uuid CONSTRAINT fk_thread_body REFERENCES body,
        ADD CONSTRAINT ck_thread_visibility CHECK (visibility IN ('room', 'delegation', 'group', 'bureau')),
        ADD CONSTRAINT ck_thread_delegation CHECK ((visibility = 'delegation') = (delegation_id IS NOT NULL)),
        ADD CONSTRAINT ck_thread_body CHECK ((visibility = 'group') = (body_id IS NOT NULL)),
        DROP CONSTRAINT uq_thread_agenda_item,
        ADD CONSTRAINT uq_thread_of_item UNIQUE NULLS NOT DISTINCT (agenda_item_id, visibility, delegation_id, body_id)`)
    await q.query(`
      ALTER TABLE message
        ADD COLUMN quoted_id uuid CONSTRAINT fk_message_quoted REFERENCES message,
        ADD COLUMN quoted_revision integer,
        ADD COLUMN quoted_words text,
        ADD CONSTRAINT ck_message_quoted CHECK (num_nonnulls(quoted_id, quoted_revision, quoted_words) IN (0, 3))`)
    await q.query(`
      CREATE TABLE message_mention (
        message_id uuid NOT NULL CONSTRAINT fk_message_mention_message REFERENCES message,
        place integer NOT NULL,
        delegation_id uuid CONSTRAINT fk_message_mention_delegation REFERENCES delegation,
        seat_id uuid CONSTRAINT fk_message_mention_seat REFERENCES seat,
        CONSTRAINT ck_message_mention_one CHECK (num_nonnulls(delegation_id, seat_id) = 1),
        CONSTRAINT pk_message_mention PRIMARY KEY (message_id, place)
      )`)
    // Chinese has no spaces: every character is a word, and a run of them in a query a phrase.
    await q.query(`
      CREATE FUNCTION spaced(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN regexp_replace(words, '([\\u3400-\\u9fff])', ' \\1 ', 'g')`)
    await q.query(`
      CREATE FUNCTION search_words(language text, words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN to_tsvector(CASE language WHEN 'ar' THEN 'arabic'::regconfig WHEN 'en' THEN 'english'::regconfig
        WHEN 'es' THEN 'spanish'::regconfig WHEN 'fr' THEN 'french'::regconfig WHEN 'ru' THEN 'russian'::regconfig
        ELSE 'simple'::regconfig END, spaced(words))`)
    // Who searches does not say in which language: the words are looked for in every one.
    await q.query(`
      CREATE FUNCTION search_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN websearch_to_tsquery('arabic'::regconfig, words) || websearch_to_tsquery('english'::regconfig, words)
        || websearch_to_tsquery('spanish'::regconfig, words) || websearch_to_tsquery('french'::regconfig, words)
        || websearch_to_tsquery('russian'::regconfig, words)
        || websearch_to_tsquery('simple'::regconfig, spaced(regexp_replace(words, '([\\u3400-\\u9fff]+)', '"\\1"', 'g')))`)
    await q.query(`
      CREATE TABLE paragraph_words (
        document_id uuid NOT NULL CONSTRAINT fk_paragraph_words_document REFERENCES document,
        place integer NOT NULL,
        paragraph_id text NOT NULL,
        language text NOT NULL,
        words text NOT NULL,
        CONSTRAINT pk_paragraph_words PRIMARY KEY (document_id, place)
      )`)
    const searched = { message: 'body', key_point: 'text', summary: 'body', paragraph_words: 'words' }
    for (const [table, words] of Object.entries(searched)) {
      await q.query(
        `ALTER TABLE ${table} ADD COLUMN search tsvector GENERATED ALWAYS AS (search_words(language, ${words})) STORED`,
      )
      await q.query(`CREATE INDEX ix_${table}_search ON ${table} USING gin (search)`)
    }
    await q.query(`
      ALTER TABLE recommendation ADD COLUMN search tsvector
        GENERATED ALWAYS AS (search_words(language, title || E'\n' || action || E'\n' || rationale)) STORED`)
    await q.query(`CREATE INDEX ix_recommendation_search ON recommendation USING gin (search)`)
  }

  /** Loses what was said in private, who was mentioned and what was quoted. */
  async down(q: QueryRunner): Promise<void> {
    for (const table of ['recommendation', 'summary', 'key_point', 'message'])
      await q.query(`ALTER TABLE ${table} DROP COLUMN search`)
    await q.query(`DROP TABLE paragraph_words`)
    await q.query(`DELETE FROM document_projection WHERE name = 'search'`)
    await q.query(`DROP FUNCTION search_query(text)`)
    await q.query(`DROP FUNCTION search_words(text, text)`)
    await q.query(`DROP FUNCTION spaced(text)`)
    await q.query(`DROP TABLE message_mention`)
    await q.query(`
      ALTER TABLE message
        DROP CONSTRAINT ck_message_quoted,
        DROP COLUMN quoted_words,
        DROP COLUMN quoted_revision,
        DROP COLUMN quoted_id`)
    const privates = `SELECT id FROM thread WHERE visibility <> 'room'`
    const said = `SELECT id FROM message WHERE thread_id IN (${privates})`
    await q.query(`DELETE FROM message_wording WHERE message_id IN (${said})`)
    await q.query(`DELETE FROM message_position WHERE message_id IN (${said})`)
    await q.query(`DELETE FROM link WHERE to_kind = 'message' AND to_id IN (SELECT id::text FROM (${said}) m)`)
    await q.query(`DELETE FROM notice WHERE topic IN (SELECT 'thread:' || id FROM (${privates}) t)`)
    await q.query(`DELETE FROM message WHERE thread_id IN (${privates})`)
    await q.query(`DELETE FROM thread_follower WHERE thread_id IN (${privates})`)
    await q.query(`DELETE FROM thread WHERE visibility <> 'room'`)
    await q.query(`
      ALTER TABLE thread
        DROP CONSTRAINT uq_thread_of_item,
        ADD CONSTRAINT uq_thread_agenda_item UNIQUE (agenda_item_id),
        DROP CONSTRAINT ck_thread_body,
        DROP CONSTRAINT ck_thread_delegation,
        DROP CONSTRAINT ck_thread_visibility,
        DROP COLUMN body_id,
        DROP COLUMN delegation_id,
        DROP COLUMN visibility`)
  }
}
