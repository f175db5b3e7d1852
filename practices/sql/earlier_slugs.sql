-- The addresses that something public had before it was renamed, whatever program renames it.
CREATE FUNCTION practices_keep_earlier_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO practices_earlierpracticeslug (slug, practice_id) VALUES (OLD.slug, OLD.id)
        ON CONFLICT (slug, practice_id) DO UPDATE SET left_at = excluded.left_at;
    RETURN NULL;
END
$$;
CREATE TRIGGER earlier_slug_is_kept AFTER UPDATE OF slug ON practices_practice FOR EACH ROW
    WHEN (OLD.slug <> NEW.slug AND OLD.first_published_at IS NOT NULL) EXECUTE FUNCTION practices_keep_earlier_slug();
