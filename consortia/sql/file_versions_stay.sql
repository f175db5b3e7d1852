-- Nobody alters a version of a file; who sent or removed it may be forgotten: an erased account.
CREATE TRIGGER consortia_fileversion_stays BEFORE UPDATE ON consortia_fileversion
    FOR EACH ROW WHEN (NEW.removed_at IS NOT DISTINCT FROM OLD.removed_at)
    EXECUTE FUNCTION hub_history_stays('{by_id,removed_by_id}');

-- Its bytes may be removed once, when it is not the last version and was never submitted; all that is known of it stays.
CREATE FUNCTION consortia_file_version_is_removed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    removal CONSTANT text[] := ARRAY['content', 'removed_at', 'removed_by_id', 'removed_for'];
BEGIN
    IF OLD.removed_at IS NULL
        AND (to_jsonb(NEW) - removal) = (to_jsonb(OLD) - removal)
        AND EXISTS (SELECT FROM consortia_fileversion WHERE file_id = OLD.file_id AND number > OLD.number)
        AND NOT EXISTS (SELECT FROM consortia_submittedpart WHERE file_id = OLD.id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was written or submitted stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER consortia_fileversion_is_removed_once BEFORE UPDATE ON consortia_fileversion
    FOR EACH ROW WHEN (NEW.removed_at IS DISTINCT FROM OLD.removed_at)
    EXECUTE FUNCTION consortia_file_version_is_removed();
