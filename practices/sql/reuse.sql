-- Nobody alters what was said of a reuse, nor what was said of that; only who said it may be forgotten: an erased account.
CREATE TRIGGER practices_reuseversion_stays BEFORE UPDATE ON practices_reuseversion
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}');
CREATE TRIGGER practices_reusefigure_stays BEFORE UPDATE ON practices_reusefigure
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays();
CREATE TRIGGER practices_reusesource_stays BEFORE UPDATE ON practices_reusesource
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays();
CREATE TRIGGER practices_reusecheck_stays BEFORE UPDATE ON practices_reusecheck
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}');

-- What was checked gets no other figures and sources afterwards.
CREATE FUNCTION practices_reuse_is_checked_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM practices_reusecheck WHERE version_id = NEW.version_id) THEN
        RAISE EXCEPTION 'Nothing is added to what was checked.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER practices_reusefigure_before_check BEFORE INSERT ON practices_reusefigure
    FOR EACH ROW EXECUTE FUNCTION practices_reuse_is_checked_as_it_is();
CREATE TRIGGER practices_reusesource_before_check BEFORE INSERT ON practices_reusesource
    FOR EACH ROW EXECUTE FUNCTION practices_reuse_is_checked_as_it_is();

-- Visitors see only a version of this very reuse that was accepted.
CREATE FUNCTION practices_reuse_shows_what_was_accepted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM practices_reuseversion v JOIN practices_reusecheck c ON c.version_id = v.id
        WHERE v.id = NEW.shown_id AND v.reuse_id = NEW.id AND c.verdict = 'accepted'
    ) THEN
        RAISE EXCEPTION 'Only an accepted version of this report is shown.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER practices_reuse_shows_accepted BEFORE INSERT OR UPDATE OF shown_id ON practices_reuse
    FOR EACH ROW WHEN (NEW.shown_id IS NOT NULL) EXECUTE FUNCTION practices_reuse_shows_what_was_accepted();

-- Versions go only together with their report, their rows only with them, which is known when the transaction ends.
CREATE CONSTRAINT TRIGGER practices_reuseversion_goes_with_its_reuse AFTER DELETE ON practices_reuseversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('practices_reuse', 'reuse_id');
CREATE CONSTRAINT TRIGGER practices_reusefigure_goes_with_its_version AFTER DELETE ON practices_reusefigure
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('practices_reuseversion', 'version_id');
CREATE CONSTRAINT TRIGGER practices_reusesource_goes_with_its_version AFTER DELETE ON practices_reusesource
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('practices_reuseversion', 'version_id');
CREATE CONSTRAINT TRIGGER practices_reusecheck_goes_with_its_version AFTER DELETE ON practices_reusecheck
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('practices_reuseversion', 'version_id');
