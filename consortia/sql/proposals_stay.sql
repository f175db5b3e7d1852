-- Nobody alters what was written in a proposal or submitted; only who wrote it may be forgotten: an erased account.
CREATE FUNCTION consortia_proposals_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'by_id') = (to_jsonb(OLD) - 'by_id') AND to_jsonb(NEW) ->> 'by_id' IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was written or submitted stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER consortia_textversion_stays BEFORE UPDATE ON consortia_textversion
    FOR EACH ROW EXECUTE FUNCTION consortia_proposals_stay();
CREATE TRIGGER consortia_proposal_stays BEFORE UPDATE ON consortia_proposal
    FOR EACH ROW EXECUTE FUNCTION consortia_proposals_stay();
CREATE TRIGGER consortia_submittedpart_stays BEFORE UPDATE ON consortia_submittedpart
    FOR EACH ROW EXECUTE FUNCTION consortia_proposals_stay();

-- They go only together with their consortium, which is known when the transaction ends.
CREATE FUNCTION consortia_proposals_go_with_their_consortium() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM consortia_consortium WHERE id = OLD.consortium_id) THEN
        RAISE EXCEPTION 'What was filled in or submitted stays as long as the consortium.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER consortia_proposal_goes_with_its_consortium AFTER DELETE ON consortia_proposal
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION consortia_proposals_go_with_their_consortium();
CREATE CONSTRAINT TRIGGER consortia_filling_goes_with_its_consortium AFTER DELETE ON consortia_filling
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION consortia_proposals_go_with_their_consortium();

CREATE FUNCTION consortia_texts_go_with_their_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM consortia_filling WHERE id = OLD.filling_id) THEN
        RAISE EXCEPTION 'No version of a text is taken away.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER consortia_textversion_goes_with_its_part AFTER DELETE ON consortia_textversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION consortia_texts_go_with_their_part();

CREATE FUNCTION consortia_parts_go_with_their_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM consortia_proposal WHERE id = OLD.proposal_id) THEN
        RAISE EXCEPTION 'What was submitted stays as it is.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER consortia_submittedpart_goes_with_its_proposal AFTER DELETE ON consortia_submittedpart
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION consortia_parts_go_with_their_proposal();
