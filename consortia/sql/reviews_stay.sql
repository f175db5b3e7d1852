-- What a chair lifted stays as it was said; an account may be erased, an organisation merged or gone.
CREATE TRIGGER consortia_lifting_stays BEFORE UPDATE ON consortia_lifting
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}', '{organisation_id}');

CREATE CONSTRAINT TRIGGER consortia_lifting_goes_with_its_consortium AFTER DELETE ON consortia_lifting
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('consortia_consortium', 'consortium_id');

-- From its release on, an outcome is what partners were told; only who settled may be forgotten. One that is settled after
-- the release of others, because its consortium declared another text, is released in its turn.
CREATE TRIGGER consortia_outcome_stays BEFORE UPDATE ON consortia_outcome
    FOR EACH ROW WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION hub_history_stays('{settled_by_id}');
