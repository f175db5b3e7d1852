-- Nobody alters what a figure was. Who corrected it may be forgotten (an erased account).
CREATE FUNCTION monitoring_snapshots_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' AND NEW.by_id IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What a figure was stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER monitoring_snapshot_stays BEFORE UPDATE ON monitoring_snapshot
    FOR EACH ROW EXECUTE FUNCTION monitoring_snapshots_stay();

-- It goes only together with its indicator, which is known when the transaction ends.
CREATE FUNCTION monitoring_snapshots_go_with_their_indicator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM monitoring_indicator WHERE id = OLD.indicator_id) THEN
        RAISE EXCEPTION 'No figure of a day is taken away.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER monitoring_snapshot_goes_with_its_indicator AFTER DELETE ON monitoring_snapshot
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION monitoring_snapshots_go_with_their_indicator();

-- Corrections are numbered one after the other, so that none is left out.
CREATE FUNCTION monitoring_correction_is_the_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.correction > 0 AND NOT EXISTS (
        SELECT FROM monitoring_snapshot
        WHERE indicator_id = NEW.indicator_id AND day = NEW.day AND breakdown = NEW.breakdown AND key = NEW.key
            AND correction = NEW.correction - 1
    ) THEN
        RAISE EXCEPTION 'Correction % is not the next one.', NEW.correction USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER monitoring_snapshot_is_the_next BEFORE INSERT ON monitoring_snapshot
    FOR EACH ROW EXECUTE FUNCTION monitoring_correction_is_the_next();
