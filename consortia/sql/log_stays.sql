-- Nobody alters the log of a consortium; only who did something may be forgotten: an erased account.
CREATE FUNCTION consortia_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'by_id') = (to_jsonb(OLD) - 'by_id') AND NEW.by_id IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The log of a consortium stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER consortia_entry_stays BEFORE UPDATE ON consortia_entry
    FOR EACH ROW EXECUTE FUNCTION consortia_log_stays();

-- An entry goes only together with its consortium, which is known when the transaction ends.
CREATE FUNCTION consortia_log_goes_with_its_consortium() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM consortia_consortium WHERE id = OLD.consortium_id) THEN
        RAISE EXCEPTION 'The log of a consortium stays as long as the consortium.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER consortia_entry_goes_with_its_consortium AFTER DELETE ON consortia_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION consortia_log_goes_with_its_consortium();
