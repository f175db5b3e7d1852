"""The page of one practice."""

import json
import re
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.practices import PracticeFactory, PracticeSourceFactory

pytestmark = pytest.mark.django_db
ANSWERS = ("what", "works", "sources", "takes", "partners", "how", "assessment", "where", "ask", "cite")


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
    places = [page.index(f'id="{name}"') for name in ANSWERS]
    assert places == sorted(places)
    for words in ("Ghent", "The report", "The neighbourhood", "Housing", "<ol><li>Find a place.</li>"):
        assert words in page
    assert "secret@example.org" not in page
    assert page.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", page.split("<footer")[0])]
    assert all(next_one <= one + 1 for one, next_one in pairwise(levels))


@pytest.mark.parametrize("bare", [True, False])
def test_the_contents_lead_to_the_answers_that_there_are(visitor: Client, bare: bool) -> None:
    texts = {"en": {"steps": "" if bare else "1. Begin."}}
    PracticeFactory.create(slug="shared", texts=texts, **({} if bare else {"place": "Ghent", "owner_name": "We"}))
    page = visitor.get(address("shared")).content.decode()
    contents = page[page.index('class="contents"') : page.index("</nav>", page.index('class="contents"'))]
    led_to = re.findall(r'href="#([a-z]+)"', contents)
    told = [[], []] if bare else [["how", "where"], ["ask"]]
    assert led_to == ["what", "works", "takes", *told[0], "reuse", *told[1], "cite"]
    assert all(f'id="{name}"' in page for name in led_to)


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


def test_it_can_be_cited(visitor: Client) -> None:
    PracticeFactory.create(slug="shared", checked_on=date(2026, 10, 5), texts={"en": {"title": "Homes & <b>"}})
    page = visitor.get(address("shared")).content.decode()
    cited = re.search(r'<textarea class="citation"[^>]* readonly [^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert cited
    said = "Homes &amp; &lt;b&gt;. NCCSI. Last checked on Monday 5 October 2026. http://localhost:8000/en/practices/shared/"
    assert cited[1] == said
    assert f">{said}</p>" in page, "paper shows no field"


def test_what_nobody_knows_is_said(visitor: Client) -> None:
    PracticeFactory.create(slug="shared", cost="unknown")
    page = visitor.get(address("shared")).content.decode()
    takes = page[page.index('id="takes"') : page.index('id="how"')]
    assert takes.count("not known yet") == 3
    assert "Nobody has noted yet who takes part." in takes
    assert "Nobody has rated the evidence yet." in page
    assert "Not assessed yet." in page
    assert "not checked yet" in page
    assert 'id="figures"' not in page


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
