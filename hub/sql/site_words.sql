-- The words of a text, each once: as they are compared and as they are written. What is no word of a language is left
-- out: numbers, and what is shorter or longer than words are.
CREATE FUNCTION hub_words(text text) RETURNS TABLE (plain text, word text) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (found.plain) found.plain, found.word
    FROM (
        SELECT hub_plain(part.word) AS plain, part.word FROM (
            SELECT DISTINCT string_to_table(lower(hub_spaced(text)), ' ') AS word
        ) AS part WHERE char_length(part.word) BETWEEN 3 AND 60
    ) AS found
    WHERE char_length(found.plain) BETWEEN 3 AND 40 AND found.plain !~ '[0-9 ]'
    ORDER BY found.plain, found.word;
END;

-- Whether a title in plain words has others side by side. The last of them may go on, as in `Appels` for `appel`, where
-- it is no too short a beginning.
CREATE FUNCTION hub_side_by_side(title text, words text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN words <> '' AND strpos(
    ' ' || title || ' ', ' ' || words || CASE WHEN char_length(words) < 5 THEN ' ' ELSE '' END
) > 0;
