-- The schema after all migrations. Generated; change it with a migration.

CREATE TABLE agenda_item (
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  questions text[] NOT NULL,
  document_id uuid,
  state text DEFAULT 'open'::text NOT NULL,
  closed_at timestamp with time zone,
  closed_reason text DEFAULT ''::text NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  CONSTRAINT ck_agenda_item_closed CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
  CONSTRAINT ck_agenda_item_state CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
  CONSTRAINT fk_agenda_item_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_agenda_item_session FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT pk_agenda_item PRIMARY KEY (id),
  CONSTRAINT uq_agenda_item_number UNIQUE (session_id, number)
);

CREATE TABLE attachment (
  id uuid NOT NULL,
  thread_id uuid NOT NULL,
  message_id uuid,
  place integer,
  seat_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  size integer NOT NULL,
  sha256 text NOT NULL,
  bytes bytea NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_attachment_hash CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT ck_attachment_kind CHECK ((kind = ANY (ARRAY['pdf'::text, 'docx'::text, 'xlsx'::text, 'pptx'::text, 'png'::text, 'jpeg'::text, 'txt'::text, 'csv'::text]))),
  CONSTRAINT ck_attachment_name CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CONSTRAINT ck_attachment_place CHECK ((((message_id IS NULL) = (place IS NULL)) AND ((place IS NULL) OR ((place >= 1) AND (place <= 5))))),
  CONSTRAINT ck_attachment_size CHECK (((size >= 1) AND (size <= 10485760))),
  CONSTRAINT fk_attachment_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT fk_attachment_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_attachment_thread FOREIGN KEY (thread_id) REFERENCES thread(id),
  CONSTRAINT pk_attachment PRIMARY KEY (id),
  CONSTRAINT uq_attachment_place UNIQUE (message_id, place)
);
CREATE INDEX ix_attachment_waiting ON public.attachment USING btree (seat_id, at) WHERE (message_id IS NULL);

CREATE TABLE attendance (
  session_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  in_room boolean DEFAULT false NOT NULL,
  room_at timestamp with time zone,
  online_at timestamp with time zone,
  person_id uuid,
  seat_id uuid,
  CONSTRAINT ck_attendance_declared CHECK ((num_nonnulls(room_at, person_id, seat_id) = ANY (ARRAY[0, 3]))),
  CONSTRAINT ck_attendance_room CHECK (((NOT in_room) OR (room_at IS NOT NULL))),
  CONSTRAINT fk_attendance_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_attendance_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_attendance_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_attendance_session FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT pk_attendance PRIMARY KEY (session_id, delegation_id)
);

CREATE TABLE body (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  CONSTRAINT fk_body_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT pk_body PRIMARY KEY (id),
  CONSTRAINT uq_body_code UNIQUE (round_id, code)
);

CREATE TABLE body_member (
  body_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  CONSTRAINT fk_body_member_body FOREIGN KEY (body_id) REFERENCES body(id),
  CONSTRAINT fk_body_member_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT pk_body_member PRIMARY KEY (body_id, delegation_id)
);

CREATE TABLE bracket (
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  alternative_of uuid,
  reason text,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  outcome text,
  CONSTRAINT ck_bracket_closed CHECK (((closed_at IS NULL) = (outcome IS NULL))),
  CONSTRAINT ck_bracket_outcome CHECK ((outcome = ANY (ARRAY['kept'::text, 'deleted'::text, 'replaced'::text, 'lost'::text]))),
  CONSTRAINT fk_bracket_alternative_of FOREIGN KEY (alternative_of) REFERENCES bracket(id),
  CONSTRAINT fk_bracket_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_bracket_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_bracket_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_bracket PRIMARY KEY (id)
);
CREATE INDEX ix_bracket_open ON public.bracket USING btree (document_id) WHERE (closed_at IS NULL);

CREATE TABLE bracket_delegation (
  bracket_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  CONSTRAINT fk_bracket_delegation_bracket FOREIGN KEY (bracket_id) REFERENCES bracket(id),
  CONSTRAINT fk_bracket_delegation_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT pk_bracket_delegation PRIMARY KEY (bracket_id, delegation_id)
);

CREATE TABLE calendar_feed (
  id uuid NOT NULL,
  scope text NOT NULL,
  seat_id uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT ck_calendar_feed_scope CHECK ((scope = ANY (ARRAY['person'::text, 'delegation'::text, 'round'::text]))),
  CONSTRAINT fk_calendar_feed_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_calendar_feed PRIMARY KEY (id),
  CONSTRAINT uq_calendar_feed_seat UNIQUE (seat_id, scope)
);

CREATE TABLE carry_over (
  round_id uuid NOT NULL,
  recommendation_id uuid NOT NULL,
  act text NOT NULL,
  into_id uuid,
  reason text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_carry_over_act CHECK ((act = ANY (ARRAY['carried'::text, 'closed'::text, 'merged'::text]))),
  CONSTRAINT ck_carry_over_into CHECK ((((act = 'merged'::text) = (into_id IS NOT NULL)) AND (into_id <> recommendation_id))),
  CONSTRAINT ck_carry_over_reason CHECK (((act = 'carried'::text) OR (reason <> ''::text))),
  CONSTRAINT fk_carry_over_into FOREIGN KEY (into_id) REFERENCES recommendation(id),
  CONSTRAINT fk_carry_over_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_carry_over_recommendation FOREIGN KEY (recommendation_id) REFERENCES recommendation(id),
  CONSTRAINT fk_carry_over_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_carry_over_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_carry_over PRIMARY KEY (round_id, recommendation_id)
);
CREATE INDEX ix_carry_over_into ON public.carry_over USING btree (into_id);
CREATE INDEX ix_carry_over_recommendation ON public.carry_over USING btree (recommendation_id);

CREATE TABLE comment (
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  paragraph_id text NOT NULL,
  place_from integer NOT NULL,
  no bigint NOT NULL,
  is_gone boolean DEFAULT false NOT NULL,
  anchor_from bytea NOT NULL,
  anchor_to bytea NOT NULL,
  quote text NOT NULL,
  words text NOT NULL,
  visibility text NOT NULL,
  delegation_id uuid,
  body_id uuid,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  resolved_at timestamp with time zone,
  resolved_person_id uuid,
  resolved_seat_id uuid,
  CONSTRAINT ck_comment_group CHECK (((visibility = 'group'::text) = (body_id IS NOT NULL))),
  CONSTRAINT ck_comment_own CHECK (((visibility <> ALL (ARRAY['delegation'::text, 'group'::text])) OR (delegation_id IS NOT NULL))),
  CONSTRAINT ck_comment_resolved CHECK ((num_nonnulls(resolved_at, resolved_person_id, resolved_seat_id) = ANY (ARRAY[0, 3]))),
  CONSTRAINT ck_comment_visibility CHECK ((visibility = ANY (ARRAY['delegation'::text, 'group'::text, 'room'::text, 'public'::text]))),
  CONSTRAINT fk_comment_body FOREIGN KEY (body_id) REFERENCES body(id),
  CONSTRAINT fk_comment_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_comment_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_comment_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_comment_resolved_person FOREIGN KEY (resolved_person_id) REFERENCES person(id),
  CONSTRAINT fk_comment_resolved_seat FOREIGN KEY (resolved_seat_id) REFERENCES seat(id),
  CONSTRAINT fk_comment_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_comment PRIMARY KEY (id)
);
CREATE INDEX ix_comment_document ON public.comment USING btree (document_id, made_at);

CREATE TABLE commitment (
  id uuid NOT NULL,
  match_id uuid NOT NULL,
  due_on date NOT NULL,
  state text DEFAULT 'pledged'::text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  delegation_id uuid NOT NULL,
  unit text NOT NULL,
  pledged numeric(18,4) NOT NULL,
  confirmed numeric(18,4),
  delivered numeric(18,4) DEFAULT 0 NOT NULL,
  tranches jsonb DEFAULT '[]'::jsonb NOT NULL,
  withdrawn_reason text DEFAULT ''::text NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  confirmed_at timestamp with time zone,
  delivered_at timestamp with time zone,
  CONSTRAINT ck_commitment_amounts CHECK (((pledged > (0)::numeric) AND (confirmed > (0)::numeric) AND ((delivered >= (0)::numeric) AND (delivered <= COALESCE(confirmed, (0)::numeric))))),
  CONSTRAINT ck_commitment_confirmed CHECK (((state = ANY (ARRAY['pledged'::text, 'withdrawn'::text])) OR (confirmed IS NOT NULL))),
  CONSTRAINT ck_commitment_confirmed_at CHECK (((confirmed IS NULL) = (confirmed_at IS NULL))),
  CONSTRAINT ck_commitment_delivered_at CHECK (((delivered > (0)::numeric) = (delivered_at IS NOT NULL))),
  CONSTRAINT ck_commitment_state CHECK ((state = ANY (ARRAY['pledged'::text, 'confirmed'::text, 'partly_delivered'::text, 'delivered'::text, 'withdrawn'::text]))),
  CONSTRAINT ck_commitment_unit CHECK (((unit ~ '^[A-Z]{3}$'::text) OR (unit = ANY (ARRAY['days'::text, 'places'::text, 'units'::text])))),
  CONSTRAINT fk_commitment_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_commitment_match FOREIGN KEY (match_id) REFERENCES match(id),
  CONSTRAINT pk_commitment PRIMARY KEY (id),
  CONSTRAINT uq_commitment_measure UNIQUE (match_id, delegation_id, unit)
);
CREATE INDEX ix_commitment_delegation ON public.commitment USING btree (delegation_id);

CREATE TABLE country (
  code text NOT NULL,
  alpha2 text NOT NULL,
  m49 smallint NOT NULL,
  region smallint NOT NULL,
  subregion smallint NOT NULL,
  CONSTRAINT ck_country_code CHECK ((code ~ '^[A-Z]{3}$'::text)),
  CONSTRAINT pk_country PRIMARY KEY (code),
  CONSTRAINT uq_country_alpha UNIQUE (alpha2),
  CONSTRAINT uq_country_number UNIQUE (m49)
);

CREATE TABLE country_group (
  name text NOT NULL,
  country text NOT NULL,
  since date NOT NULL,
  until date,
  CONSTRAINT ck_country_group_name CHECK ((name ~ '^[A-Z]{3,4}$'::text)),
  CONSTRAINT ck_country_group_until CHECK ((until > since)),
  CONSTRAINT fk_country_group_country FOREIGN KEY (country) REFERENCES country(code),
  CONSTRAINT pk_country_group PRIMARY KEY (country, name, since)
);

