-- Nobody alters the log of a consortium; only who did something may be forgotten: an erased account.
CREATE TRIGGER consortia_entry_stays BEFORE UPDATE ON consortia_entry
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}');

-- An entry goes only together with its consortium, which is known when the transaction ends.
CREATE CONSTRAINT TRIGGER consortia_entry_goes_with_its_consortium AFTER DELETE ON consortia_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('consortia_consortium', 'consortium_id');
