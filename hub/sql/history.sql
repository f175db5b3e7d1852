-- What an erased account leaves behind: the row, without its author. Nothing else of it may change, and no row may go.
CREATE FUNCTION hub_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) ->> TG_ARGV[0] IS NULL
        AND to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0]
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was changed stays on record: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
