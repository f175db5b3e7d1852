-- Nobody alters what was answered. Who wrote it may be forgotten (an erased account), and so may the practice or the
-- event that it rests on (taken away, while its name stays).
CREATE TRIGGER learning_answerversion_stays BEFORE UPDATE ON learning_answerversion
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}');
CREATE TRIGGER learning_answertext_stays BEFORE UPDATE ON learning_answertext
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays();
CREATE TRIGGER learning_evidence_stays BEFORE UPDATE ON learning_evidence
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{practice_id,event_id}');

-- Versions go only together with their question, which is known when the transaction ends.
CREATE CONSTRAINT TRIGGER learning_answerversion_goes_with_its_question AFTER DELETE ON learning_answerversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('learning_question', 'question_id');
CREATE CONSTRAINT TRIGGER learning_answertext_goes_with_its_version AFTER DELETE ON learning_answertext
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('learning_answerversion', 'version_id');
CREATE CONSTRAINT TRIGGER learning_evidence_goes_with_its_version AFTER DELETE ON learning_evidence
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('learning_answerversion', 'version_id');

-- Versions are numbered one after the other, so that none is left out.
CREATE FUNCTION learning_version_is_the_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT FROM learning_answerversion WHERE question_id = NEW.question_id AND number = NEW.number - 1
    ) THEN
        RAISE EXCEPTION 'Version % is not the next one.', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER learning_answerversion_is_the_next BEFORE INSERT ON learning_answerversion
    FOR EACH ROW EXECUTE FUNCTION learning_version_is_the_next();

-- From the second version on it is said what changed, and on the strength of what.
CREATE FUNCTION learning_change_has_a_reason() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (btrim(NEW.changed) = '' OR btrim(NEW.because) = '') AND EXISTS (
        SELECT FROM learning_answerversion WHERE id = NEW.version_id AND number > 1
    ) THEN
        RAISE EXCEPTION 'Another answer says what changed and why.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER learning_answertext_says_what_changed BEFORE INSERT ON learning_answertext
    FOR EACH ROW EXECUTE FUNCTION learning_change_has_a_reason();
