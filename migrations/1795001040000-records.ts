import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Who is present at a session, and with how many a decision was taken. */
export class Records1795001040000 implements MigrationInterface {
  name = 'Records1795001040000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE presence (
        session_id uuid NOT NULL CONSTRAINT fk_presence_session REFERENCES session,
        seat_id uuid NOT NULL CONSTRAINT fk_presence_seat REFERENCES seat,
        server uuid NOT NULL,
        left_at timestamptz,
        alive_at timestamptz NOT NULL,
        CONSTRAINT pk_presence PRIMARY KEY (session_id, seat_id, server)
      )`)
    await q.query(`CREATE INDEX ix_presence_server ON presence (server)`)
    await q.query(`
      CREATE TABLE attendance (
        session_id uuid NOT NULL CONSTRAINT fk_attendance_session REFERENCES session,
        delegation_id uuid NOT NULL CONSTRAINT fk_attendance_delegation REFERENCES delegation,
        in_room boolean NOT NULL DEFAULT false,
        room_at timestamptz,
        online_at timestamptz,
        person_id uuid CONSTRAINT fk_attendance_person REFERENCES person,
        seat_id uuid CONSTRAINT fk_attendance_seat REFERENCES seat,
        CONSTRAINT ck_attendance_room CHECK (NOT in_room OR room_at IS NOT NULL),
        CONSTRAINT ck_attendance_declared CHECK (num_nonnulls(room_at, person_id, seat_id) IN (0, 3)),
        CONSTRAINT pk_attendance PRIMARY KEY (session_id, delegation_id)
      )`)
    await q.query(`ALTER TABLE procedure ADD COLUMN present uuid[]`)
  }

  /** Loses who was present. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE procedure DROP COLUMN present`)
    await q.query(`DROP TABLE attendance`)
    await q.query(`DROP TABLE presence`)
  }
}
