-- The postmortem of an ICM (F89 to F91): one for each ICM, in fields that people fill in.
CREATE TABLE postmortem (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  icm_id uuid NOT NULL REFERENCES icm (id) ON DELETE CASCADE,
  -- Goes up with every change; a form carries the one that it was drawn with.
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, icm_id)
);

-- What it said at each revision, the present one too: so that two who write at the same time lose nothing.
CREATE TABLE postmortem_version (
  postmortem_id uuid NOT NULL REFERENCES postmortem (id) ON DELETE CASCADE,
  tenant_id text NOT NULL,
  revision integer NOT NULL,
  fields jsonb NOT NULL,
  saved_by_id text NOT NULL,
  saved_by_name text NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (postmortem_id, revision)
);

-- When it was shared with the leads, and at which revision.
CREATE TABLE postmortem_share (
  postmortem_id uuid NOT NULL REFERENCES postmortem (id) ON DELETE CASCADE,
  tenant_id text NOT NULL,
  revision integer NOT NULL,
  shared_by_id text NOT NULL,
  shared_by_name text NOT NULL,
  shared_at timestamptz NOT NULL,
  -- How many words of blame had been pointed out and stood there all the same.
  pointed_out integer NOT NULL,
  PRIMARY KEY (postmortem_id, revision)
);

-- What is to be done so that it goes better: with an owner and a day, and followed up.
CREATE TABLE postmortem_action (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  icm_id uuid NOT NULL REFERENCES icm (id) ON DELETE CASCADE,
  seq integer NOT NULL CHECK (seq > 0),
  what text NOT NULL,
  -- '' where the owner is only a name.
  owner_id text NOT NULL,
  owner_teams_id text NOT NULL,
  owner_name text NOT NULL CHECK (owner_name <> ''),
  -- When its owner is reminded, in UTC, with the zone in which the day was said.
  due_at timestamptz NOT NULL,
  zone text NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'dropped')),
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  added_by_id text NOT NULL,
  added_by_name text NOT NULL,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by_id text,
  ended_by_name text,
  UNIQUE (tenant_id, icm_id, seq),
  CHECK ((status = 'open') = (ended_at IS NULL))
);
CREATE INDEX postmortem_action_owner ON postmortem_action (tenant_id, owner_id);
