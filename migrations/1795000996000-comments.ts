import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Comments on words of texts: where they stand, who sees them and what was said. */
export class Comments1795000996000 implements MigrationInterface {
  name = 'Comments1795000996000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE comment (
        id uuid CONSTRAINT pk_comment PRIMARY KEY,
        document_id uuid NOT NULL CONSTRAINT fk_comment_document REFERENCES document,
        paragraph_id text NOT NULL,
        place_from integer NOT NULL,
        no bigint NOT NULL,
        is_gone boolean NOT NULL DEFAULT false,
        anchor_from bytea NOT NULL,
        anchor_to bytea NOT NULL,
        quote text NOT NULL,
        words text NOT NULL,
        visibility text NOT NULL
          CONSTRAINT ck_comment_visibility CHECK (visibility IN ('delegation', 'group', 'room', 'public')),
        delegation_id uuid CONSTRAINT fk_comment_delegation REFERENCES delegation,
        body_id uuid CONSTRAINT fk_comment_body REFERENCES body,
        person_id uuid NOT NULL CONSTRAINT fk_comment_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_comment_seat REFERENCES seat,
        made_at timestamptz NOT NULL,
        resolved_at timestamptz,
        resolved_person_id uuid CONSTRAINT fk_comment_resolved_person REFERENCES person,
        resolved_seat_id uuid CONSTRAINT fk_comment_resolved_seat REFERENCES seat,
        CONSTRAINT ck_comment_group CHECK ((visibility = 'group') = (body_id IS NOT NULL)),
        CONSTRAINT ck_comment_own CHECK (visibility NOT IN ('delegation', 'group') OR delegation_id IS NOT NULL),
        CONSTRAINT ck_comment_resolved CHECK (num_nonnulls(resolved_at, resolved_person_id, resolved_seat_id) IN (0, 3))
      )`)
    await q.query(`CREATE INDEX ix_comment_document ON comment (document_id, made_at)`)
    await q.query(`
      CREATE TABLE remark (
        id uuid CONSTRAINT pk_remark PRIMARY KEY,
        comment_id uuid NOT NULL CONSTRAINT fk_remark_comment REFERENCES comment,
        body text NOT NULL CONSTRAINT ck_remark_body CHECK (length(body) BETWEEN 1 AND 4000),
        language text NOT NULL CONSTRAINT ck_remark_language CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
        person_id uuid NOT NULL CONSTRAINT fk_remark_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_remark_seat REFERENCES seat,
        at timestamptz NOT NULL,
        edited_at timestamptz,
        withdrawn_at timestamptz,
        number bigint GENERATED ALWAYS AS IDENTITY
      )`)
    await q.query(`CREATE INDEX ix_remark_comment ON remark (comment_id, number)`)
    await q.query(`
      CREATE TABLE remark_wording (
        remark_id uuid NOT NULL CONSTRAINT fk_remark_wording_remark REFERENCES remark,
        body text NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT pk_remark_wording PRIMARY KEY (remark_id, at)
      )`)
  }

  /** Loses every comment. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE remark_wording`)
    await q.query(`DROP TABLE remark`)
    await q.query(`DROP TABLE comment`)
  }
}
