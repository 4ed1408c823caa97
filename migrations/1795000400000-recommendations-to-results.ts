import type { MigrationInterface, QueryRunner } from 'typeorm'

export class RecommendationsToResults1795000400000 implements MigrationInterface {
  name = 'RecommendationsToResults1795000400000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE recommendation (
        id uuid CONSTRAINT pk_recommendation PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_recommendation_round REFERENCES round,
        number integer NOT NULL,
        title text NOT NULL,
        action text NOT NULL,
        rationale text NOT NULL,
        force text NOT NULL CONSTRAINT ck_recommendation_force CHECK (force IN ('voluntary', 'agreed_commitment', 'binding')),
        owner text NOT NULL,
        due_on date,
        measure text NOT NULL,
        sdg_targets text[] NOT NULL,
        language text NOT NULL,
        state text NOT NULL DEFAULT 'proposed' CONSTRAINT ck_recommendation_state CHECK (state IN ('proposed', 'adopted', 'withdrawn')),
        withdrawn_reason text NOT NULL DEFAULT '',
        quote text NOT NULL DEFAULT '',
        seat_id uuid NOT NULL CONSTRAINT fk_recommendation_seat REFERENCES seat,
        created_at timestamptz NOT NULL,
        adopted_at timestamptz,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT uq_recommendation_number UNIQUE (round_id, number)
      )`)
    await q.query(`
      CREATE TABLE recommendation_addressee (
        recommendation_id uuid NOT NULL CONSTRAINT fk_addressee_recommendation REFERENCES recommendation,
        delegation_id uuid NOT NULL CONSTRAINT fk_addressee_delegation REFERENCES delegation,
        response text NOT NULL DEFAULT 'pending' CONSTRAINT ck_addressee_response CHECK (response IN ('pending', 'supported', 'noted')),
        response_text text NOT NULL DEFAULT '',
        responded_at timestamptz,
        status text NOT NULL DEFAULT 'not_started' CONSTRAINT ck_addressee_status CHECK (status IN ('not_started', 'in_progress', 'partially_implemented', 'implemented', 'not_pursued', 'no_longer_applicable')),
        assurance text NOT NULL DEFAULT 'none' CONSTRAINT ck_addressee_assurance CHECK (assurance IN ('none', 'self_reported', 'evidenced', 'validated')),
        status_at timestamptz,
        CONSTRAINT pk_recommendation_addressee PRIMARY KEY (recommendation_id, delegation_id)
      )`)
    await q.query(`
      CREATE TABLE listing (
        id uuid CONSTRAINT pk_listing PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_listing_round REFERENCES round,
        side text NOT NULL CONSTRAINT ck_listing_side CHECK (side IN ('request', 'offer')),
        delegation_id uuid NOT NULL CONSTRAINT fk_listing_delegation REFERENCES delegation,
        title text NOT NULL,
        description text NOT NULL,
        language text NOT NULL,
        cooperation_type text NOT NULL,
        modalities text[] NOT NULL,
        sdg_targets text[] NOT NULL,
        money jsonb,
        in_kind jsonb,
        state text NOT NULL DEFAULT 'draft' CONSTRAINT ck_listing_state CHECK (state IN ('draft', 'published', 'matched', 'withdrawn')),
        created_at timestamptz NOT NULL,
        revision integer NOT NULL DEFAULT 1
      )`)
    await q.query(`CREATE INDEX ix_listing_round ON listing (round_id, side)`)
    await q.query(`
      CREATE TABLE match (
        id uuid CONSTRAINT pk_match PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_match_round REFERENCES round,
        recommendation_id uuid NOT NULL CONSTRAINT fk_match_recommendation REFERENCES recommendation,
        offer_id uuid NOT NULL CONSTRAINT fk_match_offer REFERENCES listing,
        request_id uuid CONSTRAINT fk_match_request REFERENCES listing,
        provider_id uuid NOT NULL CONSTRAINT fk_match_provider REFERENCES delegation,
        beneficiary_id uuid NOT NULL CONSTRAINT fk_match_beneficiary REFERENCES delegation,
        provider_accepted_at timestamptz,
        beneficiary_accepted_at timestamptz,
        state text NOT NULL DEFAULT 'proposed' CONSTRAINT ck_match_state CHECK (state IN ('proposed', 'agreed', 'declined')),
        declined_reason text NOT NULL DEFAULT '',
        due_on date NOT NULL,
        created_at timestamptz NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT ck_match_parties CHECK (provider_id <> beneficiary_id),
        CONSTRAINT ck_match_agreed CHECK (state <> 'agreed' OR (provider_accepted_at IS NOT NULL AND beneficiary_accepted_at IS NOT NULL))
      )`)
    await q.query(`CREATE INDEX ix_match_recommendation ON match (recommendation_id)`)
    await q.query(
      `CREATE UNIQUE INDEX ix_match_live ON match (recommendation_id, offer_id, beneficiary_id) WHERE state <> 'declined'`,
    )
    await q.query(`
      CREATE TABLE commitment (
        id uuid CONSTRAINT pk_commitment PRIMARY KEY,
        match_id uuid NOT NULL CONSTRAINT fk_commitment_match REFERENCES match,
        money jsonb,
        in_kind jsonb,
        due_on date NOT NULL,
        state text NOT NULL DEFAULT 'confirmed' CONSTRAINT ck_commitment_state CHECK (state IN ('confirmed', 'delivered')),
        created_at timestamptz NOT NULL,
        CONSTRAINT uq_commitment_match UNIQUE (match_id)
      )`)
    await q.query(`
      CREATE TABLE report (
        id uuid CONSTRAINT pk_report PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_report_round REFERENCES round,
        recommendation_id uuid NOT NULL,
        addressee_id uuid NOT NULL,
        seat_id uuid NOT NULL CONSTRAINT fk_report_seat REFERENCES seat,
        narrative text NOT NULL,
        language text NOT NULL,
        proposed_status text NOT NULL,
        evidence_url text,
        evidence_title text NOT NULL DEFAULT '',
        state text NOT NULL CONSTRAINT ck_report_state CHECK (state IN ('submitted', 'validated', 'returned')),
        review_note text NOT NULL DEFAULT '',
        submitted_at timestamptz NOT NULL,
        reviewed_at timestamptz,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT fk_report_addressee FOREIGN KEY (recommendation_id, addressee_id) REFERENCES recommendation_addressee
      )`)
    await q.query(`CREATE INDEX ix_report_recommendation ON report (recommendation_id, addressee_id)`)
    await q.query(
      `CREATE UNIQUE INDEX ix_report_open ON report (recommendation_id, addressee_id) WHERE state <> 'validated'`,
    )
  }

  /** Loses every recommendation, response and report, every listing, match and commitment. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE report`)
    await q.query(`DROP TABLE commitment`)
    await q.query(`DROP TABLE match`)
    await q.query(`DROP TABLE listing`)
    await q.query(`DROP TABLE recommendation_addressee`)
    await q.query(`DROP TABLE recommendation`)
  }
}
