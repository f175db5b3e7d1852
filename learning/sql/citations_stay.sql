-- Nobody alters what a note cited. A citation ends once; who made it may be forgotten (an erased account), and what it
-- cites may be taken away, while what it said stays.
CREATE FUNCTION learning_citations_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ways CONSTANT text[] := ARRAY['by_id', 'practice_id', 'figure_id', 'reuse_id'];
    way text;
BEGIN
    IF (to_jsonb(NEW) - ways - 'ended_at') IS DISTINCT FROM (to_jsonb(OLD) - ways - 'ended_at')
        OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
    THEN
        RAISE EXCEPTION 'What was cited stays as it is.' USING ERRCODE = 'restrict_violation';
    END IF;
    FOREACH way IN ARRAY ways LOOP
        IF to_jsonb(NEW) ->> way IS NOT NULL AND to_jsonb(NEW) ->> way IS DISTINCT FROM to_jsonb(OLD) ->> way THEN
            RAISE EXCEPTION 'What was cited stays as it is.' USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END
$$;

CREATE TRIGGER learning_citation_stays BEFORE UPDATE ON learning_citation
    FOR EACH ROW EXECUTE FUNCTION learning_citations_stay();

-- Citations go only together with their note, which is known when the transaction ends.
CREATE FUNCTION learning_citations_go_with_their_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM learning_notepage WHERE page_ptr_id = OLD.page_id) THEN
        RAISE EXCEPTION 'No citation of a note is taken away.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER learning_citation_goes_with_its_note AFTER DELETE ON learning_citation
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION learning_citations_go_with_their_note();
