"""Which practices stand at the end of a practice's page, and why."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.page import related
from practices.practice.models.practice import Practice
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db


def related_of(visitor: Client, slug: str = "this", language: str = "en") -> str:
    prefix = {"en": "practices", "nl": "praktijken"}[language]
    page = visitor.get(f"/{language}/{prefix}/{slug}/").content.decode()
    return page[page.index('id="related"') :] if 'id="related"' in page else ""


def plain(title: str, language: str = "en") -> dict[str, dict[str, str]]:
    """A text whose words besides the title say nothing."""
    return {language: {"title": title, "summary": "-", "what": "", "results": "", "needs": "", "steps": ""}}


def test_they_say_what_they_have_in_common(visitor: Client) -> None:
    PracticeFactory.create(slug="this", theme=["19"], target=["homeless"], texts=plain("One"))
    PracticeFactory.create(theme=["19"], target=["homeless"], texts=plain("Closest"))
    PracticeFactory.create(theme=["19"], texts=plain("Close"))
    PracticeFactory.create(target=["homeless"], texts=plain("Nearby"))
    PracticeFactory.create(theme=["19"], live=False, texts=plain("Draft"))
    PracticeFactory.create(theme=["1"], texts=plain("Far"))
    found = related_of(visitor)
    assert found.index("Closest") < found.index("Nearby") < found.index("Close<")
    both, target, theme = (card.split("</article>")[0] for card in found.split("<article")[1:])
    assert "<strong>Same theme and target group</strong>" in both
    assert "Housing and assistance for the homeless" in both
    assert "Homeless people" in both
    assert "<strong>Same target group</strong><span>Homeless people</span>" in target
    assert "<strong>Same theme</strong><span>Housing" in theme
    assert "Draft" not in found
    assert "Far" not in found


def test_similar_words_come_first_and_are_named(visitor: Client) -> None:
    PracticeFactory.create(slug="this", theme=["19"], texts=plain("Shared gardens for neighbours"))
    PracticeFactory.create(theme=["19"], texts=plain("A shared garden with the neighbour"))
    for _number in range(5):
        PracticeFactory.create(theme=["19"], texts=plain("Budget advice"))
    found = related_of(visitor)
    assert found.index("A shared garden") < found.index("Budget advice")
    assert found.count("Same theme, similar words") == 1


def test_words_are_compared_in_a_language_that_both_have(visitor: Client) -> None:
    PracticeFactory.create(slug="this", theme=["19"], original_language="nl", texts=plain("Samen tuinieren", "nl"))
    PracticeFactory.create(theme=["19"], original_language="nl", texts=plain("Samen tuinieren met buren", "nl"))
    for _number in range(5):
        PracticeFactory.create(theme=["19"], texts=plain("Samen"))
    found = related_of(visitor, language="nl")
    assert found.index("met buren") < found.index(">Samen<")


def test_a_pile_of_drafts_hides_nothing(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "_MOST_READ", 3)
    PracticeFactory.create(slug="this", theme=["19"], texts=plain("One"))
    PracticeFactory.create(theme=["19"], texts=plain("Published"))
    for _number in range(10):
        PracticeFactory.create(theme=["19"], live=False, texts=plain("Draft"))
    assert "Published" in related_of(visitor)


def test_odd_titles_do_no_harm(visitor: Client) -> None:
    for title in ("'); DROP TABLE x; --", "a & | ! <-> :*", "—", "\\\\ 'quoted' \\"):
        practice = PracticeFactory.create(theme=["19"], texts=plain(title))
        assert visitor.get(practice.get_absolute_url()).status_code == 200


def test_a_preview_compares_what_is_in_the_editor() -> None:
    practice = PracticeFactory.create(theme=["19"], texts=plain("One"))
    other = PracticeFactory.create(theme=["19"], texts=plain("Shared gardens"))
    for _number in range(3):
        PracticeFactory.create(theme=["19"], texts=plain("Advice"))
    practice = Practice.objects.get(pk=practice.pk)
    text = practice.texts.get()
    text.title = "Shared gardens"
    first = related.related(practice, [text], practice.terms.all())[0]
    assert first.practice["slug"] == other.slug


def test_the_number_of_queries_stays(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="this", theme=["19", "1"], target=["homeless"])
    counts = []
    for more in (3, 30):
        for _number in range(more):
            PracticeFactory.create(theme=["19"], target=["homeless"], texts={"en": {}, "nl": {}})
        with CaptureQueriesContext(connection) as queries:
            related.related(practice, list(practice.texts.all()), practice.terms.all())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
