"""Themes by hand: what fills the learning agenda, and statements for what the page of a theme shows of everything."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

MOST = 5
_ASKED = "practice.id BETWEEN %(first)s AND %(last)s AND practice.id %% %(questions)s = 1"
_MADE = "JOIN practices_practice AS practice ON question.slug = 'made-up-' || practice.id"
_THESE = "WHERE practice.id BETWEEN %(first)s AND %(last)s"
# Three themes and two target groups each.
ORGANISATIONS = (
    """
    INSERT INTO partners_organisation_terms (organisation_id, term_id)
    SELECT DISTINCT organisation.id, term[1 + (organisation.id * 7 + step * 11) %% cardinality(term)]
    FROM partners_organisation AS organisation, (
        SELECT array_agg(id ORDER BY position) AS term, CASE vocabulary WHEN 'theme' THEN 3 ELSE 2 END AS number
        FROM hub_term WHERE vocabulary IN ('theme', 'target') GROUP BY vocabulary
    ) AS terms, generate_series(1, number) AS step
    """,
)
FILLING = (
    f"""
    INSERT INTO learning_question (
        uuid, slug, original_language, state, state_note, proposed_at, decided_at, next_step, updated_at
    )
    SELECT gen_random_uuid(), 'made-up-' || id, 'en',
        (ARRAY['open', 'working', 'answered'])[1 + id / %(questions)s %% 3], '',
        now() - interval '4 years', now() - id * 7919 %% 1500000 * interval '1 minute', '', now()
    FROM practices_practice AS practice WHERE {_ASKED}
    """,
    f"""
    INSERT INTO learning_question_terms (question_id, term_id)
    SELECT question.id, term.id FROM learning_question AS question {_MADE}
    JOIN practices_practice_terms AS described ON described.practice_id = practice.id
    JOIN hub_term AS term ON term.id = described.term_id AND term.vocabulary IN ('theme', 'target') {_THESE}
    """,
    f"""
    INSERT INTO learning_question_practices (question_id, practice_id)
    SELECT question.id, practice.id FROM learning_question AS question {_MADE} {_THESE}
    """,
    f"""
    INSERT INTO learning_questiontext (question_id, language, words, why)
    SELECT question.id, 'en', 'What keeps number ' || practice.id || ' alive when its grant ends?', 'Grants end.'
    FROM learning_question AS question {_MADE} {_THESE}
    """,
    f"""
    INSERT INTO learning_answerversion (question_id, number, original_language, confidence, organisation_name, at)
    SELECT question.id, 1, 'en', 'signs', '', question.decided_at
    FROM learning_question AS question {_MADE} {_THESE} AND practice.id %% 3 <> 0
    """,
    f"""
    INSERT INTO learning_answertext (version_id, language, text, changed, because)
    SELECT version.id, 'en', 'A municipality that pays for one person. Everything else can be found.', '', ''
    FROM learning_answerversion AS version JOIN learning_question AS question ON question.id = version.question_id
    {_MADE} {_THESE}
    """,
    f"""
    INSERT INTO learning_evidence (version_id, practice_id, label)
    SELECT version.id, practice.id, practice.slug
    FROM learning_answerversion AS version JOIN learning_question AS question ON question.id = version.question_id
    {_MADE} {_THESE}
    """,
)

# The second column says which row it is, the first what belongs to it.
_LIBRARY = """
SELECT practice.id, practice.slug, practice.original_language, kind_id, stage_id, evidence_id, cost_id, place, since,
    first_published_at
FROM practices_libraryentry AS entry JOIN practices_practice AS practice ON practice.id = entry.practice_id
WHERE keys && ARRAY[%(term)s::int] AND keys && %(rungs)s::int[] ORDER BY {order} LIMIT 6
"""
_NEWEST = "published_at DESC NULLS LAST, practice_id DESC"
_KNOWN, _TRIED = _LIBRARY.format(order=f"entry.evidence DESC, {_NEWEST}"), _LIBRARY.format(order=_NEWEST)
_SUMMARIES = """
SELECT practice_id, language, title, summary FROM practices_practicetext WHERE practice_id = ANY(%(keys)s)
"""
_DESCRIBED = """
SELECT practice_id, term_id FROM practices_practice_terms AS described JOIN hub_term AS term ON term.id = term_id
WHERE practice_id = ANY(%(keys)s) ORDER BY term.position, term_id
"""
_STOPPED = """
SELECT reuse.practice_id, reuse.uuid, reuse.adopter, reuse.place, reuse.country_id, reuse.region_id,
    organisation.name, practice.slug, version.*
FROM practices_reuse AS reuse JOIN practices_reuseversion AS version ON version.id = reuse.shown_id
JOIN practices_practice AS practice ON practice.id = reuse.practice_id
JOIN practices_practice_terms AS described ON described.practice_id = practice.id
LEFT JOIN partners_organisation AS organisation ON organisation.id = reuse.organisation_id
WHERE described.term_id = %(term)s AND practice.live AND reuse.state IN ('waiting', 'accepted', 'returned')
    AND coalesce(organisation.status, 'listed') = 'listed' AND version.outcome IN ('stopped', 'failed')
