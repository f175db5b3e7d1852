-- From its release on, an outcome is what partners were told; only who settled may be forgotten. One that is settled after
-- the release of others, because its consortium declared another text, is released in its turn.
CREATE OR REPLACE FUNCTION consortia_outcomes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.released_at IS NULL OR (to_jsonb(NEW) - 'settled_by_id') = (to_jsonb(OLD) - 'settled_by_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A released recommendation stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;
