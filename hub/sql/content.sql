-- Once per transaction: the setting is local to it, and a savepoint that is rolled back takes the setting along.
CREATE FUNCTION hub_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('nccsi.content_changed', true) IS DISTINCT FROM 'yes' THEN
        INSERT INTO hub_contentchange DEFAULT VALUES;
        PERFORM set_config('nccsi.content_changed', 'yes', true);
    END IF;
    RETURN NULL;
END
$$;
