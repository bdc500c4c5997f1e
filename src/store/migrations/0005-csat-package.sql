-- What is done of the package of an approved escalation (F43, F45), and what became of its email.
CREATE TABLE csat_package (
  escalation_id uuid PRIMARY KEY REFERENCES escalation (id),
  tenant_id text NOT NULL,
  -- The four actions, as the engineer ticked them.
  sr_title boolean NOT NULL DEFAULT false,
  icm_title boolean NOT NULL DEFAULT false,
  note boolean NOT NULL DEFAULT false,
  email boolean NOT NULL DEFAULT false,
  -- Off the shiproom list since then.
  closed_at timestamptz,
  -- Goes up with every change; a button carries the one that it was drawn with.
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  -- asked: somebody pressed Send. sending: it may be out from here on. unknown: nobody knows whether it is, for good.
  email_state text NOT NULL DEFAULT 'prepared'
    CHECK (email_state IN ('prepared', 'asked', 'sending', 'sent', 'failed', 'unknown')),
  -- Goes up with each press of Send; whoever has an older one can change nothing any more.
  email_attempt integer NOT NULL DEFAULT 0,
  -- Since when it is in that state.
  email_at timestamptz,
  email_by_id text,
  email_by_teams_id text,
  email_by_name text,
  -- Whom it was shown to go to when Send was pressed, and of these whom the mail server refused.
  email_to text[] NOT NULL DEFAULT '{}',
  email_cc text[] NOT NULL DEFAULT '{}',
  email_refused text[] NOT NULL DEFAULT '{}',
  -- A sentence of ours on why it failed, or why nobody knows.
  email_reason text NOT NULL DEFAULT '',
  CHECK ((email_state = 'prepared') = (email_attempt = 0))
);

-- An email goes out at most once. It is tried again only after it surely did not go out, and only when somebody presses
-- Send again; what is in doubt stays so, unless the one who was sending it comes to know.
CREATE FUNCTION csat_package_is_sound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.email_state <> OLD.email_state AND (OLD.email_state || ' ' || NEW.email_state) NOT IN (
    'prepared asked', 'failed asked', 'asked sending', 'sending sent', 'sending failed',
    'sending unknown', 'unknown sent', 'unknown failed'
  ) THEN
    RAISE EXCEPTION 'an email does not go from % to %', OLD.email_state, NEW.email_state
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.email_attempt <> OLD.email_attempt
    AND NOT (NEW.email_attempt = OLD.email_attempt + 1 AND NEW.email_state = 'asked' AND OLD.email_state <> 'asked') THEN
    RAISE EXCEPTION 'an attempt begins with somebody who asks for it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER csat_package_sound BEFORE UPDATE ON csat_package
  FOR EACH ROW EXECUTE FUNCTION csat_package_is_sound();
