-- What was practised in a practice run, and how it went. These rows are real: they lie under the organisation.
CREATE TABLE drill_run (
  drill_id uuid PRIMARY KEY REFERENCES drill (id),
  tenant_id text NOT NULL,
  -- The scenario as it stood in the playbook when the run began: an edit of the playbook changes no run that is under way.
  -- As text (json), since jsonb would not keep the order of the parts.
  scenario_name text NOT NULL,
  scenario json NOT NULL,
  icm_id uuid NOT NULL,
  started_by text NOT NULL,
  started_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'paused', 'ended', 'shared')),
  -- The injects count their minutes from here; "next inject" and pauses move it.
  counts_from timestamptz NOT NULL,
  paused_at timestamptz CHECK ((paused_at IS NOT NULL) = (state = 'paused')),
  -- Goes up whenever the injects are planned anew; what was planned before does not go out.
  plan integer NOT NULL DEFAULT 1 CHECK (plan > 0),
  -- Which inject comes next, from 0.
  next_inject integer NOT NULL DEFAULT 0 CHECK (next_inject >= 0),
  ended_at timestamptz CHECK ((ended_at IS NOT NULL) = (state IN ('ended', 'shared'))),
  -- What the team says went well, and what to improve; typed when the findings are shared.
  went_well text NOT NULL DEFAULT '',
  to_improve text NOT NULL DEFAULT '',
  -- Goes up with every change that somebody makes; a button carries the one that it was drawn with.
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0)
);
CREATE INDEX drill_run_of ON drill_run (tenant_id, started_at);

-- Who plays a stakeholder (F87).
CREATE TABLE drill_part (
  tenant_id text NOT NULL,
  drill_id uuid NOT NULL REFERENCES drill (id),
  part text NOT NULL,
  person_id text NOT NULL,
  teams_id text NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (drill_id, part)
);

-- The five questions (F88): one answer of each person, which may be changed until the findings are shared.
CREATE TABLE drill_score (
  tenant_id text NOT NULL,
  drill_id uuid NOT NULL REFERENCES drill (id),
  person_id text NOT NULL,
  question integer NOT NULL CHECK (question BETWEEN 1 AND 5),
  score integer NOT NULL CHECK (score BETWEEN 1 AND 5),
  comment text NOT NULL DEFAULT '',
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (drill_id, person_id, question)
);
