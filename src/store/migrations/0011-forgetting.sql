-- The trail stays append-only, with one exception (docs/decisions/0009): whoever asks to be forgotten is replaced in it
-- by a name that leads nowhere. Nothing else of a row can change, and only while a transaction names whom it forgets.
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND nullif(current_setting('icm.forget_person', true), '') IS NOT NULL THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'audit rows are never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION audit_changes_only_to_forget() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  forgotten text := nullif(current_setting('icm.forget_person', true), '');
  chat text := nullif(current_setting('icm.forget_chat', true), '');
  stand_in text := coalesce(current_setting('icm.forget_as', true), '');
BEGIN
  IF forgotten IS NULL OR stand_in !~ '^forgotten-[0-9a-f-]{36}$'
    OR (NEW.id, NEW.at, NEW.tenant_id, NEW.event) IS DISTINCT FROM (OLD.id, OLD.at, OLD.tenant_id, OLD.event)
    OR NEW.actor_id IS DISTINCT FROM replace(OLD.actor_id, forgotten, stand_in)
    OR NEW.subject IS DISTINCT FROM replace(OLD.subject, forgotten, stand_in)
    OR NEW.details::text IS DISTINCT FROM replace(OLD.details::text, forgotten, stand_in)
    OR NEW.conversation_id IS DISTINCT FROM (CASE WHEN OLD.conversation_id = chat THEN stand_in ELSE OLD.conversation_id END)
  THEN
    RAISE EXCEPTION 'audit rows are never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_changes BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_changes_only_to_forget();
CREATE INDEX audit_actor ON audit (tenant_id, actor_id);