ORDER BY version.at DESC, reuse.id DESC LIMIT 6
"""
_QUESTIONS = """
SELECT question.id, question.slug, question.* FROM learning_question AS question
JOIN learning_question_terms AS about ON about.question_id = question.id
WHERE about.term_id = %(term)s AND state IN ('open', 'working') ORDER BY decided_at DESC, question.id DESC LIMIT 6
"""
_QUESTION_TEXTS = (
    "SELECT question_id, language, words, why FROM learning_questiontext WHERE question_id = ANY(%(keys)s)"
)
_ANSWERS = """
SELECT DISTINCT ON (question_id) version.*, text.language, text.text, text.changed, text.because
FROM learning_answerversion AS version JOIN learning_answertext AS text ON text.version_id = version.id
WHERE question_id = ANY(%(keys)s) ORDER BY question_id, number DESC
"""
_EVIDENCE = """
SELECT evidence.*, practice.slug, text.language, text.title FROM learning_evidence AS evidence
LEFT JOIN practices_practice AS practice ON practice.id = evidence.practice_id
LEFT JOIN practices_practicetext AS text ON text.practice_id = practice.id
WHERE evidence.version_id = ANY(%(keys)s)
"""
_POLICY = """
SELECT hook.id, hook.id, hook.*, (
    SELECT to_jsonb(step) FROM practices_hookstatus AS step WHERE step.hook_id = hook.id AND NOT superseded
        AND step.status <> '' ORDER BY "on" DESC, place DESC LIMIT 1
) FROM practices_policyhook AS hook WHERE hook.status <> '' AND EXISTS (
    SELECT FROM practices_hookpractice AS taken JOIN practices_practice AS practice ON practice.id = taken.practice_id
    JOIN practices_practice_terms AS described ON described.practice_id = practice.id
    WHERE taken.hook_id = hook.id AND practice.live AND described.term_id = %(term)s
) ORDER BY hook.status_since DESC, hook.id DESC LIMIT 6
"""
_ORGANISATIONS_OF = """
SELECT part.hook_id, organisation.name, organisation.slug FROM practices_hookorganisation AS part
JOIN partners_organisation AS organisation ON organisation.id = part.organisation_id
WHERE part.hook_id = ANY(%(keys)s) AND organisation.status = 'listed'
"""
_ORGANISATIONS = """
SELECT organisation.id, organisation.slug, organisation.* FROM partners_organisation AS organisation
JOIN partners_organisation_terms AS about ON about.organisation_id = organisation.id
WHERE about.term_id = %(term)s AND status = 'listed' ORDER BY name, organisation.id LIMIT 6
"""
_ORGANISATION_TEXTS = """
SELECT organisation_id, language, summary FROM partners_organisationtext WHERE organisation_id = ANY(%(keys)s)
"""
# Nothing above a page of the benchmark is private.
_EVENTS = """
SELECT event.id, event.id, event.*, page.title, page.url_path, (
    SELECT count(*) FROM events_registration AS theirs WHERE theirs.event_id = event.id
) FROM events_event AS event
JOIN events_eventpage AS told ON told.event_id = event.id
JOIN wagtailcore_page AS page ON page.id = told.page_ptr_id AND page.live
WHERE EXISTS (
    SELECT FROM learning_question_events AS asked
    JOIN learning_question_terms AS about ON about.question_id = asked.question_id
    JOIN learning_question AS question ON question.id = asked.question_id
    WHERE asked.event_id = event.id AND about.term_id = %(term)s
        AND question.state IN ('open', 'working', 'answered', 'aside')
) ORDER BY ends_at > now() DESC, CASE WHEN ends_at > now() THEN starts_at END,
    CASE WHEN ends_at <= now() THEN starts_at END DESC, event.id LIMIT 6
"""


class Ways:
    """The keys of what the page's sections ask for, looked up once."""

    def __init__(self) -> None:
        found = _rows("SELECT vocabulary, code, id FROM hub_term WHERE vocabulary IN ('evidence', 'stage')")
        self.known = [key for vocabulary, code, key in found if vocabulary == "evidence" and code.isdecimal()]
        self.early = [key for vocabulary, code, key in found if vocabulary == "stage" and code in {"1", "2", "3"}]


def theme(ways: Ways, term: int) -> dict[str, Sequence[Any]]:
    """The rows of each section, one more than it shows, with what the page says of them."""
    known = _rows(_KNOWN, term=term, rungs=ways.known)
    tried = _rows(_TRIED, term=term, rungs=ways.early)
    for rows in (known, tried):
        _beside(rows, _SUMMARIES, _DESCRIBED)
    stopped = _rows(_STOPPED, term=term)
    _beside(stopped, _SUMMARIES)
    questions = _rows(_QUESTIONS, term=term)
    _beside(questions, _QUESTION_TEXTS)
    _beside(_beside(questions, _ANSWERS), _EVIDENCE)
    policy = _rows(_POLICY, term=term)
    _beside(policy, _ORGANISATIONS_OF)
    organisations = _rows(_ORGANISATIONS, term=term)
    _beside(organisations, _ORGANISATION_TEXTS)
    found = {"known": known, "tried": tried, "stopped": stopped, "questions": questions, "policy": policy}
    return found | {"organisations": organisations, "events": _rows(_EVENTS, term=term)}


def told(ways: Ways, term: int) -> dict[str, tuple[list[str], bool]]:
    """Which rows these are, and whether there are more than the page shows."""
    found = theme(ways, term)
    return {name: ([str(row[1]) for row in rows[:MOST]], len(rows) > MOST) for name, rows in found.items() if rows}


def _beside(rows: Sequence[Any], *statements: str) -> Sequence[Any]:
    """What belongs to these rows; the rows of the last of the statements."""
    found: Sequence[Any] = []
    for statement in statements:
        found = _rows(statement, keys=[row[0] for row in rows])
    return found


def _rows(statement: str, **values: Any) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: Sequence[Any] = cursor.fetchall()
        return found
