import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What listings need to be compared, matches of any number of parties, and commitments that are pledged, confirmed and delivered in parts. */
export class Matching1795001150000 implements MigrationInterface {
  name = 'Matching1795001150000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE listing
        ADD COLUMN sectors text[] NOT NULL DEFAULT '{}',
        ADD COLUMN languages text[] NOT NULL DEFAULT '{}',
        ADD COLUMN interpretation boolean NOT NULL DEFAULT false,
        ADD COLUMN eligible text[] NOT NULL DEFAULT '{}',
        ADD COLUMN opens_on date,
        ADD COLUMN closes_on date,
        ADD COLUMN gap text NOT NULL DEFAULT '',
        ADD COLUMN outcome text NOT NULL DEFAULT '',
        ADD COLUMN readiness text NOT NULL DEFAULT '',
        ADD COLUMN experience text NOT NULL DEFAULT '',
        ADD COLUMN gender_marker smallint NOT NULL DEFAULT 0 CONSTRAINT ck_listing_gender CHECK (gender_marker BETWEEN 0 AND 2),
        ADD COLUMN published_at timestamptz,
        ADD CONSTRAINT ck_listing_window CHECK (closes_on >= opens_on)`)
    await q.query(`UPDATE listing SET languages = ARRAY[language]`)
    await q.query(`UPDATE listing SET published_at = created_at WHERE state IN ('published', 'matched')`)
    await q.query(`
      CREATE TABLE match_party (
        match_id uuid NOT NULL CONSTRAINT fk_match_party_match REFERENCES match ON DELETE CASCADE,
        delegation_id uuid NOT NULL CONSTRAINT fk_match_party_delegation REFERENCES delegation,
        role text NOT NULL CONSTRAINT ck_match_party_role CHECK (role IN ('beneficiary', 'provider', 'pivotal', 'facilitating')),
        offer_id uuid CONSTRAINT fk_match_party_offer REFERENCES listing,
        money jsonb,
        in_kind jsonb,
        weighed jsonb,
        gains text NOT NULL DEFAULT '',
        accepted_at timestamptz,
        CONSTRAINT pk_match_party PRIMARY KEY (match_id, delegation_id),
        CONSTRAINT ck_match_party_offer CHECK ((role = 'beneficiary') = (offer_id IS NULL))
      )`)
    await q.query(`CREATE INDEX ix_match_party_delegation ON match_party (delegation_id)`)
    await q.query(`CREATE INDEX ix_match_party_offer ON match_party (offer_id)`)
    await q.query(`CREATE UNIQUE INDEX ix_match_party_beneficiary ON match_party (match_id) WHERE role = 'beneficiary'`)
    await q.query(
      `INSERT INTO match_party (match_id, delegation_id, role, accepted_at)
       SELECT id, beneficiary_id, 'beneficiary', beneficiary_accepted_at FROM match`,
    )
    await q.query(
      `INSERT INTO match_party (match_id, delegation_id, role, offer_id, money, in_kind, accepted_at)
       SELECT m.id, m.provider_id, 'provider', o.id, o.money, o.in_kind, m.provider_accepted_at
       FROM match m JOIN listing o ON o.id = m.offer_id`,
    )
    await q.query(`DROP INDEX ix_match_live`)
    await q.query(`
      ALTER TABLE match
        DROP COLUMN offer_id, DROP COLUMN provider_id, DROP COLUMN beneficiary_id,
        DROP COLUMN provider_accepted_at, DROP COLUMN beneficiary_accepted_at,
        DROP CONSTRAINT ck_match_state,
        ALTER COLUMN recommendation_id DROP NOT NULL,
        ADD COLUMN scope text NOT NULL DEFAULT '',
        ADD COLUMN brokered boolean NOT NULL DEFAULT false,
        ADD COLUMN interest text NOT NULL DEFAULT '',
        ADD COLUMN override_reason text NOT NULL DEFAULT '',
        ADD COLUMN cancelled_reason text NOT NULL DEFAULT '',
        ADD COLUMN agreed_at timestamptz,
        ADD CONSTRAINT ck_match_state CHECK (state IN ('proposed', 'negotiating', 'agreed', 'active', 'completed', 'declined', 'cancelled')),
        ADD CONSTRAINT ck_match_serves CHECK (recommendation_id IS NOT NULL OR request_id IS NOT NULL)`)
    await q.query(
      `UPDATE match SET agreed_at = (SELECT max(accepted_at) FROM match_party p WHERE p.match_id = match.id) WHERE state = 'agreed'`,
    )
    await q.query(`CREATE INDEX ix_match_round ON match (round_id)`)
    await q.query(`CREATE INDEX ix_match_request ON match (request_id)`)
    // Two could be agreed for one request; the later one keeps its recommendation.
    await q.query(
      `UPDATE match m SET request_id = NULL WHERE state = 'agreed' AND EXISTS (
         SELECT 1 FROM match o WHERE o.request_id = m.request_id AND o.state = 'agreed' AND o.id < m.id)`,
    )
    await q.query(
      `CREATE UNIQUE INDEX ix_match_agreed ON match (request_id) WHERE state IN ('agreed', 'active', 'completed')`,
    )
    await q.query(`
      CREATE TABLE match_outcome (
        id uuid CONSTRAINT pk_match_outcome PRIMARY KEY,
        match_id uuid NOT NULL CONSTRAINT fk_match_outcome_match REFERENCES match,
        delegation_id uuid CONSTRAINT fk_match_outcome_delegation REFERENCES delegation,
        activity text NOT NULL,
        outcome text NOT NULL CONSTRAINT ck_match_outcome CHECK (outcome <> ''),
        goal text NOT NULL,
        at timestamptz NOT NULL
      )`)
    await q.query(`CREATE INDEX ix_match_outcome_match ON match_outcome (match_id)`)
    await q.query(`
      ALTER TABLE commitment
        DROP CONSTRAINT uq_commitment_match,
        DROP CONSTRAINT ck_commitment_state,
        ADD COLUMN delegation_id uuid CONSTRAINT fk_commitment_delegation REFERENCES delegation,
        ADD COLUMN unit text,
        ADD COLUMN pledged numeric(18, 4),
        ADD COLUMN confirmed numeric(18, 4),
        ADD COLUMN delivered numeric(18, 4) NOT NULL DEFAULT 0,
        ADD COLUMN tranches jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN withdrawn_reason text NOT NULL DEFAULT '',
        ADD COLUMN revision integer NOT NULL DEFAULT 1`)
    // One row holds one measure: of what was money and in kind, the second becomes a row of its own. An offer that named neither is one unit.
    await q.query(
      `UPDATE commitment SET unit = coalesce(money->>'currency', in_kind->>'unit', 'units'),
         pledged = coalesce((money->>'amount')::numeric, (in_kind->>'quantity')::numeric, 1)`,
    )
    await q.query(
      `INSERT INTO commitment (id, match_id, unit, pledged, due_on, state, created_at)
       SELECT gen_random_uuid(), match_id, in_kind->>'unit', (in_kind->>'quantity')::numeric, due_on, state, created_at
       FROM commitment WHERE money IS NOT NULL AND in_kind IS NOT NULL`,
    )
    await q.query(
      `UPDATE commitment k SET confirmed = pledged, delivered = CASE WHEN state = 'delivered' THEN pledged ELSE 0 END,
         delegation_id = p.delegation_id
       FROM match_party p WHERE p.match_id = k.match_id AND p.role = 'provider'`,
    )
    await q.query(`
      ALTER TABLE commitment
        DROP COLUMN money, DROP COLUMN in_kind,
        ALTER COLUMN delegation_id SET NOT NULL, ALTER COLUMN unit SET NOT NULL, ALTER COLUMN pledged SET NOT NULL,
        ALTER COLUMN state SET DEFAULT 'pledged',
        ADD CONSTRAINT uq_commitment_measure UNIQUE (match_id, delegation_id, unit),
        ADD CONSTRAINT ck_commitment_unit CHECK (unit ~ '^[A-Z]{3}$' OR unit IN ('days', 'places', 'units')),
        ADD CONSTRAINT ck_commitment_amounts CHECK (pledged > 0 AND confirmed > 0 AND delivered BETWEEN 0 AND coalesce(confirmed, 0)),
        ADD CONSTRAINT ck_commitment_state CHECK (state IN ('pledged', 'confirmed', 'partly_delivered', 'delivered', 'withdrawn')),
        ADD CONSTRAINT ck_commitment_confirmed CHECK (state IN ('pledged', 'withdrawn') OR confirmed IS NOT NULL)`)
    await q.query(`CREATE INDEX ix_commitment_delegation ON commitment (delegation_id)`)
  }

  /**
   * Loses matches of more than two parties or without a recommendation, results, reasons, what cancelled matches delivered, and how
   * much of a commitment was pledged or delivered: what was pledged counts as confirmed, in one state for money and kind.
   */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE match_outcome`)
    await q.query(
      `CREATE TEMP TABLE kept_match ON COMMIT DROP AS
       SELECT m.id, m.round_id, m.recommendation_id, p.offer_id, m.request_id, p.delegation_id AS provider_id, b.delegation_id AS beneficiary_id,
         p.accepted_at AS provider_accepted_at, b.accepted_at AS beneficiary_accepted_at,
         CASE WHEN m.state IN ('agreed', 'active', 'completed') THEN 'agreed' WHEN m.state IN ('proposed', 'negotiating') THEN 'proposed' ELSE 'declined' END AS state,
         CASE WHEN m.state = 'cancelled' THEN m.cancelled_reason ELSE m.declined_reason END AS declined_reason, m.due_on, m.created_at, m.revision
       FROM match m JOIN match_party b ON b.match_id = m.id AND b.role = 'beneficiary'
       JOIN match_party p ON p.match_id = m.id AND p.role <> 'beneficiary'
       WHERE m.recommendation_id IS NOT NULL AND (SELECT count(*) FROM match_party x WHERE x.match_id = m.id) = 2`,
    )
    // Once for the same recommendation, offer and beneficiary; two for different requests could be.
    await q.query(
      `DELETE FROM kept_match m USING kept_match o WHERE (o.state <> 'agreed', o.id) < (m.state <> 'agreed', m.id) AND o.state <> 'declined' AND m.state <> 'declined'
         AND (o.recommendation_id, o.offer_id, o.beneficiary_id) = (m.recommendation_id, m.offer_id, m.beneficiary_id)`,
    )
    await q.query(
      `CREATE TEMP TABLE kept_commitment ON COMMIT DROP AS
       SELECT DISTINCT ON (k.match_id) k.id, k.match_id,
         (SELECT json_build_object('amount', coalesce(c.confirmed, c.pledged), 'currency', c.unit)::jsonb FROM commitment c
           WHERE c.match_id = k.match_id AND c.state <> 'withdrawn' AND c.unit ~ '^[A-Z]{3}$' LIMIT 1) AS money,
         (SELECT json_build_object('quantity', coalesce(c.confirmed, c.pledged), 'unit', c.unit)::jsonb FROM commitment c
           WHERE c.match_id = k.match_id AND c.state <> 'withdrawn' AND c.unit !~ '^[A-Z]{3}$' LIMIT 1) AS in_kind,
         k.due_on, CASE k.state WHEN 'delivered' THEN 'delivered' ELSE 'confirmed' END AS state, k.created_at
       FROM commitment k JOIN kept_match m ON m.id = k.match_id WHERE k.state <> 'withdrawn' AND m.state = 'agreed'
       ORDER BY k.match_id, k.unit ~ '^[A-Z]{3}$' DESC, k.id`,
    )
    await q.query(`DROP TABLE commitment`)
    await q.query(`DROP TABLE match_party`)
    await q.query(`DROP TABLE match`)
    for (const kind of ['match', 'commitment'])
      for (const end of ['from', 'to'])
        await q.query(
          `DELETE FROM link WHERE ${end}_kind = '${kind}' AND ${end}_id NOT IN (SELECT id::text FROM kept_${kind})`,
        )
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
    await q.query(
      `INSERT INTO match (id, round_id, recommendation_id, offer_id, request_id, provider_id, beneficiary_id, provider_accepted_at,
         beneficiary_accepted_at, state, declined_reason, due_on, created_at, revision) SELECT * FROM kept_match`,
    )
    await q.query(
      `INSERT INTO commitment (id, match_id, money, in_kind, due_on, state, created_at) SELECT * FROM kept_commitment`,
    )
    await q.query(`
      ALTER TABLE listing
        DROP COLUMN sectors, DROP COLUMN languages, DROP COLUMN interpretation, DROP COLUMN eligible, DROP COLUMN opens_on,
        DROP COLUMN closes_on, DROP COLUMN gap, DROP COLUMN outcome, DROP COLUMN readiness, DROP COLUMN experience,
        DROP COLUMN gender_marker, DROP COLUMN published_at`)
  }
}
