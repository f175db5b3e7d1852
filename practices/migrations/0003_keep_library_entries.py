from django.db import migrations

# Letters as digits, see practices/keys.py.
_LANGUAGE_KEY = """
CREATE FUNCTION practices_language_key(code text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT -10000 - coalesce(sum(strpos('abcdefghijklmnopqrstuvwxyz-', letter) * power(28, place - 1)), 0)::int
    FROM regexp_split_to_table(code, '') WITH ORDINALITY AS letters(letter, place)
$$;
"""

# Stems of one language must not be found by the words of another: each carries the language whose rules made it.
# A query gets the same prefixes; the entries know no positions, so a phrase becomes "all of these".
_PREFIXES = r"""
CREATE FUNCTION practices_prefix(language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN language IN ('nl', 'fr', 'de', 'en') THEN language ELSE 'xx' END || ':'
$$;

CREATE FUNCTION practices_words(language text, query tsquery) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(
        regexp_replace(query::text, $q$'((?:[^'\\]|''|\\\\)*)'$q$, $q$'$q$ || practices_prefix(language) || $q$\1'$q$, 'g'),
        '<(-|\d+)>', '&', 'g'
    )::tsquery
$$;
"""

# The practices are locked first: the rows that another transaction has just changed are then seen, not lost. A weak
# lock in one order, which neither readers nor foreign keys wait for.
_REFRESH = r"""
CREATE FUNCTION practices_refresh_entries(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
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

CREATE FUNCTION practices_refresh_words(ids bigint[]) RETURNS void LANGUAGE sql AS $$
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

# A statement that changes many rows refreshes all their practices at once.
_FUNCTIONS = """
CREATE FUNCTION practices_facts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(now.id) INTO ids FROM changed AS now JOIN gone AS before USING (id)
        WHERE (now.live, now.kind_id, now.stage_id, now.evidence_id, now.reach_id, now.cost_id, now.since,
               now.first_published_at)
            IS DISTINCT FROM (before.live, before.kind_id, before.stage_id, before.evidence_id, before.reach_id, before.cost_id,
                              before.since, before.first_published_at);
    ELSE
        SELECT array_agg(id) INTO ids FROM changed;
    END IF;
    IF ids IS NOT NULL THEN
        PERFORM practices_refresh_entries(ids);
        PERFORM practices_refresh_words(ids);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION practices_facts_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM practices_libraryentry WHERE practice_id IN (SELECT id FROM gone);
    RETURN NULL;
END
$$;

CREATE FUNCTION practices_terms_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_refresh_entries(array_agg(DISTINCT practice_id)) FROM changed HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION practices_texts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_refresh_entries(array_agg(DISTINCT practice_id)) FROM changed HAVING count(*) > 0;
    PERFORM practices_refresh_words(array_agg(DISTINCT practice_id)) FROM changed HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION practices_evidence_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_refresh_entries(array_agg(id)) FROM practices_practice WHERE evidence_id = NEW.id
        HAVING count(*) > 0;
    RETURN NULL;
END
$$;
"""


def _trigger(name: str, table: str, event: str, function: str, rows: str) -> str:
    return (
        f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table} REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    )


_NEW, _OLD = "NEW TABLE AS changed", "OLD TABLE AS gone"
_TRIGGERS = "".join(
    [
        _trigger("library_facts", "practices_practice", "INSERT", "practices_facts_changed", _NEW),
        _trigger("library_facts", "practices_practice", "UPDATE", "practices_facts_changed", f"{_NEW} {_OLD}"),
        _trigger("library_facts", "practices_practice", "DELETE", "practices_facts_gone", _OLD),
        *[
            _trigger(f"library_{part}", table, event, f"practices_{part}_changed", rows)
            for part, table in (("terms", "practices_practice_terms"), ("texts", "practices_practicetext"))
            for event, rows in (("INSERT", _NEW), ("UPDATE", _NEW), ("DELETE", "OLD TABLE AS changed"))
        ],
        "CREATE TRIGGER library_evidence AFTER UPDATE OF position ON hub_term FOR EACH ROW "
        "WHEN (NEW.vocabulary = 'evidence' AND OLD.position <> NEW.position) "
        "EXECUTE FUNCTION practices_evidence_moved();",
    ]
)

_FILL = """
SELECT practices_refresh_entries(array_agg(id)) FROM practices_practice WHERE live HAVING count(*) > 0;
SELECT practices_refresh_words(array_agg(id)) FROM practices_practice WHERE live HAVING count(*) > 0;
"""

# The vectors go out of the row, which stays as small as its keys: a count reads hundreds of thousands of them.
_STORAGE = """
ALTER TABLE practices_libraryentry SET (toast_tuple_target = 128);
ALTER TABLE practices_libraryentry ALTER COLUMN keys SET STORAGE PLAIN;
ALTER TABLE practices_libraryentry ALTER COLUMN words SET STORAGE EXTERNAL;
ALTER TABLE practices_libraryentry ALTER COLUMN head SET STORAGE EXTERNAL;
"""

_DROP = "".join(
    f"DROP FUNCTION {name} CASCADE;"
    for name in (
        "practices_facts_changed()",
        "practices_facts_gone()",
        "practices_terms_changed()",
        "practices_texts_changed()",
        "practices_evidence_moved()",
        "practices_refresh_entries(bigint[])",
        "practices_refresh_words(bigint[])",
        "practices_language_key(text)",
        "practices_words(text, tsquery)",
        "practices_prefix(text)",
    )
)


class Migration(migrations.Migration):
    """Triggers keep the entries and words of the library in step with the practices, whatever program changes them."""

    dependencies = [("practices", "0002_library_entries"), ("hub", "0001_search_configurations")]

    operations = [
        migrations.RunSQL([_STORAGE, _LANGUAGE_KEY, _PREFIXES, _REFRESH, _FUNCTIONS, _TRIGGERS], _DROP),
        migrations.RunSQL(_FILL, ""),
    ]
