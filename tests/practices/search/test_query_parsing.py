"""Beginnings and misspelt words find what a reader meant, and the page says when it took another word."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hub.query_parsing.parsing import parse_query
from practices.library.filters import PracticeFilterSet
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.search.lexicon import LEXICON
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db

NEUTRAL = {"title": "Keys", "summary": "x", "what": "", "results": "", "needs": "", "steps": ""}


@pytest.fixture(autouse=True)
def library() -> None:
    PracticeFactory.create(slug="school", texts={"en": {**NEUTRAL, "title": "Restorative neighbourhoods"}})
    PracticeFactory.create(slug="ecole", texts={"fr": {**NEUTRAL, "title": "L’école à vélo", "what": "Des marmottes"}})
    PracticeFactory.create(slug="hidden", live=False, texts={"en": {**NEUTRAL, "title": "Zanzibar"}})


def found(words: str) -> list[str]:
    return [practice.slug for practice in PracticeFilterSet({"q": words}, queryset=Practice.objects.public()).qs]


@pytest.mark.parametrize("words", ["neighb", "restor neighbourh", "Restorative neigh"])
def test_a_beginning_is_enough(words: str) -> None:
    assert found(words) == ["school"]
    assert not parse_query(words, LEXICON, Terms.load()).corrected


@pytest.mark.parametrize(
    ("typed", "meant", "slug"),
    [
        ("neighbuorhoods", "neighbourhoods", "school"),
        ("restoratve neighbourhoods", "restorative neighbourhoods", "school"),
        ("écloe", "école", "ecole"),
    ],
)
def test_a_misspelt_word_is_corrected(typed: str, meant: str, slug: str) -> None:
    assert parse_query(typed, LEXICON, Terms.load()).corrected == meant
    assert found(typed) == [slug]


@pytest.mark.parametrize(
    ("typed", "other"),
    [("senioren", "Mentoren"), ("lien", "leihen"), ("isolement", "Involvement"), ("einkommen", "Unterkommen")],
)
def test_another_word_is_no_slip(typed: str, other: str) -> None:
    PracticeFactory.create(texts={"de": {**NEUTRAL, "title": other}})
    assert not parse_query(typed, LEXICON, Terms.load()).corrected
    assert found(typed) == []


@pytest.mark.parametrize(("typed", "title"), [("Bruessel", "Brüssel"), ("maenner", "Männer"), ("wnoen", "Wonen")])
def test_swapped_letters_and_umlauts_written_out_are_understood(typed: str, title: str) -> None:
    PracticeFactory.create(slug="meant", texts={"de": {**NEUTRAL, "title": title}})
    assert found(typed) == ["meant"]


def test_a_misspelt_term_is_corrected() -> None:
    PracticeFactory.create(slug="home", theme=["19"], texts={"en": NEUTRAL})
    assert found("huosing") == ["home"]


@pytest.mark.parametrize("words", ["marmotte", "the", '"neighbuorhoods"', "-neighbuorhoods", "a or neighbuorhoods"])
def test_what_is_known_common_or_meant_literally_stays(words: str) -> None:
    assert not parse_query(words, LEXICON, Terms.load()).corrected


def test_drafts_give_no_word_away() -> None:
    assert found("zanzibr") == []
    assert parse_query("zanzibr", LEXICON, Terms.load()).corrected != "zanzibar"


def test_the_page_says_so(client: Client) -> None:
    with override("en"):
        text = client.get(reverse("practices:library"), {"q": "neighbuorhoods"}).content.decode()
    assert "No practice has “neighbuorhoods”" in text
    assert "<strong>neighbourhoods</strong>" in text
    assert "Restorative <mark>neighbourhoods</mark>" in text


def test_a_word_deep_in_a_text_is_shown(client: Client) -> None:
    with override("fr"):
        text = client.get(reverse("practices:library"), {"q": "marmottes"}).content.decode()
    assert "<mark>marmottes</mark> …" in text


def test_marks_do_not_open_the_page_to_markup(client: Client) -> None:
    PracticeFactory.create(texts={"en": {**NEUTRAL, "title": "<script>alert(1)</script> gorilla <b>&amp;"}})
    with override("en"):
        text = client.get(reverse("practices:library"), {"q": "gorilla"}).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>gorilla</mark> &lt;b&gt;&amp;amp;" in text


@pytest.mark.parametrize(
    "words", ["%", "_", "\\", "a%b", "'; DROP TABLE x", "!!! & | :*", "((", "😀", "\ue000x\ue001", "a" * 300]
)
def test_any_input_is_answered(client: Client, words: str) -> None:
    with override("en"):
        assert client.get(reverse("practices:library"), {"q": words}).status_code == 200


def test_sizes_are_part_of_the_address(client: Client) -> None:
    PracticeFactory.create_batch(22)
    with override("en"):
        address = reverse("practices:library")
        assert len(client.get(address).context["library"].rows) == 20
        large = client.get(address, {"size": "50"}).context["library"]
        assert len(large.rows) == 24
        assert large.selection.query == "size=50"
        assert len(client.get(address, {"size": "7"}).context["library"].rows) == 20
