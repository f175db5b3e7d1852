-- A name in whatever languages it has, as one text: a translated one is kept as an object of JSON.
CREATE FUNCTION practices_titles(title text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN title LIKE '{%' THEN (SELECT string_agg(value, ' ') FROM jsonb_each_text(title::jsonb)) ELSE title END
$$;
