-- Letters as digits, see practices/search/keys.py.
CREATE FUNCTION practices_language_key(code text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT -10000 - coalesce(sum(strpos('abcdefghijklmnopqrstuvwxyz-', letter) * power(28, place - 1)), 0)::int
    FROM regexp_split_to_table(code, '') WITH ORDINALITY AS letters(letter, place)
$$;

-- What records about a practice say of it, in the order of practices/search/keys.py.
CREATE FUNCTION practices_record_key(facet text, code text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT -array_position(
        ARRAY['uptake yes', 'uptake unknown', 'outcome works', 'outcome part', 'outcome stopped', 'outcome failed',
              'outcome early', 'policy municipality', 'policy region', 'policy country', 'policy eu'],
        facet || ' ' || code
    )
$$;

-- Stems of one language must not be found by the words of another: each carries the language whose rules made it.
-- A query gets the same prefixes; the entries know no positions, so a phrase becomes "all of these".
CREATE FUNCTION practices_prefix(language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN hub_configuration(language) = 'nccsi_simple'::regconfig THEN 'xx' ELSE language END || ':'
$$;

CREATE FUNCTION practices_words(language text, query tsquery) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(
        regexp_replace(query::text, $q$'((?:[^'\\]|''|\\\\)*)'$q$, $q$'$q$ || practices_prefix(language) || $q$\1'$q$, 'g'),
        '<(-|\d+)>', '&', 'g'
    )::tsquery
$$;

-- A lexeme of a text stands behind the code of its language and a colon: none begins like those of the keys.
CREATE FUNCTION practices_parts() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['kind', 'theme', 'target', 'stage', 'evidence', 'cost', 'country', 'region', 'sector', 'scaling', 'track',
                 'reach', 'sdg', 'language', 'year', 'uptake', 'outcome', 'policy']
$$;

CREATE FUNCTION practices_part(name text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_position(practices_parts(), name) - 1
$$;

CREATE FUNCTION practices_key_words(keys int[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(ARRAY(SELECT '#' || key FROM unnest(keys) AS key))
$$;

-- Its price is what comparing one row with its answer takes: the words lie beside the row, which the planner does not
-- count. Being stable it is not worked out beforehand, so that the price is still there to be seen.
CREATE FUNCTION practices_asked(words tsquery) RETURNS tsquery LANGUAGE plpgsql STABLE PARALLEL SAFE COST 800 AS $$
BEGIN
    RETURN words;
END
$$;

-- The practices are locked first: the rows that another transaction has just changed are then seen, not lost. A weak
-- lock in one order, which neither readers nor foreign keys wait for. Of reuse and policy counts what visitors can read;
-- the tables of both come later than this function (practices/sql/records.sql). What is described in no part that we know stands
-- behind all others.
CREATE FUNCTION practices_refresh_entries(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM practices_practice WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM practices_libraryentry AS entry WHERE practice_id = ANY(ids)
        AND NOT EXISTS (SELECT FROM practices_practice WHERE id = entry.practice_id AND live);
    INSERT INTO practices_libraryentry AS entry (practice_id, keys, starts, published_at, evidence, months, words)
    SELECT practice.id, own.keys, own.starts, practice.first_published_at, coalesce(evidence.position, -1),
           practice.months, practices_key_words(own.keys)
    FROM practices_practice AS practice
    LEFT JOIN hub_term AS evidence ON evidence.id = practice.evidence_id
    CROSS JOIN LATERAL (
        WITH reused AS (
            SELECT version.outcome FROM practices_reuse AS reuse
            JOIN practices_reuseversion AS version ON version.id = reuse.shown_id
            LEFT JOIN partners_organisation AS organisation ON organisation.id = reuse.organisation_id
            WHERE reuse.practice_id = practice.id AND reuse.state IN ('waiting', 'accepted', 'returned')
                AND coalesce(organisation.status, 'listed') = 'listed'
        ), each AS (
            SELECT DISTINCT coalesce(practices_part(name), cardinality(practices_parts())) AS part, key::int FROM (
                VALUES ('kind', kind_id), ('stage', stage_id), ('evidence', practice.evidence_id),
                       ('reach', reach_id), ('cost', cost_id), ('year', -since)
                UNION ALL SELECT term.vocabulary, term.id FROM practices_practice_terms AS described
                    JOIN hub_term AS term ON term.id = described.term_id WHERE described.practice_id = practice.id
                UNION ALL SELECT 'language', practices_language_key(language) FROM practices_practicetext
                    WHERE practice_id = practice.id
                UNION ALL SELECT 'uptake', practices_record_key('uptake', CASE WHEN EXISTS (SELECT FROM reused)
                    THEN 'yes' ELSE 'unknown' END)
                UNION ALL SELECT 'outcome', practices_record_key('outcome', outcome) FROM reused
                UNION ALL SELECT 'policy', practices_record_key('policy', hook.level) FROM practices_hookpractice AS taken
                    JOIN practices_policyhook AS hook ON hook.id = taken.hook_id
                    WHERE taken.practice_id = practice.id AND hook.status <> ''
            ) AS named(name, key) WHERE key IS NOT NULL
        )
        SELECT coalesce((SELECT array_agg(key ORDER BY part, key) FROM each), '{}') AS keys,
               (SELECT string_agg(set_byte('\x00', 0, (SELECT 1 + count(*) FROM each WHERE part < number)::int), ''
                                  ORDER BY number)
                FROM generate_series(0, cardinality(practices_parts())) AS number) AS starts
    ) AS own
    WHERE practice.id = ANY(ids) AND practice.live
    ON CONFLICT (practice_id) DO UPDATE
        SET keys = excluded.keys, starts = excluded.starts, published_at = excluded.published_at,
            evidence = excluded.evidence, months = excluded.months,
            -- New keys take the place of the old ones; the stems beside them are not made anew.
            words = ts_delete(entry.words, tsvector_to_array(practices_key_words(entry.keys))) || excluded.words
        WHERE (entry.keys, entry.starts, entry.published_at, entry.evidence, entry.months)
            IS DISTINCT FROM (excluded.keys, excluded.starts, excluded.published_at, excluded.evidence, excluded.months);
END
$$;
