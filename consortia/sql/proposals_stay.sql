-- Nobody alters what was written in a proposal or submitted; only who wrote it may be forgotten: an erased account.
CREATE TRIGGER consortia_textversion_stays BEFORE UPDATE ON consortia_textversion
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}');
CREATE TRIGGER consortia_proposal_stays BEFORE UPDATE ON consortia_proposal
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}');
CREATE TRIGGER consortia_submittedpart_stays BEFORE UPDATE ON consortia_submittedpart
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}');

-- They go only together with their consortium, which is known when the transaction ends.
CREATE CONSTRAINT TRIGGER consortia_proposal_goes_with_its_consortium AFTER DELETE ON consortia_proposal
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('consortia_consortium', 'consortium_id');
CREATE CONSTRAINT TRIGGER consortia_filling_goes_with_its_consortium AFTER DELETE ON consortia_filling
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('consortia_consortium', 'consortium_id');
CREATE CONSTRAINT TRIGGER consortia_textversion_goes_with_its_part AFTER DELETE ON consortia_textversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('consortia_filling', 'filling_id');
CREATE CONSTRAINT TRIGGER consortia_submittedpart_goes_with_its_proposal AFTER DELETE ON consortia_submittedpart
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('consortia_proposal', 'proposal_id');
