"""Compounds, elisions, hyphens and synonyms find what they mean, and the page says which terms they name."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from hub.content_memory import content_version
from hub.query_parsing.parsing import parse_query
from practices.library.filters import PracticeFilterSet
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.search.lexicon import LEXICON
from tests.factories.practices import PracticeFactory, term

pytestmark = pytest.mark.django_db

NEUTRAL = {"title": "Keys", "summary": "x", "what": "", "results": "", "needs": "", "steps": ""}


def add(slug: str, language: str, title: str, **facts: object) -> None:
    PracticeFactory.create(
        slug=slug, original_language=language, texts={language: {**NEUTRAL, "title": title}}, **facts
    )


def found(words: str, language: str = "en", **chosen: str) -> list[str]:
    with override(language):
        asked = PracticeFilterSet({"q": words, **chosen}, queryset=Practice.objects.public())
        return [practice.slug for practice in asked.qs]


def page(client: Client, **query: str | list[str]) -> str:
    with override("en"):
        return client.get(reverse("practices:library"), query).content.decode()


@pytest.mark.parametrize(
    ("language", "others", "title", "words"),
    [
        ("de", "Job Projekt", "Jobcoachingprojekt", "coaching"),
        ("nl", "jeugd", "Tegen jeugdwerkloosheid", "werkloosheid"),
        ("nl", "arbeid", "Arbeidsbemiddeling", "bemiddeling"),
        ("de", "Wohnung", "Wohnungspolitik", "politik"),
    ],
)
def test_a_part_is_found_in_the_whole(language: str, others: str, title: str, words: str) -> None:
    add("others", language, others)
    add("whole", language, title)
    add("else", language, "Fahrrad")
    assert found(words) == ["whole"]


@pytest.mark.parametrize(
    ("words", "title"),
    [("Familienwohnung", "Eine Wohnung für Familien"), ("buurtwerking", "De werking van een buurt")],
)
def test_the_whole_is_found_in_its_parts(words: str, title: str) -> None:
    add("parts", "de", title)
    add("one", "de", title.split()[-1])
    assert found(words) == ["parts"]
    assert not parse_query(words, LEXICON, Terms.load()).corrected


@pytest.mark.parametrize("words", ["arm", "rente", "ruimte"])
def test_letters_inside_another_word_are_no_part_of_it(words: str) -> None:
    for slug, title in (("a", "alarm"), ("b", "parenteel"), ("c", "omgangsvormenruimtelijk")):
        add(slug, "nl", title)
    assert found(words) == []


def test_hyphenated_words_are_phrases() -> None:
    add("abri", "fr", "Contre le sans-abrisme")
    add("spaced", "fr", "Le sans abrisme en ville")
    add("apart", "en", "The abrisme of autism, without sans")
    assert set(found("sans-abrisme")) == {"abri", "spaced"}
    assert found("job-coaching") == []
    add("joined", "nl", "jobcoaching")
    assert found("job-coaching") == ["joined"]


@pytest.mark.parametrize("words", ["l'emploi", "d’emploi", "qu'emploi", "L´EMPLOI"])
def test_an_elision_names_the_same_themes(words: str) -> None:
    PracticeFactory.create(slug="work", theme=["4"], texts={"en": NEUTRAL})
    assert parse_query(words, LEXICON, Terms.load()).words[0].plain == "emploi"
    assert found(words) == found("emploi") == ["work"]


@pytest.mark.parametrize(
    ("words", "vocabulary", "code"),
    [
        ("thuisloosheid", "target", "homeless"),
        ("dak- en thuislozen", "target", "homeless"),
        ("sans-abrisme", "target", "homeless"),
        ("SDF", "target", "homeless"),
        ("Wohnungslosigkeit", "target", "homeless"),
        ("rough sleeping", "target", "homeless"),
        ("jongvolwassenen", "target", "young-people"),
        ("NEET", "target", "young-people"),
        ("Langzeitarbeitslosigkeit", "target", "long-term-unemployed"),
        ("Jugendarbeitslosigkeit", "theme", "4"),
        ("solitude", "theme", "16"),
        ("Einsamkeit", "theme", "16"),
        ("proefproject", "stage", "3"),
    ],
)
def test_synonyms_name_terms_and_the_page_offers_them(client: Client, words: str, vocabulary: str, code: str) -> None:
    facts = {vocabulary: code if vocabulary == "stage" else [code]}
    PracticeFactory.create(slug="described", texts={"en": NEUTRAL}, **facts)
    assert found(words) == ["described"]
    meant = term(vocabulary, code)
    text = page(client, q=words)
    with override("en"):
        label = str(meant.label)
    offered = rf'chip--add" href="[^"]*{vocabulary}={code}[^"]*" rel="nofollow">[^<]*{re.escape(label)} \(1\)</a>'
    assert re.search(offered, text)
    assert f"{label} (1)" not in page(client, q=words, **{vocabulary: code})


def test_staff_write_synonyms() -> None:
    PracticeFactory.create(slug="described", target=["roma"], texts={"en": NEUTRAL})
    assert found("woonwagenkamp") == []
    meant = term("target", "roma")
    meant.synonyms = LazyI18nString({"nl": "woonwagenkamp\nrondreizende mensen"})
    meant.save()
    content_version.forget()
    assert found("woonwagenkamp") == found("rondreizende mensen") == ["described"]
    assert found("rondreizende fietsen") == []


def test_what_fits_all_words_and_terms_comes_first() -> None:
    """Both words in terms and summary come before one of them in the title, where the other stands deep in the text."""
    for number in range(3):
        text = {**NEUTRAL, "title": "Dakloze dakloze mensen", "what": "Soms zijn er jongeren bij."}
        PracticeFactory.create(slug=f"some-{number}", original_language="nl", texts={"nl": text}, target=["homeless"])
    both = {**NEUTRAL, "summary": "Voor jongeren."}
    PracticeFactory.create(slug="both", original_language="nl", texts={"nl": both}, target=["homeless"])
    assert found("dakloze jongeren", "nl") == ["both", "some-2", "some-1", "some-0"]


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("gemeenschapshuis", "gemeenschapshuur"),
        ("Arbeitsfähigkeit", "Arbeitsförderung"),
        ("onderzoeker", "onderwijzer"),
        ("a" * 26, "a" * 25),
    ],
)
def test_long_unknown_words_are_not_bent_into_others(typed: str, other: str) -> None:
    add("other", "nl", other)
    assert not parse_query(typed, LEXICON, Terms.load()).corrected
    assert found(typed) == []


def test_nothing_found_offers_to_loosen_each_filter(client: Client) -> None:
    PracticeFactory.create(theme=["19"], country=["BE"], texts={"en": {**NEUTRAL, "title": "garden"}})
    PracticeFactory.create_batch(2, theme=["1"], country=["FI"], texts={"en": {**NEUTRAL, "title": "garden"}})
    text = page(client, q="garden", theme="19", country="FI")
    loosened = dict(re.findall(r'rel="nofollow">Without ([^<]+)</a> \((\d+)\)', text))
    with override("en"):
        assert loosened == {
            str(term("theme", "19").label): "2",
            str(term("country", "FI").label): "1",
            "“garden”": "0",
        }
    assert "Without" not in page(client, q="garden", theme="19")
