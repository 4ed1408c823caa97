import type { MigrationInterface, QueryRunner } from 'typeorm'

const RULES = { reviewStakeholders: false, officersInInformals: true }

/** Keeping order in the dialogue, and informal consultations beside a text. */
export class OrderAndInformals1795001080000 implements MigrationInterface {
  name = 'OrderAndInformals1795001080000'

  async up(q: QueryRunner): Promise<void> {
    await this.setRules(q, (rules) => ({ ...rules, ...RULES }))
    await q.query(`UPDATE round SET rules = rules || $1`, [JSON.stringify(RULES)])
    await q.query(`
      ALTER TABLE thread ADD COLUMN slow_seconds integer NOT NULL DEFAULT 0
        CONSTRAINT ck_thread_slow_seconds CHECK (slow_seconds BETWEEN 0 AND 3600),
        ADD COLUMN reviewed boolean NOT NULL DEFAULT false`)
    await q.query(`
      ALTER TABLE message ADD COLUMN state text NOT NULL DEFAULT 'shown'
        CONSTRAINT ck_message_state CHECK (state IN ('shown', 'waiting', 'hidden', 'declined')),
        ADD COLUMN state_reason text,
        ADD COLUMN state_at timestamptz,
        ADD COLUMN state_seat_id uuid CONSTRAINT fk_message_state_seat REFERENCES seat,
        ADD CONSTRAINT ck_message_state_reason
          CHECK (state NOT IN ('hidden', 'declined') OR num_nonnulls(state_reason, state_at, state_seat_id) = 3)`)
    await q.query(`
      CREATE TABLE message_flag (
        message_id uuid NOT NULL CONSTRAINT fk_message_flag_message REFERENCES message,
        person_id uuid NOT NULL CONSTRAINT fk_message_flag_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_message_flag_seat REFERENCES seat,
        reason text NOT NULL,
        at timestamptz NOT NULL,
        settled_at timestamptz,
        CONSTRAINT pk_message_flag PRIMARY KEY (message_id, person_id)
      )`)
    await q.query(`
      CREATE TABLE moderation_act (
        id bigint GENERATED ALWAYS AS IDENTITY,
        message_id uuid NOT NULL CONSTRAINT fk_moderation_act_message REFERENCES message,
        act text NOT NULL CONSTRAINT ck_moderation_act_act
          CHECK (act IN ('flagged', 'unflagged', 'hidden', 'restored', 'dismissed', 'released', 'declined')),
        reason text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT fk_moderation_act_person REFERENCES person,
        seat_id uuid NOT NULL CONSTRAINT fk_moderation_act_seat REFERENCES seat,
        at timestamptz NOT NULL,
        CONSTRAINT pk_moderation_act PRIMARY KEY (id)
      )`)
    await q.query(`CREATE INDEX ix_moderation_act_message ON moderation_act (message_id, id)`)
    await q.query(`
      CREATE TABLE mute (
        id bigint GENERATED ALWAYS AS IDENTITY,
        round_id uuid NOT NULL CONSTRAINT fk_mute_round REFERENCES round,
        person_id uuid NOT NULL CONSTRAINT fk_mute_person REFERENCES person,
        reason text NOT NULL,
        at timestamptz NOT NULL,
        until timestamptz NOT NULL,
        by_seat_id uuid NOT NULL CONSTRAINT fk_mute_by_seat REFERENCES seat,
        lifted_at timestamptz,
        lifted_by_seat_id uuid CONSTRAINT fk_mute_lifted_by_seat REFERENCES seat,
        CONSTRAINT ck_mute_until CHECK (until > at),
        CONSTRAINT ck_mute_lifted CHECK ((lifted_at IS NULL) = (lifted_by_seat_id IS NULL)),
        CONSTRAINT pk_mute PRIMARY KEY (id)
      )`)
    await q.query(`CREATE INDEX ix_mute_round ON mute (round_id, person_id)`)
    for (const table of ['message_wording', 'moderation_act'])
      await q.query(
        `CREATE TRIGGER tr_${table}_stays BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      )
    await this.upInformals(q)
  }

  private async upInformals(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_kind`)
    await q.query(`
      ALTER TABLE document ADD CONSTRAINT ck_document_kind CHECK (kind IN
        ('vision_statement', 'action_plan', 'outcome', 'proposal', 'translation', 'agenda', 'report', 'informal'))`)
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_visibility`)
    await q.query(`
      ALTER TABLE document ADD CONSTRAINT ck_document_visibility
        CHECK (visibility IN ('delegation', 'participants', 'invited'))`)
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_owner`)
    await q.query(`
      ALTER TABLE document ADD CONSTRAINT ck_document_owner
        CHECK (visibility <> 'delegation' OR owner_delegation_id IS NOT NULL)`)
    await q.query(`
      ALTER TABLE document ADD COLUMN invited uuid[],
        ADD COLUMN convener_seat_id uuid CONSTRAINT fk_document_convener REFERENCES seat,
        ADD COLUMN officers_read boolean,
        ADD CONSTRAINT ck_document_invited
          CHECK (num_nonnulls(invited, convener_seat_id, officers_read) = CASE WHEN kind = 'informal' THEN 3 ELSE 0 END),
        ADD CONSTRAINT ck_document_informal CHECK ((kind = 'informal') = (visibility = 'invited'))`)
    await q.query(`
      CREATE TABLE informal (
        id uuid NOT NULL CONSTRAINT fk_informal_text REFERENCES document,
        document_id uuid NOT NULL CONSTRAINT fk_informal_document REFERENCES document,
        no bigint NOT NULL,
        opened_at timestamptz NOT NULL,
        closed_at timestamptz,
        closed_by_seat_id uuid CONSTRAINT fk_informal_closed_by_seat REFERENCES seat,
        CONSTRAINT ck_informal_closed CHECK ((closed_at IS NULL) = (closed_by_seat_id IS NULL)),
        CONSTRAINT pk_informal PRIMARY KEY (id)
      )`)
    await q.query(`CREATE INDEX ix_informal_document ON informal (document_id)`)
    await q.query(`
      CREATE TABLE informal_paragraph (
        informal_id uuid NOT NULL CONSTRAINT fk_informal_paragraph_informal REFERENCES informal,
        paragraph_id text NOT NULL,
        hash text NOT NULL,
        place integer NOT NULL,
        base jsonb NOT NULL,
        CONSTRAINT pk_informal_paragraph PRIMARY KEY (informal_id, paragraph_id)
      )`)
    await q.query(`
      ALTER TABLE proposal ALTER COLUMN delegation_id DROP NOT NULL,
        ADD COLUMN informal_id uuid CONSTRAINT fk_proposal_informal REFERENCES informal,
        ADD CONSTRAINT ck_proposal_maker CHECK (num_nonnulls(delegation_id, informal_id) = 1)`)
  }

  /** Loses who flagged, hid, muted and reviewed, and who was invited to informal consultations. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE proposal DROP CONSTRAINT ck_proposal_maker`)
    // What they proposed and their words stay, with the delegation that was invited first.
    await q.query(`
      UPDATE proposal p SET delegation_id = d.invited[1] FROM document d WHERE d.id = p.informal_id`)
    await q.query(`ALTER TABLE proposal DROP COLUMN informal_id, ALTER COLUMN delegation_id SET NOT NULL`)
    await q.query(`DROP TABLE informal_paragraph`)
    await q.query(`DROP TABLE informal`)
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_informal, DROP CONSTRAINT ck_document_invited`)
    await q.query(`
      UPDATE document SET kind = 'outcome', visibility = 'delegation', mode = 'frozen', owner_delegation_id = invited[1]
      WHERE kind = 'informal'`)
    await q.query(`
      ALTER TABLE document DROP COLUMN officers_read, DROP COLUMN convener_seat_id, DROP COLUMN invited`)
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_owner`)
    await q.query(`
      ALTER TABLE document ADD CONSTRAINT ck_document_owner
        CHECK (visibility = 'participants' OR owner_delegation_id IS NOT NULL)`)
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_visibility`)
    await q.query(`
      ALTER TABLE document ADD CONSTRAINT ck_document_visibility CHECK (visibility IN ('delegation', 'participants'))`)
    await q.query(`ALTER TABLE document DROP CONSTRAINT ck_document_kind`)
    await q.query(`
      ALTER TABLE document ADD CONSTRAINT ck_document_kind CHECK (kind IN
        ('vision_statement', 'action_plan', 'outcome', 'proposal', 'translation', 'agenda', 'report'))`)
    for (const table of ['moderation_act', 'message_wording'])
      await q.query(`DROP TRIGGER tr_${table}_stays ON ${table}`)
    await q.query(`DROP TABLE mute`)
    await q.query(`DROP TABLE moderation_act`)
    await q.query(`DROP TABLE message_flag`)
    await q.query(`
      ALTER TABLE message DROP CONSTRAINT ck_message_state_reason, DROP COLUMN state_seat_id, DROP COLUMN state_at,
        DROP COLUMN state_reason, DROP COLUMN state`)
    await q.query(`ALTER TABLE thread DROP COLUMN reviewed, DROP COLUMN slow_seconds`)
    await q.query(`UPDATE round SET rules = rules - $1::text[]`, [Object.keys(RULES)])
    await this.setRules(q, (rules) =>
      Object.fromEntries(Object.entries(rules).filter(([name]) => !Object.keys(RULES).includes(name))),
    )
  }

  /** Other rules of the default stay as they are. */
  private async setRules(q: QueryRunner, change: (rules: object) => object): Promise<void> {
    const [found] = (await q.query(`
      SELECT pg_get_expr(d.adbin, d.adrelid) AS expression FROM pg_attrdef d
      JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
      WHERE a.attrelid = 'round'::regclass AND a.attname = 'rules'`)) as { expression: string }[]
    const [known] = (await q.query(`SELECT ${found!.expression} AS rules`)) as { rules: object }[]
    const literal = JSON.stringify(change(known!.rules)).replaceAll("'", "''")
    await q.query(`ALTER TABLE round ALTER COLUMN rules SET DEFAULT '${literal}'::jsonb`)
  }
}
