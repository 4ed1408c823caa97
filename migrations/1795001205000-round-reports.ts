import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Records are of sessions or of whole rounds. */
export class RoundReports1795001205000 implements MigrationInterface {
  name = 'RoundReports1795001205000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE session_record RENAME TO written_record`)
    for (const name of ['pk_session_record', 'fk_session_record_document', 'fk_session_record_session'])
      await rename(q, 'written_record', [name, name.replace('session_record', 'written_record')])
    await rename(q, 'written_record', ['ck_session_record_form', 'ck_written_record_form'])
    await rename(q, 'written_record', ['uq_session_record_form', 'uq_written_record_form'])
    await q.query(`
      ALTER TABLE written_record ALTER COLUMN session_id DROP NOT NULL,
        ADD COLUMN round_id uuid CONSTRAINT fk_written_record_round REFERENCES round,
        ADD CONSTRAINT ck_written_record_of CHECK (num_nonnulls(session_id, round_id) = 1),
        ADD CONSTRAINT uq_written_record_round UNIQUE (round_id, form)`)
    await q.query(`ALTER TABLE session_record_fact RENAME TO written_fact`)
    await rename(q, 'written_fact', ['pk_session_record_fact', 'pk_written_fact'])
    await rename(q, 'written_fact', ['fk_session_record_fact_record', 'fk_written_fact_record'])
  }

  /** Loses which texts are reports of rounds; the texts stay. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DELETE FROM written_fact f USING written_record r WHERE r.document_id = f.document_id AND r.round_id IS NOT NULL`)
    await q.query(`DELETE FROM written_record WHERE round_id IS NOT NULL`)
    await q.query(`ALTER TABLE written_record DROP COLUMN round_id, ALTER COLUMN session_id SET NOT NULL`)
    await rename(q, 'written_fact', ['fk_written_fact_record', 'fk_session_record_fact_record'])
    await rename(q, 'written_fact', ['pk_written_fact', 'pk_session_record_fact'])
    await q.query(`ALTER TABLE written_fact RENAME TO session_record_fact`)
    await rename(q, 'written_record', ['uq_written_record_form', 'uq_session_record_form'])
    await rename(q, 'written_record', ['ck_written_record_form', 'ck_session_record_form'])
    for (const name of ['pk_session_record', 'fk_session_record_document', 'fk_session_record_session'])
      await rename(q, 'written_record', [name.replace('session_record', 'written_record'), name])
    await q.query(`ALTER TABLE written_record RENAME TO session_record`)
  }
}

const rename = (q: QueryRunner, table: string, [from, to]: [string, string]) =>
  q.query(`ALTER TABLE ${table} RENAME CONSTRAINT ${from} TO ${to}`)
