-- How often a question found no answer, or the wrong one, by topic. No person, no words. `report_on` is the Monday on
-- which the leads are told.
CREATE TABLE answer_count (
  tenant_id text NOT NULL,
  report_on date NOT NULL,
  topic text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('unanswered', 'not-meant')),
  times integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, report_on, topic, outcome)
);

-- Words of a question that somebody passed to the leads. Whose they are is kept only so that they can be taken back.
CREATE TABLE kept_words (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  person_id text NOT NULL,
  report_on date NOT NULL,
  topic text NOT NULL,
  words text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX kept_words_report ON kept_words (tenant_id, report_on);
CREATE INDEX kept_words_person ON kept_words (tenant_id, person_id);

-- That the product group may be in communications with a customer (F37-F40): on what ground, who at the product group,
-- when, and who wrote it down. Rows are added and never changed.
CREATE TABLE pg_consent (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  ticket text NOT NULL,
  ground text NOT NULL CHECK (ground IN ('pg-asked', 'exhausted', 'sev-1')),
  contact text NOT NULL,
  consented_on text NOT NULL,
  place_kind text NOT NULL,
  conversation_id text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX pg_consent_ticket ON pg_consent (tenant_id, ticket);
