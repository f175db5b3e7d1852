-- Nobody alters what a figure was. Who corrected it may be forgotten (an erased account).
CREATE TRIGGER monitoring_snapshot_stays BEFORE UPDATE ON monitoring_snapshot
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}');

-- It goes only together with its indicator, which is known when the transaction ends.
CREATE CONSTRAINT TRIGGER monitoring_snapshot_goes_with_its_indicator AFTER DELETE ON monitoring_snapshot
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('monitoring_indicator', 'indicator_id');

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
