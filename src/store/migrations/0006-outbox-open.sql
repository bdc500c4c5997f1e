-- Whether a row still waits, and whether people must know of it, as columns of their own for the partial indexes. With
-- `state` in their conditions each lease wrote to every index of the table, though nothing in them changed.
ALTER TABLE outbox
  ADD COLUMN is_open boolean GENERATED ALWAYS AS (state IN ('waiting', 'sending')) STORED,
  ADD COLUMN is_stuck boolean GENERATED ALWAYS AS (state IN ('parked', 'unconfirmed')) STORED;
DROP INDEX outbox_wake;
DROP INDEX outbox_due;
DROP INDEX outbox_stuck;
CREATE INDEX outbox_wake ON outbox (wake_at) WHERE is_open;
CREATE INDEX outbox_due ON outbox (due_at) WHERE is_open;
CREATE INDEX outbox_stuck ON outbox (tenant_id, channel_id) WHERE is_stuck;
