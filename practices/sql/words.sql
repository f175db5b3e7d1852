-- The words of entries and of the library: the stems of all texts of a practice behind the code of their language, those
-- of titles and summaries with their weights, and the words of titles and summaries as they are written.
CREATE FUNCTION practices_refresh_words(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    UPDATE practices_libraryentry AS entry SET words = found.words || practices_key_words(entry.keys), head = found.head
    FROM (
        SELECT ids.id AS practice_id,
            array_to_tsvector(coalesce(array_agg(DISTINCT lexeme) FILTER (WHERE lexeme IS NOT NULL), '{}')) AS words,
            coalesce(string_agg(DISTINCT
                $q$'$q$ || replace(replace(lexeme, $q$\$q$, $q$\\$q$), $q$'$q$, $q$''$q$) || $q$':$q$
                || CASE WHEN 'A' = ANY(weights) THEN '1A' ELSE '2B' END, ' ')
                FILTER (WHERE weights && '{A,B}'), '')::tsvector AS head
        FROM unnest(ids) AS ids(id)
        LEFT JOIN (
            SELECT practice_id, practices_prefix(language) || part.lexeme AS lexeme, part.weights
            FROM practices_practicetext, unnest(search_vector) AS part
        ) AS text ON text.practice_id = ids.id
        GROUP BY ids.id
    ) AS found
    WHERE entry.practice_id = found.practice_id
        AND (entry.words, entry.head) IS DISTINCT FROM (found.words || practices_key_words(entry.keys), found.head);
    INSERT INTO practices_libraryword (plain, word)
    SELECT DISTINCT ON (plain) plain, word
    FROM practices_practicetext AS text
    JOIN practices_practice AS practice ON practice.id = text.practice_id AND practice.live
    CROSS JOIN LATERAL string_to_table(lower(hub_spaced(text.title || ' ' || text.summary)), ' ') AS word
    CROSS JOIN LATERAL hub_plain(word) AS plain
    WHERE text.practice_id = ANY(ids) AND char_length(plain) BETWEEN 3 AND 40 AND plain !~ '[0-9 ]'
        AND char_length(word) <= 60
    ORDER BY plain, word
    ON CONFLICT DO NOTHING
$$;
