-- What must surely go out, now or later. The row is the truth; a job of the queue is only the alarm clock that somebody
-- looks at it in time.
CREATE TABLE outbox (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id text NOT NULL,
  -- The channel without its thread, or the chat: what is paced and parked as one.
  channel_id text NOT NULL,
  conversation_id text NOT NULL,
  place_kind text NOT NULL,
  bot_id text NOT NULL,
  job text NOT NULL,
  subject text NOT NULL,
  stage text NOT NULL,
  -- When it should be out; never changes.
  due_at timestamptz NOT NULL,
  -- When it is tried next: at first the same.
  wake_at timestamptz NOT NULL,
  -- unconfirmed: sent twice at most, and nobody knows whether it arrived. parked: surely not sent, and not tried again.
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'sending', 'sent', 'dropped', 'parked', 'unconfirmed')),
  -- Goes up with each lease; whoever has an older one can change nothing any more.
  attempt integer NOT NULL DEFAULT 0,
  lease_until timestamptz,
  -- How often it may have been posted. A third time is never tried.
  copies integer NOT NULL DEFAULT 0 CHECK (copies BETWEEN 0 AND 2),
  failures integer NOT NULL DEFAULT 0,
  -- How it is tried from now on: Teams found it too large, or its thread was gone.
  shorter boolean NOT NULL DEFAULT false,
  new_thread boolean NOT NULL DEFAULT false,
  activity_id text,
  reason text,
  sent_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, subject, job, stage)
) WITH (fillfactor = 70);
CREATE INDEX outbox_wake ON outbox (wake_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_stuck ON outbox (tenant_id, channel_id) WHERE state IN ('parked', 'unconfirmed');
CREATE INDEX outbox_created ON outbox USING brin (created_at);

-- Where posts go: how fast, from when on, and whether at all. channel_id '' is the tenant as a whole.
CREATE TABLE route (
  tenant_id text NOT NULL,
  channel_id text NOT NULL,
  service_url text NOT NULL DEFAULT '',
  -- Up to when the posts granted so far use up the pace.
  paced_to timestamptz NOT NULL DEFAULT '-infinity',
  -- Teams asked to be left alone until then.
  not_before timestamptz NOT NULL DEFAULT '-infinity',
  parked_reason text,
  parked_at timestamptz,
  PRIMARY KEY (tenant_id, channel_id)
) WITH (fillfactor = 70);
