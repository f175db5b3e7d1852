-- Nobody alters what was answered. Who wrote it may be forgotten (an erased account), and so may the practice or the
-- event that it rests on (taken away, while its name stays).
CREATE FUNCTION learning_answers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ways CONSTANT text[] := ARRAY['by_id', 'practice_id', 'event_id'];
    way text;
BEGIN
    IF (to_jsonb(NEW) - ways) = (to_jsonb(OLD) - ways) THEN
        FOREACH way IN ARRAY ways LOOP
            IF to_jsonb(NEW) ->> way IS NOT NULL AND to_jsonb(NEW) ->> way IS DISTINCT FROM to_jsonb(OLD) ->> way THEN
                RAISE EXCEPTION 'What was answered stays as it is.' USING ERRCODE = 'restrict_violation';
            END IF;
        END LOOP;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was answered stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER learning_answerversion_stays BEFORE UPDATE ON learning_answerversion
    FOR EACH ROW EXECUTE FUNCTION learning_answers_stay();
CREATE TRIGGER learning_answertext_stays BEFORE UPDATE ON learning_answertext
    FOR EACH ROW EXECUTE FUNCTION learning_answers_stay();
CREATE TRIGGER learning_evidence_stays BEFORE UPDATE ON learning_evidence
    FOR EACH ROW EXECUTE FUNCTION learning_answers_stay();

-- Versions go only together with their question, which is known when the transaction ends.
CREATE FUNCTION learning_versions_go_with_their_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM learning_question WHERE id = OLD.question_id) THEN
        RAISE EXCEPTION 'No version of an answer is taken away.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER learning_answerversion_goes_with_its_question AFTER DELETE ON learning_answerversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION learning_versions_go_with_their_question();

CREATE FUNCTION learning_words_go_with_their_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM learning_answerversion WHERE id = OLD.version_id) THEN
        RAISE EXCEPTION 'No words of an answer are taken away.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER learning_answertext_goes_with_its_version AFTER DELETE ON learning_answertext
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION learning_words_go_with_their_version();
CREATE CONSTRAINT TRIGGER learning_evidence_goes_with_its_version AFTER DELETE ON learning_evidence
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION learning_words_go_with_their_version();

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
