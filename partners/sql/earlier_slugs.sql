-- The addresses that something public had before it was renamed, whatever program renames it.
CREATE FUNCTION partners_keep_earlier_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO partners_earlierorganisationslug (slug, organisation_id) VALUES (OLD.slug, OLD.id)
        ON CONFLICT (slug, organisation_id) DO UPDATE SET left_at = excluded.left_at;
    RETURN NULL;
END
$$;
CREATE TRIGGER earlier_slug_is_kept AFTER UPDATE OF slug ON partners_organisation FOR EACH ROW
    WHEN (OLD.slug <> NEW.slug AND OLD.status <> 'proposed') EXECUTE FUNCTION partners_keep_earlier_slug();
