"""Words find practices in any language, and the terms' labels in all of them."""

import pytest
from django.test import Client
from django.utils.translation import override

from hub.query_parsing.words import Least
from hub.site_search.finding import find
from practices.library.filters import PracticeFilterSet
from practices.practice.models.practice import Practice
from practices.practice.presentation import summaries
from practices.practice.terms import Terms
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db


def found(words: str, language: str = "en") -> list[str]:
    with override(language):
        asked = PracticeFilterSet({"q": words}, queryset=Practice.objects.public())
        return [practice.slug for practice in asked.qs]


def test_each_text_in_its_own_language() -> None:
    PracticeFactory.create(slug="nl", texts={"nl": {"title": "Buren helpen elkaar"}})
    PracticeFactory.create(slug="fr", texts={"fr": {"title": "Des voisins solidaires", "summary": "À la santé"}})
    assert found("buur", "nl") == found("Buren") == ["nl"]
    assert found("voisin") == ["fr"]
    assert found("sante") == ["fr"]


@pytest.mark.parametrize("words", ["logement", "Huisvesting", "housing", "HOUS", "Wohnraum"])
def test_a_theme_is_found_in_every_language(words: str) -> None:
    PracticeFactory.create(slug="home", theme=["19"], texts={"en": {"title": "A key", "summary": "A door", "what": ""}})
    PracticeFactory.create(slug="other", texts={"en": {"title": "A bicycle", "summary": "Wheels"}})
    assert found(words) == ["home"]


def test_several_words_may_stand_in_terms_and_text() -> None:
    PracticeFactory.create(slug="both", theme=["19"], country=["FI"], texts={"en": {"title": "Keys", "summary": "x"}})
    PracticeFactory.create(slug="one", country=["FI"], texts={"en": {"title": "Bikes", "summary": "x", "what": ""}})
    assert found("logement Finland") == ["both"]
    assert found("keys finlande") == ["both"]


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("fr", "Des jardins partagés par les seniors", "jardins pour seniors"),
        ("nl", "Samen wonen met ouderen", "wonen voor ouderen"),
        ("de", "Werkstatt der Nachbarn", "werkstatt und nachbarn"),
        ("en", "Tools that neighbours share", "tools for neighbours"),
    ],
)
def test_words_that_say_nothing_keep_nothing_away(language: str, title: str, words: str) -> None:
    """They name no term either, although labels have them: "for" stands in dozens."""
    PracticeFactory.create(slug="meant", original_language=language, texts={language: {"title": title}})
    neutral = {"title": "Keys", "summary": "x", "what": "", "results": "", "needs": "", "steps": ""}
    PracticeFactory.create(slug="term", theme=["1", "19"], sdg=["1", "8"], texts={"en": neutral})
    asked = PracticeFilterSet({"q": words}, queryset=Practice.objects.public())
    assert [practice.slug for practice in asked.qs] == ["meant"]
    assert asked.search.words.least is Least.ALL


def test_what_must_not_stand_side_by_side_may_stand_apart() -> None:
    PracticeFactory.create(slug="apart", texts={"en": {"title": "Housing", "what": "Work that is social"}})
    PracticeFactory.create(slug="beside", texts={"en": {"title": "Housing", "what": "By social work"}})
    assert found('housing -"social work"') == ["apart"]


def test_quotes_ask_for_the_very_words() -> None:
    PracticeFactory.create(slug="term", theme=["19"], texts={"en": {"title": "Keys", "summary": "x"}})
    PracticeFactory.create(slug="text", texts={"en": {"title": "Housing for all", "summary": "x"}})
    assert found('"housing for all"') == ["text"]


def test_title_before_summary_before_body_and_the_readers_language_before_others() -> None:
    """A title in another language comes before a word deep in a text of the reader's, and after its summary."""
    PracticeFactory.create(slug="body", texts={"en": {"title": "x", "summary": "x", "what": "garden"}})
    PracticeFactory.create(slug="summary", texts={"en": {"title": "x", "summary": "garden"}})
    PracticeFactory.create(slug="title", texts={"en": {"title": "garden", "summary": "x"}})
    for slug, words in (("dutch", {"title": "garden", "summary": "x"}), ("deep", {"title": "x", "what": "garden"})):
        PracticeFactory.create(slug=slug, original_language="nl", texts={"nl": words})
    assert found("garden") == ["title", "summary", "dutch", "body", "deep"]
    assert found("garden", "nl")[0] == "dutch"


def test_drafts_are_not_found_and_the_site_search_names_kind_and_place() -> None:
    PracticeFactory.create(slug="draft", live=False, texts={"en": {"title": "garden"}})
    PracticeFactory.create(slug="shown", kind="method", country=["FI"], place="Oulu", texts={"en": {"title": "garden"}})
    with override("en"):
        hits = find("garden", "en").hits
    assert [(hit.title, hit.kind_label, hit.details) for hit in hits] == [
        ("garden", "Practice", ("Method", "Oulu, Finland"))
    ]
    assert not find("\x00 ", "en").hits


def test_words_of_another_language_are_named() -> None:
    practice = PracticeFactory.create(original_language="fr", texts={"fr": {"title": "Voisins"}, "de": {}})
    with override("en"):
        row = summaries([practice], Terms.load())[0]
    assert (row["title"], row["language"], row["language_name"]) == ("Voisins", "fr", "French")
    with override("de"):
        assert summaries([practice], Terms.load())[0]["language_name"] == ""


def test_the_site_search_marks_words_of_another_language(visitor: Client) -> None:
    PracticeFactory.create(slug="voisins", original_language="fr", texts={"fr": {"title": "Voisins", "summary": "Un"}})
    page = visitor.get("/en/search/?q=voisins").content.decode()
    assert 'lang="fr">Voisins</a>' in page
    assert 'lang="fr">Un</p>' in page
    assert "language-note" in page
