-- A statement that changes many rows refreshes all their practices at once. Its texts are read again only where an entry
-- comes: what else changes of a practice leaves its words as they are.
CREATE FUNCTION practices_facts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids bigint[]; come bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(now.id), array_agg(now.id) FILTER (WHERE now.live AND NOT before.live) INTO ids, come
        FROM changed AS now JOIN gone AS before USING (id)
        WHERE (now.live, now.kind_id, now.stage_id, now.evidence_id, now.reach_id, now.cost_id, now.since,
               now.first_published_at, now.months)
            IS DISTINCT FROM (before.live, before.kind_id, before.stage_id, before.evidence_id, before.reach_id, before.cost_id,
                              before.since, before.first_published_at, before.months);
    ELSE
        SELECT array_agg(id), array_agg(id) INTO ids, come FROM changed;
    END IF;
    IF ids IS NOT NULL THEN
        PERFORM practices_refresh_entries(ids);
    END IF;
    IF come IS NOT NULL THEN
        PERFORM practices_refresh_words(come);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION practices_facts_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM practices_libraryentry WHERE practice_id IN (SELECT id FROM gone);
    RETURN NULL;
END
$$;

CREATE FUNCTION practices_terms_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_refresh_entries(array_agg(DISTINCT practice_id)) FROM changed HAVING count(*) > 0;
    RETURN NULL;
END
$$;

-- Publishing writes all texts once more: those that stay as they are refresh nothing.
CREATE FUNCTION practices_texts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(DISTINCT now.practice_id) INTO ids FROM changed AS now JOIN gone AS before USING (id)
        WHERE to_jsonb(now) IS DISTINCT FROM to_jsonb(before);
    ELSE
        SELECT array_agg(DISTINCT practice_id) INTO ids FROM changed;
    END IF;
    IF ids IS NOT NULL THEN
        PERFORM practices_refresh_entries(ids);
        PERFORM practices_refresh_words(ids);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION practices_evidence_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_refresh_entries(array_agg(id)) FROM practices_practice WHERE evidence_id = NEW.id
        HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE TRIGGER library_facts_insert AFTER INSERT ON practices_practice
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_facts_changed();
CREATE TRIGGER library_facts_update AFTER UPDATE ON practices_practice
    REFERENCING NEW TABLE AS changed OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION practices_facts_changed();
CREATE TRIGGER library_facts_delete AFTER DELETE ON practices_practice
    REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION practices_facts_gone();
CREATE TRIGGER library_terms_insert AFTER INSERT ON practices_practice_terms
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_terms_changed();
CREATE TRIGGER library_terms_update AFTER UPDATE ON practices_practice_terms
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_terms_changed();
CREATE TRIGGER library_terms_delete AFTER DELETE ON practices_practice_terms
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_terms_changed();
CREATE TRIGGER library_texts_insert AFTER INSERT ON practices_practicetext
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_texts_changed();
CREATE TRIGGER library_texts_update AFTER UPDATE ON practices_practicetext
    REFERENCING NEW TABLE AS changed OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION practices_texts_changed();
CREATE TRIGGER library_texts_delete AFTER DELETE ON practices_practicetext
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_texts_changed();
CREATE TRIGGER library_evidence AFTER UPDATE OF position ON hub_term
    FOR EACH ROW WHEN (NEW.vocabulary = 'evidence' AND OLD.position <> NEW.position) EXECUTE FUNCTION practices_evidence_moved();
