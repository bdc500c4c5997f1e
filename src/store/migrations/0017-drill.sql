-- A practice run, in a thread of its own. What happens in that thread is kept under a tenant of its own,
-- "<tenant>/practice/<id>" (src/practice.ts), so that no query reaches from a practice run to what is real, or back.
CREATE TABLE drill (
  id uuid PRIMARY KEY,
  -- The organisation: the row itself is real.
  tenant_id text NOT NULL,
  -- The thread. It belongs to the practice run for ever, also when that has ended.
  conversation_id text NOT NULL,
  service_url text NOT NULL,
  bot_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, conversation_id)
);

-- Who has written or pressed something in a practice run: nobody else is mentioned in it.
CREATE TABLE drill_participant (
  tenant_id text NOT NULL,
  drill_id uuid NOT NULL REFERENCES drill (id),
  person_id text NOT NULL,
  teams_id text NOT NULL,
  name text NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (drill_id, person_id)
);
