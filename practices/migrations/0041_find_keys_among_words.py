from django.db import migrations, models

# A lexeme of a text stands behind the code of its language and a colon: none begins like those of the keys.
# The price of the last function is what comparing one row with its answer takes: the words lie beside the row, which
# the planner does not count. Being stable it is not worked out beforehand, so that the price is still there to be seen.
_FUNCTIONS = r"""
CREATE FUNCTION practices_part(name text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_position(ARRAY['kind', 'theme', 'target', 'stage', 'evidence', 'cost', 'country', 'region', 'sector',
                                'scaling', 'track', 'reach', 'sdg', 'language', 'year'], name) - 1
$$;

CREATE FUNCTION practices_key_words(keys int[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(ARRAY(SELECT '#' || key FROM unnest(keys) AS key))
$$;

CREATE FUNCTION practices_asked(words tsquery) RETURNS tsquery LANGUAGE plpgsql STABLE PARALLEL SAFE COST 800 AS $$
BEGIN
    RETURN words;
END
$$;
"""

# The practices are locked first, as before. What is described in no part that we know stands behind all others.
_REFRESH_ENTRIES = r"""
CREATE OR REPLACE FUNCTION practices_refresh_entries(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM practices_practice WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM practices_libraryentry AS entry WHERE practice_id = ANY(ids)
        AND NOT EXISTS (SELECT FROM practices_practice WHERE id = entry.practice_id AND live);
    INSERT INTO practices_libraryentry AS entry (practice_id, keys, starts, published_at, evidence, words)
    SELECT practice.id, own.keys, own.starts, practice.first_published_at, coalesce(evidence.position, -1),
           practices_key_words(own.keys)
    FROM practices_practice AS practice
    LEFT JOIN hub_term AS evidence ON evidence.id = practice.evidence_id
    CROSS JOIN LATERAL (
        WITH each AS (
            SELECT DISTINCT coalesce(practices_part(name), 15) AS part, key::int FROM (
                VALUES ('kind', kind_id), ('stage', stage_id), ('evidence', practice.evidence_id),
                       ('reach', reach_id), ('cost', cost_id), ('year', -since)
                UNION ALL SELECT term.vocabulary, term.id FROM practices_practice_terms AS described
                    JOIN hub_term AS term ON term.id = described.term_id WHERE described.practice_id = practice.id
                UNION ALL SELECT 'language', practices_language_key(language) FROM practices_practicetext
                    WHERE practice_id = practice.id
            ) AS named(name, key) WHERE key IS NOT NULL
        )
        SELECT coalesce((SELECT array_agg(key ORDER BY part, key) FROM each), '{}') AS keys,
               (SELECT string_agg(set_byte('\x00', 0, (SELECT 1 + count(*) FROM each WHERE part < number)::int), ''
                                  ORDER BY number) FROM generate_series(0, 15) AS number) AS starts
    ) AS own
    WHERE practice.id = ANY(ids) AND practice.live
    ON CONFLICT (practice_id) DO UPDATE
        SET keys = excluded.keys, starts = excluded.starts, published_at = excluded.published_at,
            evidence = excluded.evidence,
            -- New keys take the place of the old ones; the stems beside them are not made anew.
            words = ts_delete(entry.words, tsvector_to_array(practices_key_words(entry.keys))) || excluded.words
        WHERE (entry.keys, entry.starts, entry.published_at, entry.evidence)
            IS DISTINCT FROM (excluded.keys, excluded.starts, excluded.published_at, excluded.evidence);
END
$$;
"""

_REFRESH_WORDS = r"""
CREATE OR REPLACE FUNCTION practices_refresh_words(ids bigint[]) RETURNS void LANGUAGE sql AS $$
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
    CROSS JOIN LATERAL regexp_split_to_table(lower(text.title || ' ' || text.summary), '[^[:alnum:]]+') AS word
    CROSS JOIN LATERAL unaccent(word) AS plain
    WHERE text.practice_id = ANY(ids) AND char_length(word) BETWEEN 3 AND 40 AND word ~ '^[^0-9]+$'
        AND char_length(plain) <= 60
    ORDER BY plain, word
    ON CONFLICT DO NOTHING
$$;
"""

# As migration 0003 made them.
_BEFORE = r"""
CREATE OR REPLACE FUNCTION practices_refresh_entries(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM practices_practice WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM practices_libraryentry AS entry WHERE practice_id = ANY(ids)
        AND NOT EXISTS (SELECT FROM practices_practice WHERE id = entry.practice_id AND live);
    INSERT INTO practices_libraryentry AS entry (practice_id, keys, published_at, evidence)
    SELECT practice.id, keys.found, practice.first_published_at, coalesce(evidence.position, -1)
    FROM practices_practice AS practice
    LEFT JOIN hub_term AS evidence ON evidence.id = practice.evidence_id
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(DISTINCT key ORDER BY key), '{}') AS found FROM (
            SELECT unnest(ARRAY[kind_id, stage_id, practice.evidence_id, reach_id, cost_id, -since])::int
            UNION ALL SELECT term_id::int FROM practices_practice_terms WHERE practice_id = practice.id
            UNION ALL SELECT practices_language_key(language) FROM practices_practicetext
                WHERE practice_id = practice.id
        ) AS all_keys(key) WHERE key IS NOT NULL
    ) AS keys
    WHERE practice.id = ANY(ids) AND practice.live
    ON CONFLICT (practice_id) DO UPDATE
        SET keys = excluded.keys, published_at = excluded.published_at, evidence = excluded.evidence
        WHERE (entry.keys, entry.published_at, entry.evidence)
            IS DISTINCT FROM (excluded.keys, excluded.published_at, excluded.evidence);
END
$$;

CREATE OR REPLACE FUNCTION practices_refresh_words(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    UPDATE practices_libraryentry AS entry SET words = found.words, head = found.head
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
        AND (entry.words, entry.head) IS DISTINCT FROM (found.words, found.head);
    INSERT INTO practices_libraryword (plain, word)
    SELECT DISTINCT ON (plain) plain, word
    FROM practices_practicetext AS text
    JOIN practices_practice AS practice ON practice.id = text.practice_id AND practice.live
    CROSS JOIN LATERAL regexp_split_to_table(lower(text.title || ' ' || text.summary), '[^[:alnum:]]+') AS word
    CROSS JOIN LATERAL unaccent(word) AS plain
    WHERE text.practice_id = ANY(ids) AND char_length(word) BETWEEN 3 AND 40 AND word ~ '^[^0-9]+$'
        AND char_length(plain) <= 60
    ORDER BY plain, word
    ON CONFLICT DO NOTHING
$$;
"""

_EMPTY = """
UPDATE practices_libraryentry SET words = ts_delete(words, tsvector_to_array(practices_key_words(keys)));
DROP FUNCTION practices_asked(tsquery);
DROP FUNCTION practices_key_words(int[]);
DROP FUNCTION practices_part(text);
"""


class Migration(migrations.Migration):
    """The keys of an entry stand in parts, a facet each, and among its words as well.

    So one index answers a search within facets, and counting the options of one facet reads that part alone. Entries
    that are there already get both in the next migration; until then their parts count as empty.
    """

    dependencies = [("practices", "0040_imports")]

    operations = [
        migrations.AddField(
            "libraryentry", "starts", models.BinaryField(db_default=b"\x01" * 16, default=b"\x01" * 16)
        ),
        migrations.RunSQL([_FUNCTIONS, _REFRESH_ENTRIES, _REFRESH_WORDS], [_BEFORE, _EMPTY]),
    ]
