-- What a chair lifted stays as it was said; an account may be erased, an organisation merged or gone.
CREATE FUNCTION consortia_liftings_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'by_id' - 'organisation_id') = (to_jsonb(OLD) - 'by_id' - 'organisation_id')
        AND (NEW.by_id IS NULL OR NEW.by_id IS NOT DISTINCT FROM OLD.by_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What a chair lifted stays on record.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER consortia_lifting_stays BEFORE UPDATE ON consortia_lifting
    FOR EACH ROW EXECUTE FUNCTION consortia_liftings_stay();

CREATE CONSTRAINT TRIGGER consortia_lifting_goes_with_its_consortium AFTER DELETE ON consortia_lifting
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION consortia_log_goes_with_its_consortium();

-- From its release on, an outcome is what partners were told; only who settled may be forgotten. One that is settled after
-- the release of others, because its consortium declared another text, is released in its turn.
CREATE FUNCTION consortia_outcomes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.released_at IS NULL OR (to_jsonb(NEW) - 'settled_by_id') = (to_jsonb(OLD) - 'settled_by_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A released recommendation stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER consortia_outcome_stays BEFORE UPDATE ON consortia_outcome
    FOR EACH ROW EXECUTE FUNCTION consortia_outcomes_stay();
