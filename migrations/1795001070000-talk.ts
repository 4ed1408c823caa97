import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Threads that a delegation, a group or the bureau has beside that of an agenda item. */
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
  }

  /** Loses what was said in private. */
  async down(q: QueryRunner): Promise<void> {
    const privates = `SELECT id FROM thread WHERE visibility <> 'room'`
    const said = `SELECT id FROM message WHERE thread_id IN (${privates})`
    await q.query(`DELETE FROM message_wording WHERE message_id IN (${said})`)
    await q.query(`DELETE FROM message_position WHERE message_id IN (${said})`)
    await q.query(`DELETE FROM link WHERE to_kind = 'message' AND to_id IN (SELECT id::text FROM (${said}) m)`)
    await q.query(`DELETE FROM notice WHERE thread_id IN (${privates})`)
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
