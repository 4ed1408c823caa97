import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Evidence that was taken back after it had been put on file, and put back again; what happened stays. */
export class EvidenceWithdrawn1795001160000 implements MigrationInterface {
  name = 'EvidenceWithdrawn1795001160000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE evidence_withdrawal (
        id uuid CONSTRAINT pk_evidence_withdrawal PRIMARY KEY,
        report_id uuid NOT NULL CONSTRAINT fk_evidence_withdrawal_report REFERENCES report,
        reason text NOT NULL CONSTRAINT ck_evidence_withdrawal_reason CHECK (reason <> ''),
        person_id uuid NOT NULL CONSTRAINT fk_evidence_withdrawal_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_evidence_withdrawal_seat REFERENCES seat,
        at timestamptz NOT NULL,
        restored_at timestamptz,
        restored_by uuid CONSTRAINT fk_evidence_withdrawal_restored_by REFERENCES seat,
        CONSTRAINT ck_evidence_withdrawal_restored CHECK ((restored_at IS NULL) = (restored_by IS NULL))
      )`)
    await q.query(
      `CREATE UNIQUE INDEX ix_evidence_withdrawal_open ON evidence_withdrawal (report_id) WHERE restored_at IS NULL`,
    )
    await q.query(`CREATE INDEX ix_evidence_withdrawal_report ON evidence_withdrawal (report_id)`)
  }

  /** Loses what was withdrawn, when and why; assurance stays as it is. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE evidence_withdrawal`)
  }
}
