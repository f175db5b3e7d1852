-- Nobody alters or deletes a change of date or a withdrawal, whatever program they use.
CREATE TRIGGER calls_deadlinechange_stays BEFORE UPDATE OR DELETE ON calls_deadlinechange
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{moved_by_id}');
CREATE TRIGGER calls_callwithdrawal_stays BEFORE UPDATE OR DELETE ON calls_callwithdrawal
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{withdrawn_by_id}');
