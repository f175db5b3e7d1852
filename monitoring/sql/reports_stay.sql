-- What was published stays as it is. Who published it may be forgotten (an erased account).
CREATE TRIGGER monitoring_report_stays BEFORE UPDATE OR DELETE ON monitoring_report
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION hub_history_stays('{published_by_id}');

-- So do its parts; a figure that is taken away leaves them.
CREATE FUNCTION monitoring_report_parts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row monitoring_reportpart := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.indicator_id IS NULL
        AND to_jsonb(NEW) - 'indicator_id' = to_jsonb(OLD) - 'indicator_id' THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM monitoring_report WHERE state = 'published'
            AND id IN (row.report_id, CASE TG_OP WHEN 'UPDATE' THEN OLD.report_id END)
    ) THEN
        RAISE EXCEPTION 'What was published stays as it is.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN row;
END
$$;

CREATE TRIGGER monitoring_reportpart_stays BEFORE INSERT OR UPDATE OR DELETE ON monitoring_reportpart
    FOR EACH ROW EXECUTE FUNCTION monitoring_report_parts_stay();

-- Nobody alters what was written into the logbook. Who wrote it may be forgotten.
CREATE TRIGGER monitoring_logbookversion_stays BEFORE UPDATE ON monitoring_logbookversion
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}');

-- A version goes only together with its entry, which is known when the transaction ends.
CREATE CONSTRAINT TRIGGER monitoring_logbookversion_goes_with_its_entry AFTER DELETE ON monitoring_logbookversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('monitoring_logbookentry', 'entry_id');

-- Versions are numbered one after the other, so that none is left out.
CREATE FUNCTION monitoring_version_is_the_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT FROM monitoring_logbookversion WHERE entry_id = NEW.entry_id AND number = NEW.number - 1
    ) THEN
        RAISE EXCEPTION 'Version % is not the next one.', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER monitoring_logbookversion_is_the_next BEFORE INSERT ON monitoring_logbookversion
    FOR EACH ROW EXECUTE FUNCTION monitoring_version_is_the_next();
