-- A request to the SMEs to flag a case as CSAT Impacting (F41-F52). Rows are never deleted: the trail hangs on them.
CREATE TABLE escalation (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  icm_number text NOT NULL,
  icm_title text NOT NULL,
  icm_link text NOT NULL,
  sr_number text NOT NULL,
  sr_title text NOT NULL DEFAULT '',
  sr_link text NOT NULL,
  -- CSS contacts that work on the case, and the ICM's owner, as they were typed.
  contacts text NOT NULL,
  owner_name text NOT NULL,
  owner_email text NOT NULL DEFAULT '',
  -- Of the SMEs who are asked, in the words of the playbook.
  region text NOT NULL,
  case_status text NOT NULL CHECK (case_status IN ('open', 'resolved', 'closed')),
  -- The three details (F43).
  sentiment text NOT NULL,
  why text NOT NULL,
  improvement text NOT NULL,
  -- Exceptionally bad (F46); if so, somebody has judged it (T6).
  exceptional boolean NOT NULL DEFAULT false,
  judge_id text,
  judge_name text,
  requester_id text NOT NULL,
  requester_teams_id text NOT NULL,
  requester_name text NOT NULL,
  -- Where it was asked for, and where its package goes.
  place_kind text NOT NULL CHECK (place_kind IN ('personal', 'channel', 'group')),
  conversation_id text NOT NULL,
  service_url text NOT NULL,
  bot_id text NOT NULL,
  -- The requester's card.
  card_activity_id text,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'declined', 'withdrawn', 'expired')),
  -- Goes up with every change; a decision counts on the one that the SME saw.
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  -- What an SME wants to know; while it stands, the requester is waited for.
  question text,
  question_by_id text,
  question_by_teams_id text,
  question_by_name text,
  -- The SMEs of other regions may decide as well.
  is_offered boolean NOT NULL DEFAULT false,
  -- The SMEs' message, once it is out: its thread and its id.
  sme_conversation_id text,
  sme_activity_id text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK (exceptional = (judge_id IS NOT NULL)),
  CHECK ((question IS NULL) = (question_by_id IS NULL))
);
-- A second request for an ICM leads to the first.
CREATE UNIQUE INDEX escalation_of_icm ON escalation (tenant_id, icm_number) WHERE state IN ('open', 'approved');
CREATE INDEX escalation_by_number ON escalation (tenant_id, icm_number, created_at);
CREATE INDEX escalation_by_requester ON escalation (tenant_id, requester_id, created_at);

-- Whoever asked or changed the request: they never decide on it.
CREATE TABLE escalation_editor (
  escalation_id uuid NOT NULL REFERENCES escalation (id),
  person_id text NOT NULL,
  PRIMARY KEY (escalation_id, person_id)
);

-- The decision: once for each request, on the revision that the SME saw.
CREATE TABLE escalation_decision (
  escalation_id uuid PRIMARY KEY REFERENCES escalation (id),
  tenant_id text NOT NULL,
  decision text NOT NULL CHECK (decision IN ('approved', 'declined')),
  revision integer NOT NULL,
  approver_id text NOT NULL CHECK (approver_id <> ''),
  approver_teams_id text NOT NULL,
  approver_name text NOT NULL,
  -- How the low sentiment could have been avoided (F42), or why not.
  words text NOT NULL,
  at timestamptz NOT NULL,
  CHECK (decision = 'approved' OR words <> '')
);

-- What happened, with the words of whoever did it. Rows are added and never changed.
CREATE TABLE escalation_trail (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  escalation_id uuid NOT NULL REFERENCES escalation (id),
  at timestamptz NOT NULL,
  -- '' is the bot itself.
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  step text NOT NULL,
  -- Of the request, after the step.
  revision integer NOT NULL,
  words text NOT NULL DEFAULT ''
);
CREATE INDEX escalation_trail_of ON escalation_trail (escalation_id, id);

CREATE FUNCTION escalation_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER escalation_trail_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON escalation_trail
  FOR EACH STATEMENT EXECUTE FUNCTION escalation_is_append_only();
CREATE TRIGGER escalation_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON escalation_decision
  FOR EACH STATEMENT EXECUTE FUNCTION escalation_is_append_only();
CREATE TRIGGER escalation_editor_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON escalation_editor
  FOR EACH STATEMENT EXECUTE FUNCTION escalation_is_append_only();

-- A decision is taken on an open request, on its present revision, by somebody who has no part in it. The row is locked,
-- so that nobody becomes its editor meanwhile.
CREATE FUNCTION escalation_decision_is_sound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM escalation WHERE id = NEW.escalation_id AND tenant_id = NEW.tenant_id AND state = 'open'
    AND revision = NEW.revision FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only an open request is decided, on its present revision' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM escalation WHERE id = NEW.escalation_id AND lower(requester_id) = lower(NEW.approver_id))
    OR EXISTS (SELECT FROM escalation_editor
               WHERE escalation_id = NEW.escalation_id AND lower(person_id) = lower(NEW.approver_id)) THEN
    RAISE EXCEPTION 'whoever asked or changed the request does not decide on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER escalation_decision_sound BEFORE INSERT ON escalation_decision
  FOR EACH ROW EXECUTE FUNCTION escalation_decision_is_sound();

-- A request is over once, and decided only by its decision; after that nobody changes what was decided on.
CREATE FUNCTION escalation_state_is_sound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN
      RAISE EXCEPTION 'a request begins open' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.requester_id <> OLD.requester_id OR NEW.tenant_id <> OLD.tenant_id OR NEW.revision < OLD.revision THEN
    RAISE EXCEPTION 'who asked stays, and revisions go up' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state <> OLD.state AND OLD.state <> 'open' THEN
    RAISE EXCEPTION 'a request is over once' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state <> OLD.state AND NEW.state IN ('approved', 'declined')
    AND NOT EXISTS (SELECT FROM escalation_decision WHERE escalation_id = NEW.id AND decision = NEW.state) THEN
    RAISE EXCEPTION 'a request is decided by a decision' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER escalation_state_sound BEFORE INSERT OR UPDATE ON escalation
  FOR EACH ROW EXECUTE FUNCTION escalation_state_is_sound();
