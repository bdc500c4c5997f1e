-- How ready a team is for incidents: its checklist (F94) and what it agreed on about updates (F82, F83, F86). One row
-- for each channel or chat; there is none until somebody changes something.
CREATE TABLE readiness (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  -- The channel without its thread, or the chat.
  channel_id text NOT NULL,
  -- Goes up with every change, also of an item; a button carries the one that it was drawn with.
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  -- Whether the channel wants its monthly post.
  nudges boolean NOT NULL DEFAULT true,
  -- Agreed by the team, in its own words; no document gives an interval (T11). Minutes, at most a week.
  external_channel text NOT NULL DEFAULT '',
  external_minutes integer CHECK (external_minutes BETWEEN 1 AND 10080),
  internal_channel text NOT NULL DEFAULT '',
  internal_minutes integer CHECK (internal_minutes BETWEEN 1 AND 10080),
  -- Names of groups in the playbook that were asked (F86).
  consulted text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, channel_id)
);

-- An item that somebody has touched; the others are open, without an owner.
CREATE TABLE readiness_item (
  tenant_id text NOT NULL,
  readiness_id uuid NOT NULL REFERENCES readiness (id),
  -- Its name in the playbook.
  item text NOT NULL,
  done_at timestamptz,
  done_by_id text,
  done_by_name text,
  owner_id text,
  owner_teams_id text,
  owner_name text,
  note text NOT NULL DEFAULT '',
  PRIMARY KEY (readiness_id, item),
  CHECK ((done_at IS NULL) = (done_by_id IS NULL)),
  CHECK ((owner_id IS NULL) = (owner_name IS NULL))
);

-- The leads' numbers look for the events of some weeks. Rows come in the order of time, so the smallest kind of index
-- finds them, and a turn hardly pays for it.
CREATE INDEX audit_time ON audit USING brin (at);
