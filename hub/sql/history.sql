-- What stays on record, whatever program comes. Apps say so of their tables by two triggers:
--   BEFORE UPDATE ... hub_history_stays('{by_id}', '{organisation_id}'), with OR DELETE where no row ever goes;
--   AFTER DELETE, deferred ... hub_history_goes_with('app_parent', 'parent_id') where a row goes together with another.

-- Nothing of a row may change, but what may be forgotten (the first argument: an erased account, something that is gone)
-- and what follows others (the second: an organisation that becomes another one).
CREATE FUNCTION hub_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    forgotten text[] := coalesce(TG_ARGV[0], '{}');
    free text[] := coalesce(TG_ARGV[1], '{}');
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - forgotten - free = to_jsonb(OLD) - forgotten - free
        AND NOT EXISTS (
            SELECT FROM unnest(forgotten) AS name
            WHERE to_jsonb(NEW) ->> name IS NOT NULL AND to_jsonb(NEW) ->> name IS DISTINCT FROM to_jsonb(OLD) ->> name
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What is on record stays as it is: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

-- Whether what a row belongs to is gone, too, is known when the transaction ends. The third argument is the name of its
-- key where that is not `id`.
CREATE FUNCTION hub_history_goes_with() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stands boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1)', TG_ARGV[0], coalesce(TG_ARGV[2], 'id'))
        INTO stands USING (to_jsonb(OLD) ->> TG_ARGV[1])::bigint;
    IF stands THEN
        RAISE EXCEPTION 'What is on record stays as long as what it belongs to: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;
