import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Rounds1795000100000 implements MigrationInterface {
  name = 'Rounds1795000100000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE round (
        id uuid CONSTRAINT pk_round PRIMARY KEY,
        number integer NOT NULL CONSTRAINT ck_round_number CHECK (number > 0),
        title text NOT NULL,
        place text NOT NULL,
        opens date NOT NULL,
        closes date NOT NULL,
        status text NOT NULL,
        previous_id uuid CONSTRAINT fk_round_previous REFERENCES round,
        symbol_prefix text NOT NULL,
        languages text[] NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT ck_round_days CHECK (closes >= opens),
        CONSTRAINT ck_round_status CHECK (status IN ('planned', 'open', 'in_session', 'adopted', 'follow_up', 'under_review', 'closed'))
      )`)
    await q.query(`CREATE UNIQUE INDEX ix_round_symbol ON round (symbol_prefix)`)
    await q.query(`
      CREATE TABLE delegation (
        id uuid CONSTRAINT pk_delegation PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_delegation_round REFERENCES round,
        code text NOT NULL,
        name text NOT NULL,
        kind text NOT NULL CONSTRAINT ck_delegation_kind CHECK (kind IN ('member', 'observer', 'stakeholder')),
        credentials text NOT NULL CONSTRAINT ck_delegation_credentials CHECK (credentials IN ('none', 'provisional', 'accepted', 'rejected')),
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT uq_delegation_code UNIQUE (round_id, code)
      )`)
    await q.query(`
      CREATE TABLE body (
        id uuid CONSTRAINT pk_body PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_body_round REFERENCES round,
        code text NOT NULL,
        name text NOT NULL,
        CONSTRAINT uq_body_code UNIQUE (round_id, code)
      )`)
    await q.query(`
      CREATE TABLE body_member (
        body_id uuid NOT NULL CONSTRAINT fk_body_member_body REFERENCES body,
        delegation_id uuid NOT NULL CONSTRAINT fk_body_member_delegation REFERENCES delegation,
        CONSTRAINT pk_body_member PRIMARY KEY (body_id, delegation_id)
      )`)
    await q.query(`
      CREATE TABLE seat (
        id uuid CONSTRAINT pk_seat PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT fk_seat_person REFERENCES person,
        round_id uuid NOT NULL CONSTRAINT fk_seat_round REFERENCES round,
        delegation_id uuid CONSTRAINT fk_seat_delegation REFERENCES delegation,
        role text NOT NULL CONSTRAINT ck_seat_role CHECK (role IN ('head', 'alternate', 'adviser', 'expert', 'chair', 'facilitator', 'rapporteur', 'secretariat', 'admin')),
        starts_at timestamptz NOT NULL,
        ended_at timestamptz,
        CONSTRAINT ck_seat_delegation CHECK (delegation_id IS NOT NULL OR role NOT IN ('head', 'alternate', 'adviser', 'expert'))
      )`)
    await q.query(`CREATE INDEX ix_seat_person ON seat (person_id)`)
    await q.query(`CREATE INDEX ix_seat_delegation ON seat (delegation_id)`)
    await q.query(`
      CREATE TABLE session (
        id uuid CONSTRAINT pk_session PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT fk_session_round REFERENCES round,
        kind text NOT NULL,
        title text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        time_zone text NOT NULL,
        venue text NOT NULL,
        status text NOT NULL CONSTRAINT ck_session_status CHECK (status IN ('draft', 'confirmed', 'live', 'ended', 'cancelled')),
        current_item_id uuid,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT ck_session_times CHECK (ends_at > starts_at)
      )`)
    await q.query(`CREATE INDEX ix_session_round ON session (round_id)`)
    await q.query(`
      CREATE TABLE agenda_item (
        id uuid CONSTRAINT pk_agenda_item PRIMARY KEY,
        session_id uuid NOT NULL CONSTRAINT fk_agenda_item_session REFERENCES session,
        number text NOT NULL,
        title text NOT NULL,
        questions text[] NOT NULL,
        document_id uuid,
        CONSTRAINT uq_agenda_item_number UNIQUE (session_id, number)
      )`)
    await q.query(
      `ALTER TABLE session ADD CONSTRAINT fk_session_current_item FOREIGN KEY (current_item_id) REFERENCES agenda_item`,
    )
  }

  /** Loses every round with its sessions, agenda, delegations, groups and seats. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE session DROP CONSTRAINT fk_session_current_item`)
    await q.query(`DROP TABLE agenda_item`)
    await q.query(`DROP TABLE session`)
    await q.query(`DROP TABLE seat`)
    await q.query(`DROP TABLE body_member`)
    await q.query(`DROP TABLE body`)
    await q.query(`DROP TABLE delegation`)
    await q.query(`DROP TABLE round`)
  }
}
