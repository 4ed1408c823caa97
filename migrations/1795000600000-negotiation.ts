import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Negotiation1795000600000 implements MigrationInterface {
  name = 'Negotiation1795000600000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_kind`)
    await q.query(
      `ALTER TABLE document ADD CONSTRAINT ck_document_kind
         CHECK (kind IN ('vision_statement', 'action_plan', 'outcome', 'proposal'))`,
    )
    await q.query(`
      CREATE TABLE proposal (
        id uuid CONSTRAINT pk_proposal PRIMARY KEY CONSTRAINT fk_proposal_text REFERENCES document,
        document_id uuid NOT NULL CONSTRAINT fk_proposal_document REFERENCES document,
        number integer,
        operation text NOT NULL
          CONSTRAINT ck_proposal_operation CHECK (operation IN ('replace', 'insert', 'delete', 'merge', 'move')),
        paragraph_id text NOT NULL,
        other_id text,
        base_no bigint NOT NULL,
        base_hash text NOT NULL,
        base jsonb NOT NULL,
        content jsonb,
        reason text,
        delegation_id uuid NOT NULL CONSTRAINT fk_proposal_delegation REFERENCES delegation,
        asked_id uuid CONSTRAINT fk_proposal_asked REFERENCES delegation,
        state text NOT NULL DEFAULT 'draft' CONSTRAINT ck_proposal_state CHECK (state IN
          ('draft', 'offered', 'tabled', 'rebase_asked', 'incorporated', 'merged', 'withdrawn', 'not_retained')),
        created_at timestamptz NOT NULL,
        tabled_at timestamptz,
        decided_at timestamptz,
        note text,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT uq_proposal_number UNIQUE (document_id, number),
        CONSTRAINT ck_proposal_other CHECK ((operation IN ('merge', 'move')) = (other_id IS NOT NULL)),
        CONSTRAINT ck_proposal_content CHECK (state IN ('draft', 'withdrawn') OR content IS NOT NULL)
      )`)
    await q.query(`CREATE INDEX ix_proposal_document ON proposal (document_id, paragraph_id)`)
    await q.query(`
      CREATE TABLE proposal_sponsor (
        proposal_id uuid NOT NULL CONSTRAINT fk_proposal_sponsor_proposal REFERENCES proposal,
        delegation_id uuid NOT NULL CONSTRAINT fk_proposal_sponsor_delegation REFERENCES delegation,
        joined_at timestamptz NOT NULL,
        CONSTRAINT pk_proposal_sponsor PRIMARY KEY (proposal_id, delegation_id)
      )`)
    await q.query(`
      CREATE TABLE proposal_position (
        proposal_id uuid NOT NULL CONSTRAINT fk_proposal_position_proposal REFERENCES proposal,
        delegation_id uuid NOT NULL CONSTRAINT fk_proposal_position_delegation REFERENCES delegation,
        position text NOT NULL
          CONSTRAINT ck_proposal_position CHECK (position IN ('support', 'can_live_with', 'oppose')),
        at timestamptz NOT NULL,
        CONSTRAINT pk_proposal_position PRIMARY KEY (proposal_id, delegation_id)
      )`)
    await q.query(`
      CREATE TABLE paragraph_status (
        document_id uuid NOT NULL CONSTRAINT fk_paragraph_status_document REFERENCES document,
        paragraph_id text NOT NULL,
        status text NOT NULL CONSTRAINT ck_paragraph_status CHECK (status IN ('open', 'agreed_ad_ref', 'agreed')),
        hash text NOT NULL,
        reason text,
        person_id uuid NOT NULL CONSTRAINT fk_paragraph_status_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_paragraph_status_seat REFERENCES seat,
        at timestamptz NOT NULL,
        edited_at timestamptz,
        CONSTRAINT pk_paragraph_status PRIMARY KEY (document_id, paragraph_id)
      )`)
    await q.query(`
      CREATE TABLE negotiation_act (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_negotiation_act PRIMARY KEY,
        document_id uuid NOT NULL CONSTRAINT fk_negotiation_act_document REFERENCES document,
        paragraph_id text,
        proposal_id uuid CONSTRAINT fk_negotiation_act_proposal REFERENCES proposal,
        act text NOT NULL,
        words text,
        note text,
        person_id uuid NOT NULL CONSTRAINT fk_negotiation_act_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_negotiation_act_seat REFERENCES seat,
        no bigint,
        at timestamptz NOT NULL
      )`)
    await q.query(`CREATE INDEX ix_negotiation_act_document ON negotiation_act (document_id, id)`)
    await q.query(`
      CREATE TABLE issued_document (
        id uuid CONSTRAINT pk_issued_document PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_issued_document_round REFERENCES round,
        document_id uuid NOT NULL CONSTRAINT fk_issued_document_document REFERENCES document,
        symbol text NOT NULL CONSTRAINT uq_issued_document_symbol UNIQUE,
        series text NOT NULL
          CONSTRAINT ck_issued_document_series CHECK (series IN ('', 'L', 'CRP', 'WP', 'INF', 'Dec', 'Res')),
        base_id uuid CONSTRAINT fk_issued_document_base REFERENCES issued_document,
        modifier text CONSTRAINT ck_issued_document_modifier CHECK (modifier IN ('Rev', 'Corr', 'Add')),
        supersedes_id uuid CONSTRAINT fk_issued_document_supersedes REFERENCES issued_document,
        title text NOT NULL,
        distribution text NOT NULL
          CONSTRAINT ck_issued_document_distribution CHECK (distribution IN ('general', 'limited', 'restricted')),
        language text NOT NULL,
        no bigint NOT NULL,
        content jsonb NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_issued_document_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_issued_document_seat REFERENCES seat,
        issued_at timestamptz NOT NULL,
        CONSTRAINT ck_issued_document_base CHECK ((base_id IS NULL) = (modifier IS NULL))
      )`)
    await q.query(`CREATE INDEX ix_issued_document_document ON issued_document (document_id, issued_at)`)
    await q.query(`
      CREATE TABLE symbol_count (
        round_id uuid NOT NULL CONSTRAINT fk_symbol_count_round REFERENCES round,
        counted text NOT NULL,
        last integer NOT NULL,
        CONSTRAINT pk_symbol_count PRIMARY KEY (round_id, counted)
      )`)
    await q.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'An issued document and the trail of a negotiation never change.'; END $$`)
    for (const table of ['issued_document', 'negotiation_act'])
      await q.query(
        `CREATE TRIGGER tr_${table}_stays BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      )
  }

  /** Loses every proposal with its text, what was agreed, and what was issued. */
  async down(q: QueryRunner): Promise<void> {
    for (const table of ['negotiation_act', 'issued_document', 'symbol_count', 'paragraph_status'])
      await q.query(`DROP TABLE ${table}`)
    await q.query(`DROP FUNCTION refuse_change`)
    for (const table of ['proposal_position', 'proposal_sponsor', 'proposal']) await q.query(`DROP TABLE ${table}`)
    const proposals = `(SELECT id FROM document WHERE kind = 'proposal')`
    for (const table of [
      'document_version',
      'document_refusal',
      'document_author',
      'document_snapshot',
      'document_update',
      'document_log',
    ])
      await q.query(`DELETE FROM ${table} WHERE document_id IN ${proposals}`)
    await q.query(`DELETE FROM document WHERE kind = 'proposal'`)
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_kind`)
    await q.query(
      `ALTER TABLE document ADD CONSTRAINT ck_document_kind CHECK (kind IN ('vision_statement', 'action_plan', 'outcome'))`,
    )
  }
}
