-- An activity that came in. Teams sends one again when an answer is late or lost; the second time changes nothing and
-- gets the answer that the first one got. Rows are kept for a day.
CREATE TABLE inbox (
  tenant_id text NOT NULL,
  conversation_id text NOT NULL,
  activity_id text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  -- Who took it must answer until then; after that a repeat is taken as new, since the process may have died.
  lease_until timestamptz NOT NULL,
  answered_at timestamptz,
  -- The answer as card name and view, rendered again for a repeat.
  answer jsonb,
  PRIMARY KEY (tenant_id, conversation_id, activity_id)
) WITH (fillfactor = 80);
-- Rows come in the order of time, so the smallest kind of index finds the old ones.
CREATE INDEX inbox_received ON inbox USING brin (received_at);

-- A guided conversation of one person in one place.
CREATE TABLE dialog (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  conversation_id text NOT NULL,
  feature text NOT NULL,
  owner_id text NOT NULL,
  owner_teams_id text NOT NULL,
  owner_name text NOT NULL,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  state jsonb NOT NULL,
  is_open boolean NOT NULL DEFAULT true,
  -- The message that shows it.
  card_activity_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);
-- No index holds a column that a step of a dialog changes, so that a step writes no index.
CREATE INDEX dialog_of_person ON dialog (tenant_id, conversation_id, owner_id);

-- The trail. Rows are added and never changed.
CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  tenant_id text NOT NULL,
  actor_id text NOT NULL,
  conversation_id text NOT NULL,
  event text NOT NULL,
  subject text NOT NULL,
  details jsonb NOT NULL
);
CREATE INDEX audit_subject ON audit (tenant_id, subject, id);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit rows are never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- Where the bot can speak to a person in private: the personal chats in which it is installed.
CREATE TABLE personal_chat (
  tenant_id text NOT NULL,
  person_id text NOT NULL,
  conversation_id text NOT NULL,
  service_url text NOT NULL,
  bot_id text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, person_id)
);

-- The places in which the bot has introduced itself.
CREATE TABLE introduction (
  tenant_id text NOT NULL,
  conversation_id text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, conversation_id)
);
