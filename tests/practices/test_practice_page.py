"""The page of one practice."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.practices import PracticeFactory, PracticeSourceFactory

pytestmark = pytest.mark.django_db


def address(slug: str) -> str:
    return f"/en/practices/{slug}/"


def test_it_answers_in_the_promised_order(visitor: Client) -> None:
    practice = PracticeFactory.create(
        slug="shared",
        stage="5",
        evidence="4",
        cost="over-1m",
        theme=["19"],
        target=["homeless"],
        sector=["citizens"],
        country=["BE"],
        place="Ghent",
        owner_name="The neighbourhood",
        contact_email="secret@example.org",
    )
    PracticeSourceFactory.create(practice=practice, title="The report")
    page = visitor.get(address("shared")).content.decode()
    places = [page.index(f'id="{name}"') for name in ("what", "works", "takes", "how", "where", "ask", "sources")]
    assert places == sorted(places)
    for words in ("Ghent", "The report", "The neighbourhood", "Housing", "<ol><li>Find a place.</li>"):
        assert words in page
    assert "secret@example.org" not in page
    assert page.count("<h1") == 1


def test_a_draft_is_not_there(visitor: Client) -> None:
    PracticeFactory.create(slug="draft", live=False)
    assert visitor.get(address("draft")).status_code == 404
    assert visitor.get(address("draft") + "ask/").status_code == 404
    assert visitor.get(address("unknown")).status_code == 404


def test_unreviewed_words_are_not_shown(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared", theme=["19"], texts={"en": {"title": "Reviewed"}})
    text = practice.texts.get()
    text.title = "Unreviewed"
    practice.texts.add(text)
    practice.place = "Unreviewed"
    practice.save_revision()
    for url in (address("shared"), "/en/practices/", "/en/practices/feed.atom", "/en/practices/?q=unreviewed"):
        page = visitor.get(url).content.decode()
        assert "Unreviewed" not in page
    practice.latest_revision.publish()
    assert "Unreviewed" in visitor.get(address("shared")).content.decode()


def test_words_of_another_language_are_named_and_the_canonical_page_is_in_it(visitor: Client) -> None:
    PracticeFactory.create(slug="voisins", original_language="fr", texts={"fr": {"title": "Voisins"}})
    page = visitor.get(address("voisins")).content.decode()
    assert "French" in page
    assert '<h1 lang="fr">Voisins</h1>' in page
    assert re.search(r'rel="canonical" href="http://localhost:8000/fr/', page)
    assert "hreflang=" not in page.split("</head>")[0]


def test_a_part_that_is_not_translated_comes_from_another_language_and_says_so(visitor: Client) -> None:
    bare = {"results": "", "needs": "", "steps": ""}
    texts = {
        "en": {"what": "Old and young.", "results": ""},
        "nl": {"title": "Samen wonen", "what": "Jong en oud.", "steps": "1. Zoek een huis."} | bare,
        "cs": {"results": "Méně osamělosti.", "needs": "Dům."},
    }
    PracticeFactory.create(slug="samen", original_language="cs", texts=texts)
    page = visitor.get("/nl/praktijken/samen/").content.decode()
    assert "<h1>Samen wonen</h1>" in page
    assert "<p>Jong en oud.</p>" in page
    assert "Old and young." not in page
    assert re.search(r'<div class="stack" lang="en"><p>A building and a coordinator.</p>', page)
    assert re.search(r'<div class="stack" lang="en"><ol><li>Find a place.</li>', page)
    assert re.search(r'<div class="stack" lang="cs"><p>Méně osamělosti.</p>', page)
    # One note for each of the three, none at the top: the title is in the reader's language.
    assert page.count('class="language-note"') == 3


def test_it_says_which_languages_are_incomplete(visitor: Client) -> None:
    PracticeFactory.create(slug="shared", texts={"en": {}, "fr": {"steps": ""}})
    page = visitor.get(address("shared")).content.decode()
    assert "<dd>English, French (in part)</dd>" in page


def test_a_heading_without_words_stays_away(visitor: Client) -> None:
    PracticeFactory.create(slug="shared", texts={"en": {"steps": ""}})
    assert 'id="how"' not in visitor.get(address("shared")).content.decode()


def test_english_comes_before_the_original_language(visitor: Client) -> None:
    texts = {"fi": {"title": "Naapurit"}, "en": {"title": "Neighbours"}}
    PracticeFactory.create(slug="naapurit", original_language="fi", texts=texts)
    assert '<h1 lang="en">Neighbours</h1>' in visitor.get("/fr/pratiques/naapurit/").content.decode()


def test_it_tells_machines_what_it_is(visitor: Client) -> None:
    PracticeFactory.create(slug="tool", kind="tool", theme=["19"], texts={"en": {"title": "</script><b>"}, "nl": {}})
    page = visitor.get(address("tool")).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert data["@type"] == "HowTo"
    assert data["name"] == "</script><b>"
    assert [step["text"] for step in data["step"]] == ["Find a place.", "Find people."]
    head = page.split("</head>")[0]
    assert {"en", "nl", "x-default"} <= set(re.findall(r'hreflang="([^"]+)"', head))


def test_related_practices_say_what_they_have_in_common(visitor: Client) -> None:
    PracticeFactory.create(slug="this", theme=["19"], target=["homeless"])
    PracticeFactory.create(theme=["19"], target=["homeless"], texts={"en": {"title": "Closest"}})
    PracticeFactory.create(theme=["19"], texts={"en": {"title": "Close"}})
    PracticeFactory.create(theme=["19"], live=False, texts={"en": {"title": "Draft"}})
    PracticeFactory.create(theme=["1"], texts={"en": {"title": "Far"}})
    page = visitor.get(address("this")).content.decode()
    related = page[page.index('id="related"') :]
    assert related.index("Closest") < related.index("Close</a>")
    assert "Homeless people · Housing" in related
    assert "Draft" not in related
    assert "Far" not in related


def test_queries_do_not_grow_with_the_library(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="this", theme=["19"], texts={"en": {}, "nl": {}})
    counts = []
    for more in (1, 2, 20):
        for _number in range(more):
            PracticeFactory.create(theme=["19"], sector=["citizens"], texts={"en": {}, "fr": {}})
            PracticeSourceFactory.create(practice=practice)
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address("this"))
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 25
