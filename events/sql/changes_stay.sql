-- Nobody alters or deletes a change of an event, whatever program they use.
CREATE TRIGGER events_eventchange_stays BEFORE UPDATE OR DELETE ON events_eventchange
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{made_by_id}');
