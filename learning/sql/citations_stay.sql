-- Nobody alters what a note cited. A citation ends once; who made it may be forgotten (an erased account), and what it
-- cites may be taken away, while what it said stays.
CREATE TRIGGER learning_citation_stays BEFORE UPDATE ON learning_citation
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id,practice_id,figure_id,reuse_id}', '{ended_at}');
CREATE TRIGGER learning_citation_ends_once BEFORE UPDATE ON learning_citation
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
    EXECUTE FUNCTION hub_history_stays();

-- Citations go only together with their note, which is known when the transaction ends.
CREATE CONSTRAINT TRIGGER learning_citation_goes_with_its_note AFTER DELETE ON learning_citation
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('learning_notepage', 'page_id', 'page_ptr_id');