CREATE TABLE delegation (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  credentials text NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  CONSTRAINT ck_delegation_credentials CHECK ((credentials = ANY (ARRAY['none'::text, 'provisional'::text, 'accepted'::text, 'rejected'::text]))),
  CONSTRAINT ck_delegation_kind CHECK ((kind = ANY (ARRAY['member'::text, 'observer'::text, 'stakeholder'::text]))),
  CONSTRAINT fk_delegation_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT pk_delegation PRIMARY KEY (id),
  CONSTRAINT uq_delegation_code UNIQUE (round_id, code)
);

CREATE TABLE document (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  symbol text,
  mode text DEFAULT 'drafting'::text NOT NULL,
  visibility text NOT NULL,
  owner_delegation_id uuid,
  language text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  adopted_at timestamp with time zone,
  adopted_no bigint,
  adopted_by_person_id uuid,
  adopted_by_seat_id uuid,
  review_on date,
  vision_id uuid,
  procedure_id uuid,
  invited uuid[],
  convener_seat_id uuid,
  officers_read boolean,
  CONSTRAINT ck_document_adopted CHECK (((adopted_at IS NULL) OR ((mode = 'frozen'::text) AND (adopted_no IS NOT NULL)))),
  CONSTRAINT ck_document_informal CHECK (((kind = 'informal'::text) = (visibility = 'invited'::text))),
  CONSTRAINT ck_document_invited CHECK ((num_nonnulls(invited, convener_seat_id, officers_read) =
CASE
    WHEN (kind = 'informal'::text) THEN 3
    ELSE 0
END)),
  CONSTRAINT ck_document_kind CHECK ((kind = ANY (ARRAY['vision_statement'::text, 'action_plan'::text, 'outcome'::text, 'policy_statement'::text, 'proposal'::text, 'translation'::text, 'agenda'::text, 'report'::text, 'informal'::text]))),
  CONSTRAINT ck_document_mode CHECK ((mode = ANY (ARRAY['drafting'::text, 'negotiating'::text, 'frozen'::text]))),
  CONSTRAINT ck_document_owner CHECK (((visibility <> 'delegation'::text) OR (owner_delegation_id IS NOT NULL))),
  CONSTRAINT ck_document_visibility CHECK ((visibility = ANY (ARRAY['delegation'::text, 'participants'::text, 'invited'::text]))),
  CONSTRAINT fk_document_adopted_by_person FOREIGN KEY (adopted_by_person_id) REFERENCES person(id),
  CONSTRAINT fk_document_adopted_by_seat FOREIGN KEY (adopted_by_seat_id) REFERENCES seat(id),
  CONSTRAINT fk_document_convener FOREIGN KEY (convener_seat_id) REFERENCES seat(id),
  CONSTRAINT fk_document_owner FOREIGN KEY (owner_delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_document_procedure FOREIGN KEY (procedure_id) REFERENCES procedure(id),
  CONSTRAINT fk_document_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_document_vision FOREIGN KEY (vision_id) REFERENCES document(id),
  CONSTRAINT pk_document PRIMARY KEY (id)
);
CREATE INDEX ix_document_adopted ON public.document USING btree (round_id) WHERE (adopted_at IS NOT NULL);
CREATE UNIQUE INDEX ix_document_agenda ON public.document USING btree (round_id) WHERE (kind = 'agenda'::text);
CREATE INDEX ix_document_round ON public.document USING btree (round_id);
CREATE UNIQUE INDEX ix_document_symbol ON public.document USING btree (symbol) WHERE (symbol IS NOT NULL);

CREATE TABLE document_author (
  document_id uuid NOT NULL,
  client_id bigint NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_document_author_log FOREIGN KEY (document_id) REFERENCES document_log(document_id),
  CONSTRAINT pk_document_author PRIMARY KEY (document_id, client_id)
);

CREATE TABLE document_credit (
  document_id uuid NOT NULL,
  client_id bigint NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  CONSTRAINT fk_document_credit_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_document_credit_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_document_credit_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_document_credit PRIMARY KEY (document_id, client_id)
);

CREATE TABLE document_log (
  document_id uuid NOT NULL,
  no bigint DEFAULT 0 NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT fk_document_log_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT pk_document_log PRIMARY KEY (document_id)
);

CREATE TABLE document_projection (
  document_id uuid NOT NULL,
  name text NOT NULL,
  no bigint NOT NULL,
  CONSTRAINT fk_document_projection_log FOREIGN KEY (document_id) REFERENCES document_log(document_id),
  CONSTRAINT pk_document_projection PRIMARY KEY (document_id, name)
);

CREATE TABLE document_refusal (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  document_id uuid NOT NULL,
  problem text NOT NULL,
  client_id bigint,
  person_id uuid NOT NULL,
  seat_id uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_document_refusal_log FOREIGN KEY (document_id) REFERENCES document_log(document_id),
  CONSTRAINT pk_document_refusal PRIMARY KEY (id)
);
CREATE INDEX ix_document_refusal_document ON public.document_refusal USING btree (document_id, at);

CREATE TABLE document_snapshot (
  document_id uuid NOT NULL,
  no bigint NOT NULL,
  state bytea NOT NULL,
  at timestamp with time zone NOT NULL,
  vector bytea NOT NULL,
  deletions bytea NOT NULL,
  CONSTRAINT fk_document_snapshot_log FOREIGN KEY (document_id) REFERENCES document_log(document_id),
  CONSTRAINT pk_document_snapshot PRIMARY KEY (document_id, no)
);

CREATE TABLE document_update (
  document_id uuid NOT NULL,
  no bigint NOT NULL,
  bytes bytea NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT pk_document_update PRIMARY KEY (document_id, no, at)
);

CREATE TABLE document_version (
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  no bigint NOT NULL,
  name text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_document_version_log FOREIGN KEY (document_id) REFERENCES document_log(document_id),
  CONSTRAINT fk_document_version_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_document_version_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_document_version PRIMARY KEY (id),
  CONSTRAINT uq_document_version_name UNIQUE (document_id, name)
);

CREATE TABLE event (
  stream text NOT NULL,
  seq bigint NOT NULL,
  name text NOT NULL,
  payload jsonb NOT NULL,
  actor jsonb NOT NULL,
  audience jsonb,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_event_stream FOREIGN KEY (stream) REFERENCES event_stream(stream),
  CONSTRAINT pk_event PRIMARY KEY (stream, seq)
);
CREATE INDEX ix_event_session ON public.event USING btree (((payload ->> 'sessionId'::text)), seq) WHERE (name = 'session.changed'::text);

CREATE TABLE event_stream (
  stream text NOT NULL,
  seq bigint NOT NULL,
  CONSTRAINT pk_event_stream PRIMARY KEY (stream)
);

CREATE TABLE evidence_withdrawal (
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  reason text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  restored_at timestamp with time zone,
  restored_by uuid,
  CONSTRAINT ck_evidence_withdrawal_reason CHECK ((reason <> ''::text)),
  CONSTRAINT ck_evidence_withdrawal_restored CHECK (((restored_at IS NULL) = (restored_by IS NULL))),
  CONSTRAINT fk_evidence_withdrawal_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_evidence_withdrawal_report FOREIGN KEY (report_id) REFERENCES report(id),
  CONSTRAINT fk_evidence_withdrawal_restored_by FOREIGN KEY (restored_by) REFERENCES seat(id),
  CONSTRAINT fk_evidence_withdrawal_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_evidence_withdrawal PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_evidence_withdrawal_open ON public.evidence_withdrawal USING btree (report_id) WHERE (restored_at IS NULL);
CREATE INDEX ix_evidence_withdrawal_report ON public.evidence_withdrawal USING btree (report_id);

CREATE TABLE finding (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  delegation_id uuid,
  kind text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  source text NOT NULL,
  source_url text,
  language text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  revision integer DEFAULT 1 NOT NULL,
  CONSTRAINT ck_finding_kind CHECK ((kind = ANY (ARRAY['strength'::text, 'obstacle'::text, 'gap'::text, 'leverage'::text, 'risk'::text]))),
  CONSTRAINT fk_finding_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_finding_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_finding_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_finding_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_finding PRIMARY KEY (id)
);
CREATE INDEX ix_finding_round ON public.finding USING btree (round_id, created_at);

CREATE TABLE focal_point (
  id uuid NOT NULL,
  seat_id uuid NOT NULL,
  topic text NOT NULL,
  languages text[] NOT NULL,
  time_zone text NOT NULL,
  named_by uuid NOT NULL,
  named_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT ck_focal_point_languages CHECK (((cardinality(languages) > 0) AND (languages <@ ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT ck_focal_point_topic CHECK ((topic <> ''::text)),
  CONSTRAINT fk_focal_point_named_by FOREIGN KEY (named_by) REFERENCES seat(id),
  CONSTRAINT fk_focal_point_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_focal_point PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_focal_point_topic ON public.focal_point USING btree (seat_id, topic) WHERE (ended_at IS NULL);

CREATE TABLE guiding_question (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  delegation_id uuid,
  body text NOT NULL,
  language text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  revision integer DEFAULT 1 NOT NULL,
  CONSTRAINT fk_guiding_question_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_guiding_question_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_guiding_question_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_guiding_question_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_guiding_question PRIMARY KEY (id)
);
CREATE INDEX ix_guiding_question_round ON public.guiding_question USING btree (round_id, created_at);

CREATE TABLE idempotency_key (
  key text NOT NULL,
  holder text NOT NULL,
  command text NOT NULL,
  input_hash text NOT NULL,
  answer jsonb,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT pk_idempotency_key PRIMARY KEY (key, holder)
);
CREATE INDEX ix_idempotency_key_created ON public.idempotency_key USING btree (created_at);

CREATE TABLE informal (
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  no bigint NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  closed_by_seat_id uuid,
  CONSTRAINT ck_informal_closed CHECK (((closed_at IS NULL) = (closed_by_seat_id IS NULL))),
  CONSTRAINT fk_informal_closed_by_seat FOREIGN KEY (closed_by_seat_id) REFERENCES seat(id),
  CONSTRAINT fk_informal_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_informal_text FOREIGN KEY (id) REFERENCES document(id),
  CONSTRAINT pk_informal PRIMARY KEY (id)
);
CREATE INDEX ix_informal_document ON public.informal USING btree (document_id);

CREATE TABLE informal_paragraph (
  informal_id uuid NOT NULL,
  paragraph_id text NOT NULL,
  hash text NOT NULL,
  place integer NOT NULL,
  base jsonb NOT NULL,
  CONSTRAINT fk_informal_paragraph_informal FOREIGN KEY (informal_id) REFERENCES informal(id),
  CONSTRAINT pk_informal_paragraph PRIMARY KEY (informal_id, paragraph_id)
);

CREATE TABLE invitation (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid,
  made_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT fk_invitation_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_invitation_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_invitation PRIMARY KEY (id)
);
CREATE INDEX ix_invitation_person ON public.invitation USING btree (person_id);

CREATE TABLE issued_document (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  document_id uuid NOT NULL,
  symbol text NOT NULL,
  series text NOT NULL,
  base_id uuid,
  modifier text,
  supersedes_id uuid,
  title text NOT NULL,
  distribution text NOT NULL,
  language text NOT NULL,
  no bigint NOT NULL,
  content jsonb NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  issued_at timestamp with time zone NOT NULL,
  CONSTRAINT ck_issued_document_base CHECK (((base_id IS NULL) = (modifier IS NULL))),
  CONSTRAINT ck_issued_document_distribution CHECK ((distribution = ANY (ARRAY['general'::text, 'limited'::text, 'restricted'::text]))),
  CONSTRAINT ck_issued_document_modifier CHECK ((modifier = ANY (ARRAY['Rev'::text, 'Corr'::text, 'Add'::text]))),
  CONSTRAINT ck_issued_document_series CHECK ((series = ANY (ARRAY[''::text, 'L'::text, 'CRP'::text, 'WP'::text, 'INF'::text, 'Dec'::text, 'Res'::text, 'SR'::text, 'PV'::text]))),
  CONSTRAINT fk_issued_document_base FOREIGN KEY (base_id) REFERENCES issued_document(id),
  CONSTRAINT fk_issued_document_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_issued_document_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_issued_document_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_issued_document_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_issued_document_supersedes FOREIGN KEY (supersedes_id) REFERENCES issued_document(id),
  CONSTRAINT pk_issued_document PRIMARY KEY (id),
  CONSTRAINT uq_issued_document_symbol UNIQUE (symbol)
);
CREATE INDEX ix_issued_document_document ON public.issued_document USING btree (document_id, issued_at);

CREATE TABLE issued_rendering (
  issued_id uuid NOT NULL,
  language text NOT NULL,
  title text NOT NULL,
  content jsonb NOT NULL,
  CONSTRAINT fk_issued_rendering_issued FOREIGN KEY (issued_id) REFERENCES issued_document(id),
  CONSTRAINT pk_issued_rendering PRIMARY KEY (issued_id, language)
);

CREATE TABLE item_action (
  id uuid NOT NULL,
  agenda_item_id uuid NOT NULL,
  message_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  reason text NOT NULL,
  owner text DEFAULT ''::text NOT NULL,
  due_on date,
  to_item_id uuid,
  state text DEFAULT 'open'::text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  CONSTRAINT ck_item_action_arising CHECK (((kind = 'arising'::text) = (to_item_id IS NOT NULL))),
  CONSTRAINT ck_item_action_kind CHECK ((kind = ANY (ARRAY['parked'::text, 'arising'::text]))),
  CONSTRAINT ck_item_action_state CHECK ((state = ANY (ARRAY['open'::text, 'done'::text]))),
  CONSTRAINT ck_item_action_title CHECK (((length(title) >= 1) AND (length(title) <= 300))),
  CONSTRAINT fk_item_action_item FOREIGN KEY (agenda_item_id) REFERENCES agenda_item(id),
  CONSTRAINT fk_item_action_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT fk_item_action_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_item_action_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_item_action_to_item FOREIGN KEY (to_item_id) REFERENCES agenda_item(id),
  CONSTRAINT pk_item_action PRIMARY KEY (id)
);
CREATE INDEX ix_item_action_item ON public.item_action USING btree (agenda_item_id);
CREATE INDEX ix_item_action_to_item ON public.item_action USING btree (to_item_id);

CREATE TABLE key_point (
  id uuid NOT NULL,
  thread_id uuid NOT NULL,
  text text NOT NULL,
  language text NOT NULL,
  question integer,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  search tsvector DEFAULT search_words(language, text),
  CONSTRAINT ck_key_point_language CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT ck_key_point_question CHECK (((question >= 1) AND (question <= 20))),
  CONSTRAINT ck_key_point_text CHECK (((length(text) >= 1) AND (length(text) <= 4000))),
  CONSTRAINT fk_key_point_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_key_point_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_key_point_thread FOREIGN KEY (thread_id) REFERENCES thread(id),
  CONSTRAINT pk_key_point PRIMARY KEY (id)
);
CREATE INDEX ix_key_point_search ON public.key_point USING gin (search);
CREATE INDEX ix_key_point_thread ON public.key_point USING btree (thread_id, at);

CREATE TABLE key_point_citation (
  key_point_id uuid NOT NULL,
  message_id uuid NOT NULL,
  CONSTRAINT fk_key_point_citation_key_point FOREIGN KEY (key_point_id) REFERENCES key_point(id),
  CONSTRAINT fk_key_point_citation_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT pk_key_point_citation PRIMARY KEY (key_point_id, message_id)
);

CREATE TABLE language_version (
  id uuid NOT NULL,
  source_id uuid NOT NULL,
  language text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  official_at timestamp with time zone,
  standing text,
  CONSTRAINT ck_language_version_language CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT fk_language_version_source FOREIGN KEY (source_id) REFERENCES document(id),
  CONSTRAINT fk_language_version_text FOREIGN KEY (id) REFERENCES document(id),
  CONSTRAINT pk_language_version PRIMARY KEY (id),
  CONSTRAINT uq_language_version_language UNIQUE (source_id, language)
);

CREATE TABLE link (
  from_kind text NOT NULL,
  from_id text NOT NULL,
  to_kind text NOT NULL,
  to_id text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT pk_link PRIMARY KEY (from_kind, from_id, to_kind, to_id)
);
CREATE INDEX ix_link_to ON public.link USING btree (to_kind, to_id);

CREATE TABLE listing (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  side text NOT NULL,
  delegation_id uuid NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  language text NOT NULL,
  cooperation_type text NOT NULL,
  modalities text[] NOT NULL,
  sdg_targets text[] NOT NULL,
  money jsonb,
  in_kind jsonb,
  state text DEFAULT 'draft'::text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  sectors text[] DEFAULT '{}'::text[] NOT NULL,
  languages text[] DEFAULT '{}'::text[] NOT NULL,
  interpretation boolean DEFAULT false NOT NULL,
  eligible text[] DEFAULT '{}'::text[] NOT NULL,
  opens_on date,
  closes_on date,
  gap text DEFAULT ''::text NOT NULL,
  outcome text DEFAULT ''::text NOT NULL,
  readiness text DEFAULT ''::text NOT NULL,
  experience text DEFAULT ''::text NOT NULL,
  gender_marker smallint DEFAULT 0 NOT NULL,
  published_at timestamp with time zone,
  coordination text DEFAULT ''::text NOT NULL,
  CONSTRAINT ck_listing_gender CHECK (((gender_marker >= 0) AND (gender_marker <= 2))),
  CONSTRAINT ck_listing_side CHECK ((side = ANY (ARRAY['request'::text, 'offer'::text]))),
  CONSTRAINT ck_listing_state CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'matched'::text, 'withdrawn'::text]))),
  CONSTRAINT ck_listing_window CHECK ((closes_on >= opens_on)),
  CONSTRAINT fk_listing_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_listing_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT pk_listing PRIMARY KEY (id)
);
CREATE INDEX ix_listing_round ON public.listing USING btree (round_id, side, created_at, id);

CREATE TABLE mail (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL,
  state text DEFAULT 'waiting'::text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  tried_at timestamp with time zone,
  fault text DEFAULT ''::text NOT NULL,
  invitation_id uuid,
  CONSTRAINT ck_mail_kind CHECK (((kind = ANY (ARRAY['direct'::text, 'digest'::text, 'invitation'::text])) AND ((kind = 'invitation'::text) = (invitation_id IS NOT NULL)))),
  CONSTRAINT ck_mail_state CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'dropped'::text, 'given_up'::text, 'unsure'::text]))),
  CONSTRAINT fk_mail_invitation FOREIGN KEY (invitation_id) REFERENCES invitation(id),
  CONSTRAINT fk_mail_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT pk_mail PRIMARY KEY (id)
);
CREATE INDEX ix_mail_due ON public.mail USING btree (due_at) WHERE (state = 'waiting'::text);
CREATE INDEX ix_mail_sending ON public.mail USING btree (tried_at) WHERE (state = 'sending'::text);
CREATE UNIQUE INDEX uq_mail_digest ON public.mail USING btree (person_id) WHERE ((kind = 'digest'::text) AND (state = 'waiting'::text));

