-- Nobody alters a version of a file. Who sent or removed it may be forgotten: an erased account. Its bytes may be
-- removed once, when it is not the last version and was never submitted; all that is known of it stays.
CREATE FUNCTION consortia_file_versions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    people CONSTANT text[] := ARRAY['by_id', 'removed_by_id'];
    removal CONSTANT text[] := ARRAY['content', 'removed_at', 'removed_by_id', 'removed_for'];
BEGIN
    IF (to_jsonb(NEW) - people) = (to_jsonb(OLD) - people)
        AND (NEW.by_id IS NULL OR NEW.by_id = OLD.by_id)
        AND (NEW.removed_by_id IS NULL OR NEW.removed_by_id = OLD.removed_by_id) THEN
        RETURN NEW;
    END IF;
    IF OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL
        AND (to_jsonb(NEW) - removal) = (to_jsonb(OLD) - removal)
        AND EXISTS (SELECT FROM consortia_fileversion WHERE file_id = OLD.file_id AND number > OLD.number)
        AND NOT EXISTS (SELECT FROM consortia_submittedpart WHERE file_id = OLD.id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was written or submitted stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER consortia_fileversion_stays BEFORE UPDATE ON consortia_fileversion
    FOR EACH ROW EXECUTE FUNCTION consortia_file_versions_stay();
