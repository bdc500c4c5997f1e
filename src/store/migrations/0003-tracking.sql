-- An ICM that somebody of the team keeps an eye on. One row for each ICM; whoever looks after it is its engineer.
CREATE TABLE icm (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  number text NOT NULL,
  title text NOT NULL DEFAULT '',
  sr_number text,
  case_severity text CHECK (case_severity IN ('A', 'B', 'C')),
  icm_severity integer CHECK (icm_severity BETWEEN 1 AND 3),
  outage boolean NOT NULL DEFAULT false,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved')),
  -- Where reminders go: the thread or chat in which it was tracked.
  place_kind text NOT NULL CHECK (place_kind IN ('personal', 'channel', 'group')),
  conversation_id text NOT NULL,
  service_url text NOT NULL,
  bot_id text NOT NULL,
  engineer_id text NOT NULL,
  engineer_teams_id text NOT NULL,
  engineer_name text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  resolved_at timestamptz,
  UNIQUE (tenant_id, number)
);
CREATE INDEX icm_engineer ON icm (tenant_id, engineer_id, status);
CREATE INDEX icm_place ON icm (tenant_id, conversation_id) WHERE status = 'open';

-- Who has seen how to watch and subscribe to an ICM: once for each ICM and engineer (F7).
CREATE TABLE tracking_shown (
  tenant_id text NOT NULL,
  icm_number text NOT NULL,
  person_id text NOT NULL,
  PRIMARY KEY (tenant_id, icm_number, person_id)
);

-- A promised next contact with the customer. An ICM has at most one open one.
CREATE TABLE follow_up (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  icm_id uuid NOT NULL REFERENCES icm (id),
  -- The truth, in UTC, with the zone in which it was said.
  due_at timestamptz NOT NULL,
  zone text NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'sent', 'replaced', 'not-due', 'resolved')),
  -- A pause of the reminders; the promise itself stays.
  snoozed_until timestamptz,
  snoozes integer NOT NULL DEFAULT 0,
  revision integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz
);
CREATE UNIQUE INDEX follow_up_open ON follow_up (icm_id) WHERE status = 'open';

-- What a person has set for themselves.
CREATE TABLE preference (
  tenant_id text NOT NULL,
  person_id text NOT NULL,
  teams_id text NOT NULL,
  name text NOT NULL,
  -- IANA name; set by the person, or as their client said last.
  zone text,
  zone_is_set boolean NOT NULL DEFAULT false,
  -- Working time in that zone, "HH:MM"; days 1 (Monday) to 7.
  work_from text,
  work_to text,
  work_days integer[],
  -- Away until then; the delegate gets the reminders.
  away_until timestamptz,
  delegate_id text,
  delegate_teams_id text,
  delegate_name text,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, person_id)
);
CREATE INDEX preference_teams ON preference (tenant_id, teams_id);
