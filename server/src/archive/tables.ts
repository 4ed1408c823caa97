import type { EntityManager } from 'typeorm'
import { rows } from '../common/sql.js'

/**
 * What stays where it is: sign-ins and open pages, secrets of this server and of browsers, what waits to be sent (it
 * would be sent twice), answers kept for retries, and copies that are made anew by themselves.
 */
const LEFT_OUT = [
  ...['web_session', 'presence', 'idempotency_key', 'invitation', 'push_key', 'push_browser', 'push', 'mail'],
  ...['document_snapshot', 'migration'],
]
/** Passwords are chosen anew, and mail stays behind. */
const LEFT_OUT_COLUMNS = ['person.password_hash', 'notice.mail_id']

export interface Table {
  name: string
  /** In their order, without what the database computes by itself. */
  columns: string[]
  /** What rows are ordered by: the primary key, in the same order whatever language the database sorts by. */
  order: string[]
  /** Rows may be files of many megabytes. */
  isHeavy: boolean
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Every table of the schema that goes into an archive, by name; a new one is in it by itself. */
export const archivedTables = (db: EntityManager): Promise<Table[]> =>
  rows<Table>(
    db,
    `SELECT c.relname AS name,
       ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         AND a.attgenerated = '' AND c.relname || '.' || a.attname <> ALL($2::text[]) ORDER BY a.attnum) AS columns,
       ARRAY(SELECT quote_ident(a.attname) || CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(at, place)
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.at WHERE i.indrelid = c.oid AND i.indisprimary
         ORDER BY k.place) AS "order",
       EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.atttypid = 'bytea'::regtype) AS "isHeavy"
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> ALL($1::text[]) ORDER BY c.relname COLLATE "C"`,
    [LEFT_OUT, LEFT_OUT_COLUMNS],
  )

/** The migrations that have run: an archive is read by the version that has written it. */
export const versionOf = async (db: EntityManager): Promise<string> =>
  (await rows<{ name: string }>(db, `SELECT name FROM migration ORDER BY id DESC LIMIT 1`))[0]!.name
