-- The library's entries follow what records say of a practice: who took it up with what outcome, and which policy hooks
-- there are. Only what visitors can read counts, so only what changes that refreshes anything.
CREATE FUNCTION practices_reuse_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_refresh_entries(array_agg(DISTINCT id)) FROM (
        SELECT unnest(ARRAY[now.practice_id, before.practice_id]) FROM changed AS now JOIN gone AS before USING (id)
        WHERE (now.practice_id, now.organisation_id, now.shown_id, now.state)
            IS DISTINCT FROM (before.practice_id, before.organisation_id, before.shown_id, before.state)
    ) AS practice(id) HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION practices_reuse_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_refresh_entries(array_agg(DISTINCT practice_id)) FROM changed WHERE shown_id IS NOT NULL
        HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE TRIGGER library_reuse_insert AFTER INSERT ON practices_reuse
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_reuse_came_or_went();
CREATE TRIGGER library_reuse_update AFTER UPDATE ON practices_reuse
    REFERENCING NEW TABLE AS changed OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION practices_reuse_changed();
CREATE TRIGGER library_reuse_delete AFTER DELETE ON practices_reuse
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_reuse_came_or_went();

-- Reports of an organisation that is not in the directory are not shown.
CREATE FUNCTION practices_adopter_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_refresh_entries(array_agg(DISTINCT practice_id)) FROM practices_reuse
        WHERE organisation_id = NEW.id AND shown_id IS NOT NULL HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER library_adopter_listed AFTER UPDATE OF status ON partners_organisation
    FOR EACH ROW WHEN ((NEW.status = 'listed') <> (OLD.status = 'listed')) EXECUTE FUNCTION practices_adopter_listed();

-- The hooks are locked first: whoever changes one of them at this moment then sees these rows, or is seen.
CREATE FUNCTION practices_hook_practices_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM practices_policyhook WHERE id IN (SELECT hook_id FROM changed) ORDER BY id FOR SHARE;
    PERFORM practices_refresh_entries(array_agg(DISTINCT practice_id)) FROM changed HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION practices_hook_practices_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM practices_policyhook WHERE id IN (SELECT hook_id FROM changed) ORDER BY id FOR SHARE;
    PERFORM practices_refresh_entries(array_agg(DISTINCT id)) FROM (
        SELECT unnest(ARRAY[now.practice_id, before.practice_id]) FROM changed AS now JOIN gone AS before USING (id)
        WHERE (now.practice_id, now.hook_id) IS DISTINCT FROM (before.practice_id, before.hook_id)
    ) AS practice(id) HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE TRIGGER library_hook_practices_insert AFTER INSERT ON practices_hookpractice
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_hook_practices_changed();
CREATE TRIGGER library_hook_practices_update AFTER UPDATE ON practices_hookpractice
    REFERENCING NEW TABLE AS changed OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION practices_hook_practices_moved();
CREATE TRIGGER library_hook_practices_delete AFTER DELETE ON practices_hookpractice
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION practices_hook_practices_changed();

CREATE FUNCTION practices_hooks_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_refresh_entries(array_agg(DISTINCT taken.practice_id))
    FROM changed AS now JOIN gone AS before USING (id) JOIN practices_hookpractice AS taken ON taken.hook_id = now.id
    WHERE (now.level, now.status = '') IS DISTINCT FROM (before.level, before.status = '') HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER library_hooks_update AFTER UPDATE ON practices_policyhook
    REFERENCING NEW TABLE AS changed OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION practices_hooks_changed();
