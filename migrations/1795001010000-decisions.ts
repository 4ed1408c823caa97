import type { MigrationInterface, QueryRunner } from 'typeorm'

/** How texts are decided on, and where delegations stand. */
export class Decisions1795001010000 implements MigrationInterface {
  name = 'Decisions1795001010000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE procedure (
        id uuid CONSTRAINT pk_procedure PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_procedure_round REFERENCES round,
        session_id uuid NOT NULL CONSTRAINT fk_procedure_session REFERENCES session,
        document_id uuid NOT NULL CONSTRAINT fk_procedure_document REFERENCES document,
        issued_id uuid CONSTRAINT fk_procedure_issued REFERENCES issued_document,
        paragraph_id text,
        wording jsonb NOT NULL,
        no bigint NOT NULL,
        hash text NOT NULL,
        method text NOT NULL CONSTRAINT ck_procedure_method CHECK (method IN ('silence', 'consensus', 'vote', 'straw_poll')),
        ballot text CONSTRAINT ck_procedure_ballot CHECK (ballot IN ('recorded', 'secret', 'roll_call')),
        rules jsonb NOT NULL,
        members uuid[] NOT NULL,
        mode_before text NOT NULL,
        opens_at timestamptz NOT NULL,
        deadline timestamptz,
        person_id uuid NOT NULL CONSTRAINT fk_procedure_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_procedure_seat REFERENCES seat,
        broken_at timestamptz,
        released_at timestamptz,
        ended_at timestamptz,
        ended_as text CONSTRAINT ck_procedure_ended_as CHECK (ended_as IN ('passed', 'broken', 'cancelled')),
        ended_person_id uuid CONSTRAINT fk_procedure_ended_person REFERENCES person,
        ended_seat_id uuid CONSTRAINT fk_procedure_ended_seat REFERENCES seat,
        reason text,
        settled_at timestamptz,
        decision_id uuid CONSTRAINT fk_procedure_decision REFERENCES issued_document,
        carry_on_item_id uuid CONSTRAINT fk_procedure_carry_on_item REFERENCES agenda_item,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT ck_procedure_subject CHECK (num_nonnulls(issued_id, paragraph_id) = 1),
        CONSTRAINT ck_procedure_vote CHECK ((method = 'vote') = (ballot IS NOT NULL)),
        CONSTRAINT ck_procedure_deadline CHECK (method NOT IN ('silence', 'consensus') OR deadline >= opens_at),
        CONSTRAINT ck_procedure_ended CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
        CONSTRAINT ck_procedure_settled CHECK (settled_at IS NULL OR ended_at IS NOT NULL)
      )`)
    await q.query(`CREATE INDEX ix_procedure_round ON procedure (round_id, opens_at)`)
    await q.query(`CREATE INDEX ix_procedure_unsettled ON procedure (deadline) WHERE settled_at IS NULL`)
    await q.query(`
      CREATE TABLE stance (
        id uuid CONSTRAINT pk_stance PRIMARY KEY,
        number bigint GENERATED ALWAYS AS IDENTITY,
        procedure_id uuid NOT NULL CONSTRAINT fk_stance_procedure REFERENCES procedure,
        delegation_id uuid NOT NULL CONSTRAINT fk_stance_delegation REFERENCES delegation,
        kind text NOT NULL CONSTRAINT ck_stance_kind
          CHECK (kind IN ('break', 'objection', 'vote', 'explanation', 'reservation', 'disassociation')),
        choice text CONSTRAINT ck_stance_choice CHECK (choice IN ('yes', 'no', 'abstain')),
        paragraph_ids text[] NOT NULL DEFAULT '{}',
        text text NOT NULL DEFAULT '' CONSTRAINT ck_stance_text CHECK (length(text) <= 4000),
        language text NOT NULL CONSTRAINT ck_stance_language CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
        is_late boolean NOT NULL DEFAULT false,
        person_id uuid NOT NULL CONSTRAINT fk_stance_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_stance_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT ck_stance_vote CHECK ((kind = 'vote') = (choice IS NOT NULL)),
        CONSTRAINT ck_stance_late CHECK (NOT is_late OR kind = 'break')
      )`)
    await q.query(`CREATE INDEX ix_stance_procedure ON stance (procedure_id, number)`)
    await q.query(`
      CREATE TABLE secret_voter (
        procedure_id uuid NOT NULL CONSTRAINT fk_secret_voter_procedure REFERENCES procedure,
        delegation_id uuid NOT NULL CONSTRAINT fk_secret_voter_delegation REFERENCES delegation,
        person_id uuid NOT NULL CONSTRAINT fk_secret_voter_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_secret_voter_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT pk_secret_voter PRIMARY KEY (procedure_id, delegation_id)
      )`)
    await q.query(`
      CREATE TABLE secret_tally (
        procedure_id uuid CONSTRAINT pk_secret_tally PRIMARY KEY CONSTRAINT fk_secret_tally_procedure REFERENCES procedure,
        yes integer NOT NULL DEFAULT 0,
        no integer NOT NULL DEFAULT 0,
        abstain integer NOT NULL DEFAULT 0
      )`)
    await q.query(
      `ALTER TABLE document ADD COLUMN procedure_id uuid CONSTRAINT fk_document_procedure REFERENCES procedure`,
    )
    await q.query(`ALTER TABLE paragraph_status DROP CONSTRAINT ck_paragraph_status`)
    await q.query(`
      ALTER TABLE paragraph_status ADD CONSTRAINT ck_paragraph_status
        CHECK (status IN ('open', 'bracketed', 'agreed_ad_ref', 'agreed'))`)
  }

  /** Loses every decision and stance; what was adopted stays so. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`UPDATE paragraph_status SET status = 'open' WHERE status = 'bracketed'`)
    await q.query(`ALTER TABLE paragraph_status DROP CONSTRAINT ck_paragraph_status`)
    await q.query(`
      ALTER TABLE paragraph_status ADD CONSTRAINT ck_paragraph_status CHECK (status IN ('open', 'agreed_ad_ref', 'agreed'))`)
    await q.query(`ALTER TABLE document DROP COLUMN procedure_id`)
    await q.query(`DELETE FROM link WHERE 'decision' IN (from_kind, to_kind)`)
    await q.query(`DROP TABLE secret_tally`)
    await q.query(`DROP TABLE secret_voter`)
    await q.query(`DROP TABLE stance`)
    await q.query(`DROP TABLE procedure`)
  }
}
