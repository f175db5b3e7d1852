"""The search of the whole site is one list: all kinds of things in one order, each with its kind, page by page."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from hub.content_memory import content_version
from hub.site_search import registry
from hub.site_search.finding import PER_PAGE
from nccsi.caching.page_cache import in_order
from tests.factories.events import EventFactory, agenda, event_page
from tests.factories.hub import CallFactory, add, add_call_page, add_calls, add_news, add_page, home
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db

NEUTRAL = {"title": "Keys", "summary": "x", "what": "", "results": "", "needs": "", "steps": ""}


def practice(slug: str, language: str = "en", **text: str) -> None:
    PracticeFactory.create(slug=slug, original_language=language, texts={language: {**NEUTRAL, **text}})


def listed(visitor: Client, words: str, language: str = "en", **query: str) -> list[tuple[str, str]]:
    """Kind and title of each result, as the page shows them."""
    page = visitor.get(f"/{language}/search/" if language == "en" else "/de/suche/", {"q": words, **query})
    assert page.status_code == 200
    return re.findall(
        r'class="tag">([^<]*)</span>.*?row__title"><a [^>]*>([^<]*)</a>', page.content.decode(), re.DOTALL
    )


def kinds(visitor: Client, words: str, **query: str) -> dict[str, int]:
    """What the links to one kind say, in their order."""
    page = visitor.get("/en/search/", {"q": words, **query}).content.decode()
    return {label: int(number) for label, number in re.findall(r">(\w+) <span class=\"kinds__count\">\((\d+)\)", page)}


def one_of_each() -> None:
    """A page, a piece of news, a call, an event, an organisation and a practice, each about gardens."""
    add_page(title="About gardens", slug="about-gardens")
    news = add_news(count=0)
    add(news, type(news).allowed_subpage_models()[0](title="News of gardens", slug="news-of-gardens"))
    add_call_page(add_calls(), CallFactory.create(), title="A call for gardens")
    event_page(EventFactory.create(), title="A meeting on gardens")
    OrganisationFactory.create(name="Gardens united")
    practice("gardens", title="Sharing gardens")


def test_every_kind_stands_in_one_list_with_its_name_and_can_be_seen_alone(visitor: Client) -> None:
    one_of_each()
    found = listed(visitor, "gardens")
    assert {kind for kind, _title in found} == {"Page", "News", "Call", "Event", "Organisation", "Practice"}
    assert kinds(visitor, "gardens") == {
        "All": 6, "Practices": 1, "Organisations": 1, "Calls": 1, "Events": 1, "News": 1, "Pages": 1,
    }  # fmt: skip
    assert listed(visitor, "gardens", kind="call") == [("Call", "A call for gardens")]
    assert kinds(visitor, "gardens", kind="call")["All"] == 6
    page = visitor.get("/en/search/", {"q": "gardens", "kind": "call"}).content.decode()
    assert re.findall(r'href="([^"]*)" aria-current="true"', page) == ["/en/search/?q=gardens&amp;kind=call"]
    assert '<input type="hidden" name="kind" value="call">' in page


def test_every_kind_that_a_source_finds_has_a_name_and_the_address_may_be_kept() -> None:
    beside_calls = ["call", "reuse", "policy-hook", "note"]
    kinds = ["practice", "organisation", "notice", "question", *beside_calls, "event", "news", "page"]
    assert [*registry.kinds()] == kinds
    assert all(in_order(f"q=garden&kind={code}&page=2") for code in registry.kinds())


@pytest.mark.parametrize("words", ["Gardens united", "gardens-united", "GARDENS ÚNITED"])
def test_what_is_called_so_comes_first_whatever_it_is(visitor: Client, words: str) -> None:
    one_of_each()
    practice("many", title="Gardens that united a street", summary="United gardens, gardens united by neighbours")
    add_page(title="How gardens united people", slug="how", introduction="Gardens united.")
    assert listed(visitor, words)[0] == ("Organisation", "Gardens united")


def test_a_title_before_a_summary_before_a_text_whatever_it_is(visitor: Client) -> None:
    practice("deep", title="Keys", what="A word on gardening.")
    OrganisationFactory.create(name="Roof", texts={"en": {"summary": "Helps with gardening."}})
    add_page(title="All about gardening", slug="title")
    practice("title", title="Gardening in the street")
    add_page(title="Deep", slug="deep", body=[("paragraph", "<p>Also on gardening.</p>")])
    found = [title for _kind, title in listed(visitor, "gardens")]
    assert set(found[:2]) == {"All about gardening", "Gardening in the street"}
    assert found[2] == "Roof"
    assert set(found[3:]) == {"Keys", "Deep"}


def test_all_words_in_front_come_before_some_of_them_in_a_title(visitor: Client) -> None:
    add_page(title="Gardens for youngsters", slug="some", body=[("paragraph", "<p>On benches.</p>")])
    practice("all", title="Keys", summary="Youngsters make gardens and benches.")
    found = listed(visitor, "gardens youngsters benches")
    assert [title for _kind, title in found] == ["Keys", "Gardens for youngsters"]


def test_the_readers_language_first_and_any_other_named(visitor: Client) -> None:
    practice("dutch", language="nl", title="Garage voor iedereen")
    practice("english", title="A garage for everyone")
    page = visitor.get("/en/search/", {"q": "garage"}).content.decode()
    assert [title for _kind, title in listed(visitor, "garage")] == ["A garage for everyone", "Garage voor iedereen"]
    assert '<a href="/en/practices/dutch/" lang="nl">' in page
    assert page.count("language-note") == 1
    assert "Dutch" in page


def test_calls_and_events_in_the_nearest_language_but_no_other_pages(visitor: Client) -> None:
    call = CallFactory.create()
    add_call_page(add_calls("nl", "oproepen"), call, title="Oproep Zonnebloem")
    both = EventFactory.create()
    agenda("nl")
    event_page(both, language="nl", title="Zonnebloem in het Nederlands")
    event_page(both, language="en", title="Zonnebloem in English")
    add_page(parent=home("nl"), title="Zonnebloem", slug="zonnebloem")
    found = listed(visitor, "zonnebloem")
    assert set(found) == {("Call", "Oproep Zonnebloem"), ("Event", "Zonnebloem in English")}
    assert "language-note" in visitor.get("/en/search/", {"q": "zonnebloem"}).content.decode()
    call.pages.get().unpublish()
    assert listed(visitor, "zonnebloem") == [("Event", "Zonnebloem in English")]


def test_nothing_hidden_is_listed_or_counted(visitor: Client) -> None:
    secret = add_page(title="Gardens secret", slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    add_page(title="Gardens draft", slug="draft").unpublish()
    OrganisationFactory.create(name="Gardens hidden", status="hidden")
    PracticeFactory.create(live=False, texts={"en": {"title": "Gardens draft"}})
    assert listed(visitor, "gardens") == []
    assert kinds(visitor, "gardens") == {}


def test_hidden_words_are_given_away_by_no_correction(visitor: Client) -> None:
    secret = add_page(title="Secret", slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    add_page(parent=secret, title="Zanzibar", slug="below")
    add_page(title="Madagascar", slug="draft").unpublish()
    for typed in ("zanzibr", "madagasca", "madagascr"):
        page = visitor.get("/en/search/", {"q": typed}).content.decode()
        assert "Nothing found" in page
        assert "zanzibar" not in page.lower()
        assert "madagascar" not in page.lower()


def test_a_slip_is_corrected_and_told_whatever_was_meant(visitor: Client) -> None:
    one_of_each()
    OrganisationFactory.create(name="Bydelsmødre")
    assert listed(visitor, "bydelsmodrer") == [("Organisation", "Bydelsmødre")]
    page = visitor.get("/en/search/", {"q": "gradens"}).content.decode()
    assert "Nothing has “gradens”. These are the results for <strong>gardens</strong>." in page
    assert len(listed(visitor, "gradens")) == 6


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("gardens bicycles xyzzyplugh", "These results have several of them."),
        ("gardens xyzzyplugh", "These results have one of them."),
        ("xyzzyplugh gardens xyzzyfrobotz", "These results have one of them."),
    ],
)
def test_where_nothing_has_all_words_some_are_enough_and_the_page_says_so(
    visitor: Client, words: str, told: str
) -> None:
    add_page(title="Gardens and bicycles", slug="both")
    practice("one", title="Gardens")
    page = visitor.get("/en/search/", {"q": words}).content.decode()
    assert told in page
    assert [title for _kind, title in listed(visitor, words)][:1] == (
        ["Gardens and bicycles"] if "bicycles" in words else ["Gardens"]
    )
    assert "Nothing has all" not in visitor.get("/en/search/", {"q": "gardens"}).content.decode()


def test_what_has_more_of_many_words_comes_before_what_has_fewer_in_its_title(visitor: Client) -> None:
    practice("two", title="Gardens and bicycles")
    add_page(title="Keys", slug="three", introduction="Bicycles.", body=[("paragraph", "<p>Gardens, benches.</p>")])
    found = listed(visitor, "gardens bicycles benches xyzzyplugh")
    assert [title for _kind, title in found] == ["Keys", "Gardens and bicycles"]


def test_of_what_fits_as_well_the_latest_comes_first(visitor: Client) -> None:
    now = timezone.now()
    for days, slug in ((3, "old"), (1, "new")):
        PracticeFactory.create(
            slug=slug,
            texts={"en": {**NEUTRAL, "title": f"Garden {slug}"}},
            first_published_at=now - timedelta(days=days),
        )
    page = add_page(title="Garden page", slug="page")
    page.first_published_at = now - timedelta(days=2)
    page.save()
    event_page(EventFactory.create(), title="Garden meeting")
    titles = [title for _kind, title in listed(visitor, "garden")]
    assert titles == ["Garden meeting", "Garden new", "Garden page", "Garden old"]


def test_a_part_of_a_compound_is_found_in_the_text_of_a_page(visitor: Client) -> None:
    body = [("paragraph", "<p>Das Jobcoachingprojekt hilft beim Job und ist ein Projekt.</p>")]
    add_page(parent=home("de"), title="Seite", slug="seite", body=body)
    assert listed(visitor, "coaching", language="de") == [("Seite", "Seite")]


@pytest.mark.parametrize(
    ("written", "asked"),
    [("zentren", "Kompetenzzentrum"), ("zentrum", "Kompetenzzentren"), ("zentren", "Zentrum")],
)
def test_a_plural_from_latin(visitor: Client, written: str, asked: str) -> None:
    add_page(parent=home("de"), title=f"Über Kompetenz{written}", slug="seite")
    practice("other", language="de", title=f"Das Kompetenz{written} hilft")
    practice("else", language="de", title="Kompetenz")
    titles = {f"Über Kompetenz{written}", f"Das Kompetenz{written} hilft"}
    assert {title for _kind, title in listed(visitor, asked, language="de")} == titles


def test_organisations_by_what_they_are(visitor: Client) -> None:
    OrganisationFactory.create(name="Y", sector="academia", country="FI", texts={"en": {"summary": "Helps people."}})
    OrganisationFactory.create(name="Z", sector="citizens", country="BE", texts={"en": {"summary": "Helps people."}})
    assert listed(visitor, "Finland") == [("Organisation", "Y")]
    assert listed(visitor, "help finlande") == [("Organisation", "Y")]


def test_page_after_page_without_a_gap_or_a_repetition(visitor: Client) -> None:
    for number in range(2 * PER_PAGE):
        practice(f"practice-{number}", title="Garden")
    for number in range(5):
        add_page(title="Garden", slug=f"garden-{number}")
    everything = [listed(visitor, "garden", page=str(number)) for number in (1, 2, 3)]
    assert [len(each) for each in everything] == [PER_PAGE, PER_PAGE, 5]
    shown = [visitor.get("/en/search/", {"q": "garden", "page": str(number)}).content.decode() for number in (1, 2, 3)]
    links = [link for page in shown for link in re.findall(r'row__title"><a href="([^"]*)"', page)]
    assert len(set(links)) == 2 * PER_PAGE + 5
    following = re.search(r'rel="next" href="([^"]*)"', shown[0])
    assert following
    assert parse_qs(urlsplit(following[1].replace("&amp;", "&")).query) == {"q": ["garden"], "page": ["2"]}
    for odd in ("0", "-1", "99", "9" * 30, "x", "", "²"):
        assert listed(visitor, "garden", page=odd)
    assert len(listed(visitor, "garden", kind="page", page="1")) == 5


def test_nothing_of_the_kind_that_was_asked_for(visitor: Client) -> None:
    practice("gardens", title="Sharing gardens")
    page = visitor.get("/en/search/", {"q": "gardens", "kind": "news"}).content.decode()
    assert "Nothing of this kind" in page
    assert "There is 1 result of another kind." in page
    assert listed(visitor, "gardens", kind="nonsense") == [("Practice", "Sharing gardens")]


def test_a_kind_with_a_list_of_its_own_leads_there(visitor: Client) -> None:
    one_of_each()
    page = visitor.get("/en/search/", {"q": "gardens", "kind": "practice"}).content.decode()
    assert '<a href="/en/practices/?q=gardens">Practices: search with filters</a>' in page
    page = visitor.get("/en/search/", {"q": "gardens", "kind": "organisation"}).content.decode()
    assert '<a href="/en/partners/?q=gardens">' in page


@pytest.mark.parametrize("words", ["garden", "garden xyzzyplugh", "gardn", "garden -zoo", "dakloze garden SDF"])
def test_as_many_queries_for_one_of_each_as_for_many(visitor: Client, words: str) -> None:
    counts = []
    for more in (1, 12):
        for number in range(more):
            practice(f"practice-{more}-{number}", title="Garden of the homeless")
            OrganisationFactory.create(name=f"Garden {more} {number}")
            add_page(title="Garden", slug=f"garden-{more}-{number}")
        if more == 1:
            add_call_page(add_calls(), CallFactory.create(), title="Garden call")
            event_page(EventFactory.create(), title="Garden meeting")
        cache.clear()
        content_version.forget()
        with CaptureQueriesContext(connection) as queries:
            assert listed(visitor, words)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25, counts
