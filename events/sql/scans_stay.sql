-- Nobody alters what was noted at a door; only who noted it may be forgotten: an erased account, a deleted link.
CREATE FUNCTION events_scan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'by_id' - 'door_pass_id') = (to_jsonb(OLD) - 'by_id' - 'door_pass_id')
        AND (NEW.by_id IS NULL OR NEW.by_id = OLD.by_id)
        AND (NEW.door_pass_id IS NULL OR NEW.door_pass_id = OLD.door_pass_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was noted at the door stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER events_scan_stays BEFORE UPDATE ON events_scan
    FOR EACH ROW EXECUTE FUNCTION events_scan_stays();

-- Before its event is over a scan goes only together with its person, which is known when the transaction ends.
CREATE FUNCTION events_scan_goes_with_its_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM events_event AS event
        WHERE event.ends_at > now() AND event.id IN (
            SELECT event_id FROM events_registration WHERE id = OLD.registration_id
            UNION ALL SELECT event_id FROM events_walkin WHERE id = OLD.walk_in_id
        )
    ) THEN
        RAISE EXCEPTION 'What was noted at the door stays until the event is over.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER events_scan_goes_with_its_person AFTER DELETE ON events_scan
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION events_scan_goes_with_its_person();
