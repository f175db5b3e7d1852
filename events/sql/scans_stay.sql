-- Nobody alters what was noted at a door; only who noted it may be forgotten: an erased account, a deleted link.
CREATE TRIGGER events_scan_stays BEFORE UPDATE ON events_scan
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id,door_pass_id}');

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
