-- Who has which role in an ICM (F66-F69). A row ends and is never overwritten, so that the handovers can be told.
CREATE TABLE icm_role (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  icm_id uuid NOT NULL REFERENCES icm (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('commander', 'communications', 'scribe', 'sme')),
  -- Counts who has had the role, from 1. Of two people who take it at once one gets the number.
  turn integer NOT NULL,
  person_id text NOT NULL,
  person_teams_id text NOT NULL,
  person_name text NOT NULL,
  assigned_by text NOT NULL,
  assigned_by_name text NOT NULL,
  assigned_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by text,
  ended_by_name text,
  UNIQUE (icm_id, role, turn)
);
CREATE UNIQUE INDEX icm_role_held ON icm_role (icm_id, role) WHERE ended_at IS NULL;
CREATE INDEX icm_role_person ON icm_role (tenant_id, person_id) WHERE ended_at IS NULL;

-- Who has a role by default in a channel or chat, agreed before anything breaks (F70).
CREATE TABLE default_role (
  tenant_id text NOT NULL,
  channel_id text NOT NULL,
  role text NOT NULL CHECK (role IN ('commander', 'communications', 'scribe', 'sme')),
  person_id text NOT NULL,
  person_teams_id text NOT NULL,
  person_name text NOT NULL,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, channel_id, role)
);

-- The fields that are reported on afterwards (F56, F57), as far as somebody has typed them; the rest is known from the
-- ICM itself. Times are moments in UTC.
CREATE TABLE icm_key_fields (
  icm_id uuid PRIMARY KEY REFERENCES icm (id) ON DELETE CASCADE,
  tenant_id text NOT NULL,
  reported_by text,
  assigned_to text,
  began_at timestamptz,
  detected_at timestamptz,
  first_response_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  impact text CHECK (impact IN ('low', 'medium', 'high', 'critical')),
  urgency text CHECK (urgency IN ('low', 'medium', 'high', 'critical')),
  revision integer NOT NULL DEFAULT 1,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