CREATE TABLE match (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  recommendation_id uuid,
  request_id uuid,
  state text DEFAULT 'proposed'::text NOT NULL,
  declined_reason text DEFAULT ''::text NOT NULL,
  due_on date NOT NULL,
  created_at timestamp with time zone NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  scope text DEFAULT ''::text NOT NULL,
  brokered boolean DEFAULT false NOT NULL,
  interest text DEFAULT ''::text NOT NULL,
  override_reason text DEFAULT ''::text NOT NULL,
  cancelled_reason text DEFAULT ''::text NOT NULL,
  agreed_at timestamp with time zone,
  begun_at timestamp with time zone,
  ended_at timestamp with time zone,
  CONSTRAINT ck_match_serves CHECK (((recommendation_id IS NOT NULL) OR (request_id IS NOT NULL))),
  CONSTRAINT ck_match_state CHECK ((state = ANY (ARRAY['proposed'::text, 'negotiating'::text, 'agreed'::text, 'active'::text, 'completed'::text, 'declined'::text, 'cancelled'::text]))),
  CONSTRAINT fk_match_recommendation FOREIGN KEY (recommendation_id) REFERENCES recommendation(id),
  CONSTRAINT fk_match_request FOREIGN KEY (request_id) REFERENCES listing(id),
  CONSTRAINT fk_match_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT pk_match PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_match_agreed ON public.match USING btree (request_id) WHERE (state = ANY (ARRAY['agreed'::text, 'active'::text, 'completed'::text]));
CREATE INDEX ix_match_recommendation ON public.match USING btree (recommendation_id);
CREATE INDEX ix_match_request ON public.match USING btree (request_id);
CREATE INDEX ix_match_round ON public.match USING btree (round_id);

CREATE TABLE match_outcome (
  id uuid NOT NULL,
  match_id uuid NOT NULL,
  delegation_id uuid,
  activity text NOT NULL,
  outcome text NOT NULL,
  goal text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_match_outcome CHECK ((outcome <> ''::text)),
  CONSTRAINT fk_match_outcome_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_match_outcome_match FOREIGN KEY (match_id) REFERENCES match(id),
  CONSTRAINT pk_match_outcome PRIMARY KEY (id)
);
CREATE INDEX ix_match_outcome_match ON public.match_outcome USING btree (match_id);

CREATE TABLE match_party (
  match_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  role text NOT NULL,
  offer_id uuid,
  money jsonb,
  in_kind jsonb,
  weighed jsonb,
  gains text DEFAULT ''::text NOT NULL,
  accepted_at timestamp with time zone,
  CONSTRAINT ck_match_party_offer CHECK (((role = 'beneficiary'::text) = (offer_id IS NULL))),
  CONSTRAINT ck_match_party_role CHECK ((role = ANY (ARRAY['beneficiary'::text, 'provider'::text, 'pivotal'::text, 'facilitating'::text]))),
  CONSTRAINT fk_match_party_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_match_party_match FOREIGN KEY (match_id) REFERENCES match(id) ON DELETE CASCADE,
  CONSTRAINT fk_match_party_offer FOREIGN KEY (offer_id) REFERENCES listing(id),
  CONSTRAINT pk_match_party PRIMARY KEY (match_id, delegation_id)
);
CREATE UNIQUE INDEX ix_match_party_beneficiary ON public.match_party USING btree (match_id) WHERE (role = 'beneficiary'::text);
CREATE INDEX ix_match_party_delegation ON public.match_party USING btree (delegation_id);
CREATE INDEX ix_match_party_offer ON public.match_party USING btree (offer_id);

CREATE TABLE measurement (
  report_id uuid NOT NULL,
  indicator_id uuid NOT NULL,
  on date NOT NULL,
  value numeric NOT NULL,
  parts jsonb NOT NULL,
  CONSTRAINT fk_measurement_report FOREIGN KEY (report_id) REFERENCES report(id),
  CONSTRAINT pk_measurement PRIMARY KEY (report_id, indicator_id)
);
CREATE INDEX ix_measurement_indicator ON public.measurement USING btree (indicator_id, "on");

CREATE TABLE message (
  id uuid NOT NULL,
  thread_id uuid NOT NULL,
  parent_id uuid,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  body_id uuid,
  language text NOT NULL,
  body text NOT NULL,
  posted_at timestamp with time zone NOT NULL,
  edited_at timestamp with time zone,
  revision integer DEFAULT 1 NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  question integer,
  quoted_id uuid,
  quoted_revision integer,
  quoted_words text,
  search tsvector DEFAULT search_words(language, body),
  state text DEFAULT 'shown'::text NOT NULL,
  state_reason text,
  state_at timestamp with time zone,
  state_seat_id uuid,
  CONSTRAINT ck_message_body CHECK (((length(body) >= 1) AND (length(body) <= 4000))),
  CONSTRAINT ck_message_language CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT ck_message_question CHECK (((question >= 1) AND (question <= 20))),
  CONSTRAINT ck_message_quoted CHECK ((num_nonnulls(quoted_id, quoted_revision, quoted_words) = ANY (ARRAY[0, 3]))),
  CONSTRAINT ck_message_state CHECK ((state = ANY (ARRAY['shown'::text, 'waiting'::text, 'hidden'::text, 'declined'::text]))),
  CONSTRAINT ck_message_state_reason CHECK (((state <> ALL (ARRAY['hidden'::text, 'declined'::text])) OR (num_nonnulls(state_reason, state_at, state_seat_id) = 3))),
  CONSTRAINT fk_message_body FOREIGN KEY (body_id) REFERENCES body(id),
  CONSTRAINT fk_message_parent FOREIGN KEY (parent_id) REFERENCES message(id),
  CONSTRAINT fk_message_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_message_quoted FOREIGN KEY (quoted_id) REFERENCES message(id),
  CONSTRAINT fk_message_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_message_state_seat FOREIGN KEY (state_seat_id) REFERENCES seat(id),
  CONSTRAINT fk_message_thread FOREIGN KEY (thread_id) REFERENCES thread(id),
  CONSTRAINT pk_message PRIMARY KEY (id)
);
CREATE INDEX ix_message_search ON public.message USING gin (search);
CREATE INDEX ix_message_thread ON public.message USING btree (thread_id, number);

CREATE TABLE message_flag (
  message_id uuid NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  reason text NOT NULL,
  at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  CONSTRAINT fk_message_flag_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT fk_message_flag_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_message_flag_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_message_flag PRIMARY KEY (message_id, person_id)
);

CREATE TABLE message_mention (
  message_id uuid NOT NULL,
  place integer NOT NULL,
  delegation_id uuid,
  seat_id uuid,
  CONSTRAINT ck_message_mention_one CHECK ((num_nonnulls(delegation_id, seat_id) = 1)),
  CONSTRAINT fk_message_mention_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_message_mention_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT fk_message_mention_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_message_mention PRIMARY KEY (message_id, place)
);

CREATE TABLE message_position (
  number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  message_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  kind text NOT NULL,
  on_record boolean NOT NULL,
  revision integer NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT ck_message_position_ended CHECK (((ended_at IS NULL) OR on_record)),
  CONSTRAINT ck_message_position_kind CHECK ((kind = ANY (ARRAY['supports'::text, 'can_live_with'::text, 'has_concerns'::text]))),
  CONSTRAINT fk_message_position_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_message_position_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT fk_message_position_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_message_position_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_message_position PRIMARY KEY (number)
);
CREATE INDEX ix_message_position_message ON public.message_position USING btree (message_id);
CREATE UNIQUE INDEX uq_message_position_standing ON public.message_position USING btree (message_id, delegation_id) WHERE (ended_at IS NULL);

CREATE TABLE message_translation (
  message_id uuid NOT NULL,
  language text NOT NULL,
  revision integer NOT NULL,
  body text NOT NULL,
  origin text NOT NULL,
  person_id uuid,
  seat_id uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_message_translation_body CHECK (((length(body) >= 1) AND (length(body) <= 20000))),
  CONSTRAINT ck_message_translation_by CHECK ((((origin = 'human'::text) = (person_id IS NOT NULL)) AND ((person_id IS NULL) = (seat_id IS NULL)))),
  CONSTRAINT ck_message_translation_language CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT ck_message_translation_origin CHECK ((origin = ANY (ARRAY['machine'::text, 'human'::text]))),
  CONSTRAINT fk_message_translation_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT fk_message_translation_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_message_translation_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_message_translation PRIMARY KEY (message_id, language, revision)
);

CREATE TABLE message_wording (
  message_id uuid NOT NULL,
  revision integer NOT NULL,
  body text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_message_wording_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT pk_message_wording PRIMARY KEY (message_id, revision)
);

CREATE TABLE migration (
  id integer DEFAULT nextval('migration_id_seq'::regclass) NOT NULL,
  timestamp bigint NOT NULL,
  name character varying NOT NULL,
  CONSTRAINT PK_3043fc6b8af7c99b8b98830094f PRIMARY KEY (id)
);

CREATE TABLE moderation_act (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  message_id uuid NOT NULL,
  act text NOT NULL,
  reason text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_moderation_act_act CHECK ((act = ANY (ARRAY['flagged'::text, 'unflagged'::text, 'hidden'::text, 'restored'::text, 'dismissed'::text, 'released'::text, 'declined'::text]))),
  CONSTRAINT fk_moderation_act_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT fk_moderation_act_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_moderation_act_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_moderation_act PRIMARY KEY (id)
);
CREATE INDEX ix_moderation_act_message ON public.moderation_act USING btree (message_id, id);

CREATE TABLE mute (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  round_id uuid NOT NULL,
  person_id uuid NOT NULL,
  reason text NOT NULL,
  at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  by_seat_id uuid NOT NULL,
  lifted_at timestamp with time zone,
  lifted_by_seat_id uuid,
  CONSTRAINT ck_mute_lifted CHECK (((lifted_at IS NULL) = (lifted_by_seat_id IS NULL))),
  CONSTRAINT ck_mute_until CHECK ((until > at)),
  CONSTRAINT fk_mute_by_seat FOREIGN KEY (by_seat_id) REFERENCES seat(id),
  CONSTRAINT fk_mute_lifted_by_seat FOREIGN KEY (lifted_by_seat_id) REFERENCES seat(id),
  CONSTRAINT fk_mute_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_mute_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT pk_mute PRIMARY KEY (id)
);
CREATE INDEX ix_mute_round ON public.mute USING btree (round_id, person_id);

CREATE TABLE negotiation_act (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  document_id uuid NOT NULL,
  paragraph_id text,
  proposal_id uuid,
  act text NOT NULL,
  words text,
  note text,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  no bigint,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_negotiation_act_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_negotiation_act_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_negotiation_act_proposal FOREIGN KEY (proposal_id) REFERENCES proposal(id),
  CONSTRAINT fk_negotiation_act_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_negotiation_act PRIMARY KEY (id)
);
CREATE INDEX ix_negotiation_act_document ON public.negotiation_act USING btree (document_id, id);

CREATE TABLE notice (
  number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  kind text NOT NULL,
  source text NOT NULL,
  topic text NOT NULL,
  subject text NOT NULL,
  href text NOT NULL,
  at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone,
  is_shown boolean DEFAULT true NOT NULL,
  mail_id uuid,
  CONSTRAINT fk_notice_mail FOREIGN KEY (mail_id) REFERENCES mail(id),
  CONSTRAINT fk_notice_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_notice_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_notice PRIMARY KEY (number),
  CONSTRAINT uq_notice_source UNIQUE (source, person_id)
);
CREATE INDEX ix_notice_at ON public.notice USING btree (at);
CREATE INDEX ix_notice_mail ON public.notice USING btree (mail_id);
CREATE INDEX ix_notice_person ON public.notice USING btree (person_id, number) WHERE is_shown;
CREATE INDEX ix_notice_unseen ON public.notice USING btree (person_id) WHERE (is_shown AND (seen_at IS NULL));

CREATE TABLE notice_setting (
  person_id uuid NOT NULL,
  ways jsonb DEFAULT '{}'::jsonb NOT NULL,
  mail boolean DEFAULT true NOT NULL,
  quiet_from integer,
  quiet_to integer,
  digest_hour integer DEFAULT 7 NOT NULL,
  time_zone text DEFAULT 'UTC'::text NOT NULL,
  CONSTRAINT ck_notice_setting_digest_hour CHECK (((digest_hour >= 0) AND (digest_hour <= 23))),
  CONSTRAINT ck_notice_setting_quiet CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
  CONSTRAINT ck_notice_setting_quiet_from CHECK (((quiet_from >= 0) AND (quiet_from <= 23))),
  CONSTRAINT ck_notice_setting_quiet_to CHECK (((quiet_to >= 0) AND (quiet_to <= 23))),
  CONSTRAINT fk_notice_setting_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT pk_notice_setting PRIMARY KEY (person_id)
);

CREATE TABLE paragraph_origin (
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  paragraph_id text NOT NULL,
  finding_id uuid,
  question_id uuid,
  recommendation_id uuid,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_paragraph_origin_one CHECK ((num_nonnulls(finding_id, question_id, recommendation_id) = 1)),
  CONSTRAINT fk_paragraph_origin_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_paragraph_origin_finding FOREIGN KEY (finding_id) REFERENCES finding(id),
  CONSTRAINT fk_paragraph_origin_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_paragraph_origin_question FOREIGN KEY (question_id) REFERENCES guiding_question(id),
  CONSTRAINT fk_paragraph_origin_recommendation FOREIGN KEY (recommendation_id) REFERENCES recommendation(id),
  CONSTRAINT fk_paragraph_origin_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_paragraph_origin PRIMARY KEY (id),
  CONSTRAINT uq_paragraph_origin UNIQUE NULLS NOT DISTINCT (document_id, paragraph_id, finding_id, question_id, recommendation_id)
);
CREATE INDEX ix_paragraph_origin_finding ON public.paragraph_origin USING btree (finding_id);

CREATE TABLE paragraph_rendering (
  version_id uuid NOT NULL,
  paragraph_id text NOT NULL,
  status text NOT NULL,
  was text,
  source_no bigint NOT NULL,
  source_hash text NOT NULL,
  no bigint NOT NULL,
  hash text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_paragraph_rendering_set_back CHECK (((was IS NULL) OR (status = 'translated'::text))),
  CONSTRAINT ck_paragraph_rendering_status CHECK ((status = ANY (ARRAY['machine'::text, 'translated'::text, 'revised'::text, 'official'::text]))),
  CONSTRAINT ck_paragraph_rendering_was CHECK ((was = ANY (ARRAY['revised'::text, 'official'::text]))),
  CONSTRAINT fk_paragraph_rendering_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_paragraph_rendering_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_paragraph_rendering_version FOREIGN KEY (version_id) REFERENCES language_version(id),
  CONSTRAINT pk_paragraph_rendering PRIMARY KEY (version_id, paragraph_id)
);

CREATE TABLE paragraph_status (
  document_id uuid NOT NULL,
  paragraph_id text NOT NULL,
  status text NOT NULL,
  hash text NOT NULL,
  reason text,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  edited_at timestamp with time zone,
  CONSTRAINT ck_paragraph_status CHECK ((status = ANY (ARRAY['open'::text, 'bracketed'::text, 'agreed_ad_ref'::text, 'agreed'::text]))),
  CONSTRAINT fk_paragraph_status_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_paragraph_status_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_paragraph_status_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_paragraph_status PRIMARY KEY (document_id, paragraph_id)
);

CREATE TABLE paragraph_words (
  document_id uuid NOT NULL,
  place integer NOT NULL,
  paragraph_id text NOT NULL,
  language text NOT NULL,
  words text NOT NULL,
  search tsvector DEFAULT search_words(language, words),
  CONSTRAINT fk_paragraph_words_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT pk_paragraph_words PRIMARY KEY (document_id, place)
);
CREATE INDEX ix_paragraph_words_search ON public.paragraph_words USING gin (search);

CREATE TABLE person (
  id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  language text DEFAULT 'en'::text NOT NULL,
  password_hash text,
  demo boolean DEFAULT false NOT NULL,
  created_at timestamp with time zone NOT NULL,
  administers boolean DEFAULT false NOT NULL,
  CONSTRAINT ck_person_language CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT pk_person PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_person_email ON public.person USING btree (lower(email));

CREATE TABLE plan_indicator (
  document_id uuid NOT NULL,
  id uuid NOT NULL,
  order text NOT NULL,
  result_id uuid,
  item_id uuid,
  title text NOT NULL,
  unit text NOT NULL,
  baseline text NOT NULL,
  target text NOT NULL,
  method text NOT NULL,
  source text NOT NULL,
  responsible text NOT NULL,
  frequency text,
  disaggregation text NOT NULL,
  problems jsonb NOT NULL,
  no bigint NOT NULL,
  CONSTRAINT fk_plan_indicator_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT pk_plan_indicator PRIMARY KEY (document_id, id)
);

CREATE TABLE plan_item (
  document_id uuid NOT NULL,
  id uuid NOT NULL,
  order text NOT NULL,
  activity text NOT NULL,
  lead text NOT NULL,
  partners text[] NOT NULL,
  start date,
  due date,
  budget numeric(18,2),
  currency text,
  gender_marker smallint,
  targets text[] NOT NULL,
  lane_5c text,
  lane_axis text,
  recommendations uuid[] NOT NULL,
  result_id uuid,
  problems jsonb NOT NULL,
  no bigint NOT NULL,
  CONSTRAINT ck_plan_item_gender CHECK ((gender_marker = ANY (ARRAY[0, 1, 2]))),
  CONSTRAINT fk_plan_item_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT pk_plan_item PRIMARY KEY (document_id, id)
);
CREATE INDEX ix_plan_item_due ON public.plan_item USING btree (due);
CREATE INDEX ix_plan_item_recommendations ON public.plan_item USING gin (recommendations);
CREATE INDEX ix_plan_item_targets ON public.plan_item USING gin (targets);

CREATE TABLE plan_progress (
  plan_id uuid NOT NULL,
  action_id uuid NOT NULL,
  status text NOT NULL,
  assurance text NOT NULL,
  status_at timestamp with time zone NOT NULL,
  CONSTRAINT ck_plan_progress_assurance CHECK ((assurance = ANY (ARRAY['none'::text, 'self_reported'::text, 'evidenced'::text, 'validated'::text]))),
  CONSTRAINT ck_plan_progress_status CHECK ((status = ANY (ARRAY['not_started'::text, 'in_progress'::text, 'partially_implemented'::text, 'implemented'::text, 'not_pursued'::text, 'no_longer_applicable'::text]))),
  CONSTRAINT fk_plan_progress_plan FOREIGN KEY (plan_id) REFERENCES document(id),
  CONSTRAINT pk_plan_progress PRIMARY KEY (plan_id, action_id)
);

CREATE TABLE plan_result (
  document_id uuid NOT NULL,
  id uuid NOT NULL,
  order text NOT NULL,
  level text,
  parent_id uuid,
  statement text NOT NULL,
  problems jsonb NOT NULL,
  no bigint NOT NULL,
  CONSTRAINT ck_plan_result_level CHECK ((level = ANY (ARRAY['input'::text, 'activity'::text, 'output'::text, 'outcome'::text, 'impact'::text]))),
  CONSTRAINT fk_plan_result_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT pk_plan_result PRIMARY KEY (document_id, id)
);

CREATE TABLE presence (
  session_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  server uuid NOT NULL,
  left_at timestamp with time zone,
  alive_at timestamp with time zone NOT NULL,
  CONSTRAINT fk_presence_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_presence_session FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT pk_presence PRIMARY KEY (session_id, seat_id, server)
);
CREATE INDEX ix_presence_server ON public.presence USING btree (server);

CREATE TABLE procedure (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  session_id uuid NOT NULL,
  document_id uuid NOT NULL,
  issued_id uuid,
  paragraph_id text,
  wording jsonb NOT NULL,
  no bigint NOT NULL,
  hash text NOT NULL,
  method text NOT NULL,
  ballot text,
  rules jsonb NOT NULL,
  members uuid[] NOT NULL,
  mode_before text NOT NULL,
  opens_at timestamp with time zone NOT NULL,
  deadline timestamp with time zone,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  broken_at timestamp with time zone,
  released_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_as text,
  ended_person_id uuid,
  ended_seat_id uuid,
  reason text,
  settled_at timestamp with time zone,
  decision_id uuid,
  carry_on_item_id uuid,
  revision integer DEFAULT 1 NOT NULL,
  present uuid[],
  CONSTRAINT ck_procedure_ballot CHECK ((ballot = ANY (ARRAY['recorded'::text, 'secret'::text, 'roll_call'::text]))),
  CONSTRAINT ck_procedure_deadline CHECK (((method <> ALL (ARRAY['silence'::text, 'consensus'::text])) OR (deadline >= opens_at))),
  CONSTRAINT ck_procedure_ended CHECK (((ended_at IS NULL) = (ended_as IS NULL))),
  CONSTRAINT ck_procedure_ended_as CHECK ((ended_as = ANY (ARRAY['passed'::text, 'broken'::text, 'cancelled'::text]))),
  CONSTRAINT ck_procedure_method CHECK ((method = ANY (ARRAY['silence'::text, 'consensus'::text, 'vote'::text, 'straw_poll'::text]))),
  CONSTRAINT ck_procedure_settled CHECK (((settled_at IS NULL) OR (ended_at IS NOT NULL))),
  CONSTRAINT ck_procedure_subject CHECK ((num_nonnulls(issued_id, paragraph_id) = 1)),
  CONSTRAINT ck_procedure_vote CHECK (((method = 'vote'::text) = (ballot IS NOT NULL))),
  CONSTRAINT fk_procedure_carry_on_item FOREIGN KEY (carry_on_item_id) REFERENCES agenda_item(id),
  CONSTRAINT fk_procedure_decision FOREIGN KEY (decision_id) REFERENCES issued_document(id),
  CONSTRAINT fk_procedure_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_procedure_ended_person FOREIGN KEY (ended_person_id) REFERENCES person(id),
  CONSTRAINT fk_procedure_ended_seat FOREIGN KEY (ended_seat_id) REFERENCES seat(id),
  CONSTRAINT fk_procedure_issued FOREIGN KEY (issued_id) REFERENCES issued_document(id),
  CONSTRAINT fk_procedure_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_procedure_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_procedure_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_procedure_session FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT pk_procedure PRIMARY KEY (id)
);
CREATE INDEX ix_procedure_round ON public.procedure USING btree (round_id, opens_at);
CREATE INDEX ix_procedure_unsettled ON public.procedure USING btree (deadline) WHERE (settled_at IS NULL);

CREATE TABLE proposal (
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  number integer,
  operation text NOT NULL,
  paragraph_id text NOT NULL,
  other_id text,
  base_no bigint NOT NULL,
  base_hash text NOT NULL,
  base jsonb NOT NULL,
  content jsonb,
  reason text,
  delegation_id uuid,
  asked_id uuid,
  state text DEFAULT 'draft'::text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  tabled_at timestamp with time zone,
  decided_at timestamp with time zone,
  note text,
  revision integer DEFAULT 1 NOT NULL,
  informal_id uuid,
  CONSTRAINT ck_proposal_content CHECK (((state = ANY (ARRAY['draft'::text, 'withdrawn'::text])) OR (content IS NOT NULL))),
  CONSTRAINT ck_proposal_maker CHECK ((num_nonnulls(delegation_id, informal_id) = 1)),
  CONSTRAINT ck_proposal_operation CHECK ((operation = ANY (ARRAY['replace'::text, 'insert'::text, 'delete'::text, 'merge'::text, 'move'::text, 'split'::text]))),
  CONSTRAINT ck_proposal_other CHECK (((operation = ANY (ARRAY['merge'::text, 'move'::text])) = (other_id IS NOT NULL))),
  CONSTRAINT ck_proposal_state CHECK ((state = ANY (ARRAY['draft'::text, 'offered'::text, 'tabled'::text, 'rebase_asked'::text, 'incorporated'::text, 'merged'::text, 'withdrawn'::text, 'not_retained'::text]))),
  CONSTRAINT fk_proposal_asked FOREIGN KEY (asked_id) REFERENCES delegation(id),
  CONSTRAINT fk_proposal_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_proposal_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_proposal_informal FOREIGN KEY (informal_id) REFERENCES informal(id),
  CONSTRAINT fk_proposal_text FOREIGN KEY (id) REFERENCES document(id),
  CONSTRAINT pk_proposal PRIMARY KEY (id),
  CONSTRAINT uq_proposal_number UNIQUE (document_id, number)
);
CREATE INDEX ix_proposal_document ON public.proposal USING btree (document_id, paragraph_id);

CREATE TABLE proposal_position (
  proposal_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  position text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_proposal_position CHECK (("position" = ANY (ARRAY['support'::text, 'can_live_with'::text, 'oppose'::text]))),
  CONSTRAINT fk_proposal_position_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_proposal_position_proposal FOREIGN KEY (proposal_id) REFERENCES proposal(id),
  CONSTRAINT pk_proposal_position PRIMARY KEY (proposal_id, delegation_id)
);

CREATE TABLE proposal_sponsor (
  proposal_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  joined_at timestamp with time zone NOT NULL,
  CONSTRAINT fk_proposal_sponsor_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_proposal_sponsor_proposal FOREIGN KEY (proposal_id) REFERENCES proposal(id),
  CONSTRAINT pk_proposal_sponsor PRIMARY KEY (proposal_id, delegation_id)
);

CREATE TABLE push (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  notice_number bigint NOT NULL,
  browser_id uuid NOT NULL,
  due_at timestamp with time zone NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  claimed_at timestamp with time zone,
  CONSTRAINT fk_push_browser FOREIGN KEY (browser_id) REFERENCES push_browser(id) ON DELETE CASCADE,
  CONSTRAINT fk_push_notice FOREIGN KEY (notice_number) REFERENCES notice(number) ON DELETE CASCADE,
  CONSTRAINT pk_push PRIMARY KEY (id),
  CONSTRAINT uq_push_notice UNIQUE (notice_number, browser_id)
);
CREATE INDEX ix_push_browser ON public.push USING btree (browser_id);
CREATE INDEX ix_push_due ON public.push USING btree (due_at) WHERE (claimed_at IS NULL);

CREATE TABLE push_browser (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  session_id uuid NOT NULL,
  endpoint text NOT NULL,
  p256dh text NOT NULL,
  auth text NOT NULL,
  kept_at timestamp with time zone NOT NULL,
  CONSTRAINT fk_push_browser_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_push_browser_session FOREIGN KEY (session_id) REFERENCES web_session(id),
  CONSTRAINT pk_push_browser PRIMARY KEY (id),
  CONSTRAINT uq_push_browser_endpoint UNIQUE (endpoint)
);
CREATE INDEX ix_push_browser_person ON public.push_browser USING btree (person_id);

CREATE TABLE push_key (
  is_the_one boolean DEFAULT true NOT NULL,
  public_key text NOT NULL,
  private_key text NOT NULL,
  CONSTRAINT ck_push_key_the_one CHECK (is_the_one),
  CONSTRAINT pk_push_key PRIMARY KEY (is_the_one)
);

CREATE TABLE recommendation (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  number integer NOT NULL,
  title text NOT NULL,
  action text NOT NULL,
  rationale text NOT NULL,
  force text NOT NULL,
  owner text NOT NULL,
  due_on date,
  measure text NOT NULL,
  sdg_targets text[] NOT NULL,
  language text NOT NULL,
  state text DEFAULT 'proposed'::text NOT NULL,
  withdrawn_reason text DEFAULT ''::text NOT NULL,
  quote text DEFAULT ''::text NOT NULL,
  seat_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  adopted_at timestamp with time zone,
  revision integer DEFAULT 1 NOT NULL,
  search tsvector DEFAULT search_words(language, ((((title || '
'::text) || action) || '
'::text) || rationale)),
  priority text,
  import_id uuid,
  import_row integer,
  CONSTRAINT ck_recommendation_force CHECK ((force = ANY (ARRAY['voluntary'::text, 'agreed_commitment'::text, 'binding'::text]))),
  CONSTRAINT ck_recommendation_import CHECK (((import_id IS NULL) = (import_row IS NULL))),
  CONSTRAINT ck_recommendation_priority CHECK ((priority = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
  CONSTRAINT ck_recommendation_state CHECK ((state = ANY (ARRAY['proposed'::text, 'adopted'::text, 'withdrawn'::text]))),
  CONSTRAINT fk_recommendation_import FOREIGN KEY (import_id) REFERENCES recommendation_import(id),
  CONSTRAINT fk_recommendation_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_recommendation_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_recommendation PRIMARY KEY (id),
  CONSTRAINT uq_recommendation_import_row UNIQUE (import_id, import_row),
  CONSTRAINT uq_recommendation_number UNIQUE (round_id, number)
);
CREATE INDEX ix_recommendation_due ON public.recommendation USING btree (due_on) WHERE (state = 'adopted'::text);
CREATE INDEX ix_recommendation_search ON public.recommendation USING gin (search);

CREATE TABLE recommendation_addressee (
  recommendation_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  response text DEFAULT 'pending'::text NOT NULL,
  response_text text DEFAULT ''::text NOT NULL,
  responded_at timestamp with time zone,
  status text DEFAULT 'not_started'::text NOT NULL,
  assurance text DEFAULT 'none'::text NOT NULL,
  status_at timestamp with time zone,
  CONSTRAINT ck_addressee_assurance CHECK ((assurance = ANY (ARRAY['none'::text, 'self_reported'::text, 'evidenced'::text, 'validated'::text]))),
  CONSTRAINT ck_addressee_response CHECK ((response = ANY (ARRAY['pending'::text, 'supported'::text, 'supported_in_part'::text, 'noted'::text]))),
  CONSTRAINT ck_addressee_response_part CHECK (((response <> 'supported_in_part'::text) OR (response_text <> ''::text))),
  CONSTRAINT ck_addressee_status CHECK ((status = ANY (ARRAY['not_started'::text, 'in_progress'::text, 'partially_implemented'::text, 'implemented'::text, 'not_pursued'::text, 'no_longer_applicable'::text]))),
  CONSTRAINT fk_addressee_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_addressee_recommendation FOREIGN KEY (recommendation_id) REFERENCES recommendation(id),
  CONSTRAINT pk_recommendation_addressee PRIMARY KEY (recommendation_id, delegation_id)
);
CREATE INDEX ix_recommendation_addressee_delegation ON public.recommendation_addressee USING btree (delegation_id);

CREATE TABLE recommendation_import (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  file_name text NOT NULL,
  row_count integer NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_recommendation_import_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_recommendation_import_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_recommendation_import_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_recommendation_import PRIMARY KEY (id)
);

CREATE TABLE remark (
  id uuid NOT NULL,
  comment_id uuid NOT NULL,
  body text NOT NULL,
  language text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  edited_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  CONSTRAINT ck_remark_body CHECK (((length(body) >= 1) AND (length(body) <= 4000))),
  CONSTRAINT ck_remark_language CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT fk_remark_comment FOREIGN KEY (comment_id) REFERENCES comment(id),
  CONSTRAINT fk_remark_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_remark_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_remark PRIMARY KEY (id)
);
CREATE INDEX ix_remark_comment ON public.remark USING btree (comment_id, number);

CREATE TABLE remark_wording (
  remark_id uuid NOT NULL,
  body text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_remark_wording_remark FOREIGN KEY (remark_id) REFERENCES remark(id),
  CONSTRAINT pk_remark_wording PRIMARY KEY (remark_id, at)
);

CREATE TABLE report (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  recommendation_id uuid,
  addressee_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  narrative text NOT NULL,
  language text NOT NULL,
  proposed_status text NOT NULL,
  evidence_url text,
  evidence_title text DEFAULT ''::text NOT NULL,
  state text NOT NULL,
  review_note text DEFAULT ''::text NOT NULL,
  submitted_at timestamp with time zone NOT NULL,
  reviewed_at timestamp with time zone,
  revision integer DEFAULT 1 NOT NULL,
  plan_id uuid,
  action_id uuid,
  CONSTRAINT ck_report_state CHECK ((state = ANY (ARRAY['submitted'::text, 'validated'::text, 'returned'::text]))),
  CONSTRAINT ck_report_subject CHECK (((num_nonnulls(recommendation_id, plan_id) = 1) AND ((plan_id IS NULL) = (action_id IS NULL)))),
  CONSTRAINT fk_report_addressee FOREIGN KEY (recommendation_id, addressee_id) REFERENCES recommendation_addressee(recommendation_id, delegation_id),
  CONSTRAINT fk_report_delegation FOREIGN KEY (addressee_id) REFERENCES delegation(id),
  CONSTRAINT fk_report_plan FOREIGN KEY (plan_id) REFERENCES document(id),
  CONSTRAINT fk_report_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_report_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_report PRIMARY KEY (id)
);
CREATE INDEX ix_report_action ON public.report USING btree (plan_id, action_id);
CREATE UNIQUE INDEX ix_report_open ON public.report USING btree (recommendation_id, addressee_id) WHERE (state <> 'validated'::text);
CREATE INDEX ix_report_recommendation ON public.report USING btree (recommendation_id, addressee_id);
CREATE INDEX ix_report_submitted ON public.report USING btree (submitted_at, id);
CREATE INDEX ix_report_waiting ON public.report USING btree (round_id) WHERE (state <> 'validated'::text);
CREATE UNIQUE INDEX uq_report_action_open ON public.report USING btree (plan_id, action_id) WHERE (state <> 'validated'::text);

CREATE TABLE review (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  session_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  statement_id uuid,
  created_at timestamp with time zone NOT NULL,
  discussant_id uuid,
  CONSTRAINT ck_review_discussant CHECK ((discussant_id <> delegation_id)),
  CONSTRAINT fk_review_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_review_discussant FOREIGN KEY (discussant_id) REFERENCES delegation(id),
  CONSTRAINT fk_review_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_review_session FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT fk_review_statement FOREIGN KEY (statement_id) REFERENCES issued_document(id),
  CONSTRAINT pk_review PRIMARY KEY (id),
  CONSTRAINT uq_review_session UNIQUE (session_id)
);
CREATE INDEX ix_review_delegation ON public.review USING btree (delegation_id);
CREATE INDEX ix_review_discussant ON public.review USING btree (discussant_id);

CREATE TABLE review_assessment (
  review_id uuid NOT NULL,
  recommendation_id uuid NOT NULL,
  side text NOT NULL,
  no integer NOT NULL,
  status text NOT NULL,
  impact text NOT NULL,
  words text NOT NULL,
  language text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_review_assessment_impact CHECK ((impact = ANY (ARRAY['too_early'::text, 'none'::text, 'limited'::text, 'substantial'::text, 'transformative'::text]))),
  CONSTRAINT ck_review_assessment_no CHECK ((no > 0)),
  CONSTRAINT ck_review_assessment_side CHECK ((side = ANY (ARRAY['secretariat'::text, 'peer'::text]))),
  CONSTRAINT ck_review_assessment_status CHECK ((status = ANY (ARRAY['not_started'::text, 'in_progress'::text, 'partially_implemented'::text, 'implemented'::text, 'not_pursued'::text, 'no_longer_applicable'::text]))),
  CONSTRAINT ck_review_assessment_words CHECK ((words <> ''::text)),
  CONSTRAINT fk_review_assessment_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_review_assessment_recommendation FOREIGN KEY (recommendation_id) REFERENCES recommendation(id),
  CONSTRAINT fk_review_assessment_review FOREIGN KEY (review_id) REFERENCES review(id),
  CONSTRAINT fk_review_assessment_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_review_assessment PRIMARY KEY (review_id, recommendation_id, side, no)
);
CREATE INDEX ix_review_assessment_recommendation ON public.review_assessment USING btree (recommendation_id);

CREATE TABLE review_question (
  review_id uuid NOT NULL,
  no integer NOT NULL,
  question text NOT NULL,
  answer text DEFAULT ''::text NOT NULL,
  source_url text,
  person_id uuid,
  seat_id uuid,
  answered_at timestamp with time zone,
  revision integer DEFAULT 1 NOT NULL,
  CONSTRAINT ck_review_question_answer CHECK (
CASE
    WHEN (answer = ''::text) THEN (num_nonnulls(source_url, person_id, seat_id, answered_at) = 0)
    ELSE (num_nonnulls(person_id, seat_id, answered_at) = 3)
END),
  CONSTRAINT ck_review_question_no CHECK ((no > 0)),
  CONSTRAINT fk_review_question_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_review_question_review FOREIGN KEY (review_id) REFERENCES review(id),
  CONSTRAINT fk_review_question_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_review_question PRIMARY KEY (review_id, no)
);

CREATE TABLE round (
  id uuid NOT NULL,
  number integer NOT NULL,
  title text NOT NULL,
  place text NOT NULL,
  opens date NOT NULL,
  closes date NOT NULL,
  status text NOT NULL,
  previous_id uuid,
  symbol_prefix text NOT NULL,
  languages text[] NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  rules jsonb DEFAULT '{"quorum": "majority", "decision": "consensus", "majority": "two_thirds", "breakEnds": "at_once", "groupsFirst": true, "replySeconds": [600, 300], "silenceHours": 72, "speakSeconds": 300, "objectionSeconds": 30, "reservationPlace": "annex", "reviewStakeholders": false, "officersInInformals": true}'::jsonb NOT NULL,
  opened_at timestamp with time zone,
  closed_at timestamp with time zone,
  CONSTRAINT ck_round_days CHECK ((closes >= opens)),
  CONSTRAINT ck_round_number CHECK ((number > 0)),
  CONSTRAINT ck_round_status CHECK ((status = ANY (ARRAY['planned'::text, 'open'::text, 'in_session'::text, 'adopted'::text, 'follow_up'::text, 'under_review'::text, 'closed'::text]))),
  CONSTRAINT fk_round_previous FOREIGN KEY (previous_id) REFERENCES round(id),
  CONSTRAINT pk_round PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_round_symbol ON public.round USING btree (symbol_prefix);

CREATE TABLE saved_view (
  id uuid NOT NULL,
  seat_id uuid NOT NULL,
  name text NOT NULL,
  query text NOT NULL,
  kept_at timestamp with time zone NOT NULL,
  CONSTRAINT ck_saved_view_name CHECK ((name <> ''::text)),
  CONSTRAINT ck_saved_view_query CHECK ((query ~ '^\?[A-Za-z0-9_.~*%+=&-]+$'::text)),
  CONSTRAINT fk_saved_view_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_saved_view PRIMARY KEY (id),
  CONSTRAINT uq_saved_view_name UNIQUE (seat_id, name)
);

CREATE TABLE seat (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  round_id uuid NOT NULL,
  delegation_id uuid,
  role text NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT ck_seat_delegation CHECK (((delegation_id IS NOT NULL) OR (role <> ALL (ARRAY['head'::text, 'alternate'::text, 'adviser'::text, 'expert'::text])))),
  CONSTRAINT ck_seat_role CHECK ((role = ANY (ARRAY['head'::text, 'alternate'::text, 'adviser'::text, 'expert'::text, 'chair'::text, 'facilitator'::text, 'rapporteur'::text, 'secretariat'::text, 'admin'::text]))),
  CONSTRAINT fk_seat_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_seat_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_seat_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT pk_seat PRIMARY KEY (id)
);
CREATE INDEX ix_seat_delegation ON public.seat USING btree (delegation_id);
CREATE INDEX ix_seat_person ON public.seat USING btree (person_id);

CREATE TABLE secret_tally (
  procedure_id uuid NOT NULL,
  yes integer DEFAULT 0 NOT NULL,
  no integer DEFAULT 0 NOT NULL,
  abstain integer DEFAULT 0 NOT NULL,
  CONSTRAINT fk_secret_tally_procedure FOREIGN KEY (procedure_id) REFERENCES procedure(id),
  CONSTRAINT pk_secret_tally PRIMARY KEY (procedure_id)
);

CREATE TABLE secret_voter (
  procedure_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_secret_voter_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_secret_voter_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_secret_voter_procedure FOREIGN KEY (procedure_id) REFERENCES procedure(id),
  CONSTRAINT fk_secret_voter_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_secret_voter PRIMARY KEY (procedure_id, delegation_id)
);

CREATE TABLE session (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  time_zone text NOT NULL,
  venue text NOT NULL,
  status text NOT NULL,
  current_item_id uuid,
  revision integer DEFAULT 1 NOT NULL,
  formality text DEFAULT 'formal'::text NOT NULL,
  suspended_until timestamp with time zone,
  sequence integer DEFAULT 0 NOT NULL,
  CONSTRAINT ck_session_formality CHECK ((formality = ANY (ARRAY['formal'::text, 'informal'::text, 'suspended'::text]))),
  CONSTRAINT ck_session_sequence CHECK ((sequence >= 0)),
  CONSTRAINT ck_session_status CHECK ((status = ANY (ARRAY['draft'::text, 'confirmed'::text, 'live'::text, 'ended'::text, 'cancelled'::text]))),
  CONSTRAINT ck_session_suspended CHECK (((suspended_until IS NULL) OR (formality = 'suspended'::text))),
  CONSTRAINT ck_session_times CHECK ((ends_at > starts_at)),
  CONSTRAINT fk_session_current_item FOREIGN KEY (current_item_id) REFERENCES agenda_item(id),
  CONSTRAINT fk_session_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT pk_session PRIMARY KEY (id)
);
CREATE INDEX ix_session_round ON public.session USING btree (round_id);

CREATE TABLE speaker_dissociation (
  slot_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_speaker_dissociation_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_speaker_dissociation_slot FOREIGN KEY (slot_id) REFERENCES speaker_slot(id),
  CONSTRAINT pk_speaker_dissociation PRIMARY KEY (slot_id, delegation_id)
);

CREATE TABLE speaker_slot (
  id uuid NOT NULL,
  agenda_item_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  body_id uuid,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  place integer,
  asked_at timestamp with time zone NOT NULL,
  began_at timestamp with time zone,
  ended_at timestamp with time zone,
  paused_at timestamp with time zone,
  paused_ms integer DEFAULT 0 NOT NULL,
  limit_seconds integer,
  ruling text,
  message_id uuid,
  CONSTRAINT ck_speaker_slot_group CHECK (((body_id IS NULL) OR (kind = 'statement'::text))),
  CONSTRAINT ck_speaker_slot_kind CHECK ((kind = ANY (ARRAY['statement'::text, 'reply'::text, 'point_of_order'::text]))),
  CONSTRAINT ck_speaker_slot_place CHECK (((place IS NOT NULL) = (state = 'listed'::text))),
  CONSTRAINT ck_speaker_slot_ruling CHECK (((ruling IS NULL) OR ((kind = 'point_of_order'::text) AND ((length(ruling) >= 1) AND (length(ruling) <= 4000))))),
  CONSTRAINT ck_speaker_slot_state CHECK ((state = ANY (ARRAY['listed'::text, 'speaking'::text, 'done'::text, 'withdrawn'::text]))),
  CONSTRAINT ck_speaker_slot_times CHECK ((((began_at IS NOT NULL) = (state = ANY (ARRAY['speaking'::text, 'done'::text]))) AND ((ended_at IS NOT NULL) = (state = 'done'::text)) AND ((paused_at IS NULL) OR (state = 'speaking'::text)))),
  CONSTRAINT fk_speaker_slot_body FOREIGN KEY (body_id) REFERENCES body(id),
  CONSTRAINT fk_speaker_slot_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_speaker_slot_list FOREIGN KEY (agenda_item_id) REFERENCES speakers_list(agenda_item_id),
  CONSTRAINT fk_speaker_slot_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT fk_speaker_slot_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_speaker_slot_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_speaker_slot PRIMARY KEY (id),
  CONSTRAINT uq_speaker_slot_place UNIQUE (agenda_item_id, place) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX ix_speaker_slot_speaking ON public.speaker_slot USING btree (agenda_item_id, ((kind = 'point_of_order'::text))) WHERE (state = 'speaking'::text);

CREATE TABLE speaker_statement (
  slot_id uuid NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  language text NOT NULL,
  body text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_speaker_statement_body CHECK (((length(body) >= 1) AND (length(body) <= 4000))),
  CONSTRAINT ck_speaker_statement_language CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT fk_speaker_statement_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_speaker_statement_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_speaker_statement_slot FOREIGN KEY (slot_id) REFERENCES speaker_slot(id),
  CONSTRAINT pk_speaker_statement PRIMARY KEY (slot_id)
);

CREATE TABLE speakers_act (
  number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  agenda_item_id uuid NOT NULL,
  slot_id uuid,
  act text NOT NULL,
  from_place integer,
  to_place integer,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_speakers_act_act CHECK ((act = ANY (ARRAY['moved'::text, 'returned'::text, 'opened'::text, 'closed'::text]))),
  CONSTRAINT ck_speakers_act_moved CHECK (((act = 'moved'::text) = ((from_place IS NOT NULL) AND (to_place IS NOT NULL)))),
  CONSTRAINT fk_speakers_act_list FOREIGN KEY (agenda_item_id) REFERENCES speakers_list(agenda_item_id),
  CONSTRAINT fk_speakers_act_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_speakers_act_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_speakers_act_slot FOREIGN KEY (slot_id) REFERENCES speaker_slot(id),
  CONSTRAINT pk_speakers_act PRIMARY KEY (number)
);
CREATE INDEX ix_speakers_act_list ON public.speakers_act USING btree (agenda_item_id, number);

CREATE TABLE speakers_list (
  agenda_item_id uuid NOT NULL,
  open boolean DEFAULT true NOT NULL,
  paragraph_id text,
  revision integer DEFAULT 1 NOT NULL,
  CONSTRAINT fk_speakers_list_agenda_item FOREIGN KEY (agenda_item_id) REFERENCES agenda_item(id),
  CONSTRAINT pk_speakers_list PRIMARY KEY (agenda_item_id)
);

CREATE TABLE stance (
  id uuid NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  procedure_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  kind text NOT NULL,
  choice text,
  paragraph_ids text[] DEFAULT '{}'::text[] NOT NULL,
  text text DEFAULT ''::text NOT NULL,
  language text NOT NULL,
  is_late boolean DEFAULT false NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_stance_choice CHECK ((choice = ANY (ARRAY['yes'::text, 'no'::text, 'abstain'::text]))),
  CONSTRAINT ck_stance_kind CHECK ((kind = ANY (ARRAY['break'::text, 'objection'::text, 'vote'::text, 'explanation'::text, 'reservation'::text, 'disassociation'::text]))),
  CONSTRAINT ck_stance_language CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT ck_stance_late CHECK (((NOT is_late) OR (kind = 'break'::text))),
  CONSTRAINT ck_stance_text CHECK ((length(text) <= 4000)),
  CONSTRAINT ck_stance_vote CHECK (((kind = 'vote'::text) = (choice IS NOT NULL))),
  CONSTRAINT fk_stance_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_stance_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_stance_procedure FOREIGN KEY (procedure_id) REFERENCES procedure(id),
  CONSTRAINT fk_stance_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_stance PRIMARY KEY (id)
);
CREATE INDEX ix_stance_procedure ON public.stance USING btree (procedure_id, number);

CREATE TABLE succession (
  from_id uuid NOT NULL,
  to_id uuid NOT NULL,
  round_id uuid NOT NULL,
  act text NOT NULL,
  reason text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT ck_succession_act CHECK ((act = ANY (ARRAY['merged'::text, 'split'::text, 'superseded'::text]))),
  CONSTRAINT ck_succession_other CHECK ((from_id <> to_id)),
  CONSTRAINT ck_succession_reason CHECK ((reason <> ''::text)),
  CONSTRAINT fk_succession_from FOREIGN KEY (from_id) REFERENCES recommendation(id),
  CONSTRAINT fk_succession_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_succession_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_succession_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_succession_to FOREIGN KEY (to_id) REFERENCES recommendation(id),
  CONSTRAINT pk_succession PRIMARY KEY (from_id, to_id)
);
CREATE INDEX ix_succession_to ON public.succession USING btree (to_id);

CREATE TABLE summary (
  id uuid NOT NULL,
  thread_id uuid NOT NULL,
  no integer,
  body text NOT NULL,
  language text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  search tsvector DEFAULT search_words(language, body),
  CONSTRAINT ck_summary_body CHECK (((length(body) >= 1) AND (length(body) <= 20000))),
  CONSTRAINT ck_summary_language CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'es'::text, 'fr'::text, 'ru'::text, 'zh'::text]))),
  CONSTRAINT fk_summary_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_summary_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_summary_thread FOREIGN KEY (thread_id) REFERENCES thread(id),
  CONSTRAINT pk_summary PRIMARY KEY (id),
  CONSTRAINT uq_summary_no UNIQUE (thread_id, no)
);
CREATE INDEX ix_summary_search ON public.summary USING gin (search);
CREATE UNIQUE INDEX uq_summary_draft ON public.summary USING btree (thread_id) WHERE (no IS NULL);

CREATE TABLE summary_citation (
  summary_id uuid NOT NULL,
  message_id uuid NOT NULL,
  CONSTRAINT fk_summary_citation_message FOREIGN KEY (message_id) REFERENCES message(id),
  CONSTRAINT fk_summary_citation_summary FOREIGN KEY (summary_id) REFERENCES summary(id),
  CONSTRAINT pk_summary_citation PRIMARY KEY (summary_id, message_id)
);

CREATE TABLE symbol_count (
  round_id uuid NOT NULL,
  counted text NOT NULL,
  last integer NOT NULL,
  CONSTRAINT fk_symbol_count_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT pk_symbol_count PRIMARY KEY (round_id, counted)
);

CREATE TABLE thread (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  agenda_item_id uuid NOT NULL,
  title text NOT NULL,
  state text DEFAULT 'open'::text NOT NULL,
  floor text DEFAULT 'members'::text NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  positions_on_record boolean DEFAULT false NOT NULL,
  visibility text DEFAULT 'room'::text NOT NULL,
  delegation_id uuid,
  body_id uuid,
  slow_seconds integer DEFAULT 0 NOT NULL,
  reviewed boolean DEFAULT false NOT NULL,
  CONSTRAINT ck_thread_body CHECK (((visibility = 'group'::text) = (body_id IS NOT NULL))),
  CONSTRAINT ck_thread_delegation CHECK (((visibility = 'delegation'::text) = (delegation_id IS NOT NULL))),
  CONSTRAINT ck_thread_floor CHECK ((floor = ANY (ARRAY['members'::text, 'all'::text]))),
  CONSTRAINT ck_thread_slow_seconds CHECK (((slow_seconds >= 0) AND (slow_seconds <= 3600))),
  CONSTRAINT ck_thread_state CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
  CONSTRAINT ck_thread_visibility CHECK ((visibility = ANY (ARRAY['room'::text, 'delegation'::text, 'group'::text, 'bureau'::text]))),
  CONSTRAINT fk_thread_agenda_item FOREIGN KEY (agenda_item_id) REFERENCES agenda_item(id),
  CONSTRAINT fk_thread_body FOREIGN KEY (body_id) REFERENCES body(id),
  CONSTRAINT fk_thread_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_thread_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT pk_thread PRIMARY KEY (id),
  CONSTRAINT uq_thread_of_item UNIQUE NULLS NOT DISTINCT (agenda_item_id, visibility, delegation_id, body_id)
);

CREATE TABLE thread_follower (
  thread_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT fk_thread_follower_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT fk_thread_follower_thread FOREIGN KEY (thread_id) REFERENCES thread(id),
  CONSTRAINT pk_thread_follower PRIMARY KEY (thread_id, seat_id)
);

CREATE TABLE web_session (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT fk_web_session_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT pk_web_session PRIMARY KEY (id)
);
CREATE INDEX ix_web_session_person ON public.web_session USING btree (person_id);
CREATE UNIQUE INDEX ix_web_session_token ON public.web_session USING btree (token_hash);

CREATE TABLE written_fact (
  document_id uuid NOT NULL,
  fact text NOT NULL,
  paragraph_id text NOT NULL,
  CONSTRAINT fk_written_fact_record FOREIGN KEY (document_id) REFERENCES written_record(document_id),
  CONSTRAINT pk_written_fact PRIMARY KEY (document_id, fact)
);

CREATE TABLE written_question (
  id uuid NOT NULL,
  review_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  body text NOT NULL,
  language text NOT NULL,
  person_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  answer text,
  answer_language text,
  answer_person_id uuid,
  answer_seat_id uuid,
  answered_at timestamp with time zone,
  CONSTRAINT ck_written_question_answer CHECK ((num_nonnulls(answer, answer_language, answer_person_id, answer_seat_id, answered_at) = ANY (ARRAY[0, 5]))),
  CONSTRAINT fk_written_question_answer_person FOREIGN KEY (answer_person_id) REFERENCES person(id),
  CONSTRAINT fk_written_question_answer_seat FOREIGN KEY (answer_seat_id) REFERENCES seat(id),
  CONSTRAINT fk_written_question_delegation FOREIGN KEY (delegation_id) REFERENCES delegation(id),
  CONSTRAINT fk_written_question_person FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT fk_written_question_review FOREIGN KEY (review_id) REFERENCES review(id),
  CONSTRAINT fk_written_question_seat FOREIGN KEY (seat_id) REFERENCES seat(id),
  CONSTRAINT pk_written_question PRIMARY KEY (id)
);
CREATE INDEX ix_written_question_review ON public.written_question USING btree (review_id);

CREATE TABLE written_record (
  document_id uuid NOT NULL,
  session_id uuid,
  form text NOT NULL,
  round_id uuid,
  CONSTRAINT ck_written_record_form CHECK ((form = ANY (ARRAY['summary'::text, 'verbatim'::text]))),
  CONSTRAINT ck_written_record_of CHECK ((num_nonnulls(session_id, round_id) = 1)),
  CONSTRAINT fk_written_record_document FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT fk_written_record_round FOREIGN KEY (round_id) REFERENCES round(id),
  CONSTRAINT fk_written_record_session FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT pk_written_record PRIMARY KEY (document_id),
  CONSTRAINT uq_written_record_form UNIQUE (session_id, form),
  CONSTRAINT uq_written_record_round UNIQUE (round_id, form)
);

-- function refuse_change()
-- function search_query(text)
-- function search_words(text,text)
-- function spaced(text)
-- relation S document_refusal_id_seq
-- relation S message_number_seq
-- relation S message_position_number_seq
-- relation S migration_id_seq
-- relation S moderation_act_id_seq
-- relation S mute_id_seq
-- relation S negotiation_act_id_seq
-- relation S notice_number_seq1
-- relation S push_id_seq
-- relation S remark_number_seq
-- relation S speakers_act_number_seq
-- relation S stance_number_seq
-- trigger tr_issued_document_stays
-- trigger tr_issued_rendering_stays
-- trigger tr_message_wording_stays
-- trigger tr_moderation_act_stays
-- trigger tr_negotiation_act_stays
