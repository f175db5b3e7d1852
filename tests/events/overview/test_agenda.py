"""The agenda as visitors narrow it: filters with counts, words, and a month without JavaScript."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from events.agenda.models import Event
from hub.content_memory import kept_pages
from hub.vocabularies.models import Term
from tests.factories.events import EventFactory, agenda, event_page

pytestmark = pytest.mark.django_db

JULY = datetime(2031, 7, 1, 8, 0, tzinfo=UTC)


def soup(client: Client, query: str = "", **headers: str) -> BeautifulSoup:
    answer = client.get(f"{agenda().get_url()}{query}", headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [each.get_text(strip=True) for each in page.select(".row__title")]


def made(title: str, *, starts: datetime | None = None, hours: int = 2, **fields: Any) -> Event:
    starts = starts or timezone.now() + timedelta(days=10)
    language = fields.pop("language", "en")
    event = EventFactory.create(title=title, starts_at=starts, ends_at=starts + timedelta(hours=hours), **fields)
    event_page(event, title=title, language=language)
    return event


@pytest.mark.parametrize(
    ("facts", "row", "page"),
    [
        ({}, "On site: Town hall, Market square 1, Brussels", "On site: Town hall, Market square 1, Brussels"),
        (
            {"attendance": "hybrid"},
            "On site: Town hall, Market square 1, Brussels, or online",
            "On site: Town hall, Market square 1, Brussels, or online",
        ),
        ({"attendance": "online"}, "Online", "Online"),
        ({"venue": "", "address": ""}, "On site", "Place to be announced"),
        (
            {"venue": "", "address": "", "attendance": "hybrid"},
            "On site or online",
            "Place to be announced, or online",
        ),
    ],
)
def test_an_event_says_whether_it_is_on_site_or_online(
    visitor: Client, facts: dict[str, Any], row: str, page: str
) -> None:
    event = made("Meeting", **facts)
    assert soup(visitor).select(".row__meta > span")[-1].text == row
    shown = BeautifulSoup(visitor.get(event.pages.get().url).content, "html.parser")
    [where] = [dt.find_next("dd") for dt in shown.select("dl.facts dt") if dt.text == "Where"]
    assert where
    assert where.get_text(strip=True) == page


class TestTheList:
    def test_it_shows_what_comes_then_what_is_past(self, visitor: Client) -> None:
        made("Long ago", starts=timezone.now() - timedelta(days=50))
        made("Later", starts=timezone.now() + timedelta(days=50))
        made("Soon")
        page = soup(visitor)
        assert titles(page) == ["Soon", "Later", "Long ago"]
        assert page.select("#agenda-count")[0].text == "3 events"

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("?when=past", ["Past talk"]),
            ("?when=coming&when=past", ["Hall", "Both", "Online", "Past talk"]),
            ("?way=online", ["Both", "Online"]),
            ("?way=room", ["Hall", "Both", "Past talk"]),
            ("?language=nl", ["Online"]),
            ("?q=talks", ["Past talk"]),
            ("?q=talk&when=coming", []),
            ("?way=nonsense&when=&language=xx&view=what&page=99", ["Hall", "Both", "Online", "Past talk"]),
        ],
    )
    def test_each_filter_narrows_and_what_is_unknown_is_ignored(
        self, visitor: Client, query: str, expected: list[str]
    ) -> None:
        day = timezone.now() + timedelta(days=5)
        made("Hall", starts=day)
        made("Both", starts=day + timedelta(days=1), online_url="https://meet.example.org/a")
        nowhere: dict[str, Any] = {"venue": "", "address": "", "online_url": "https://meet.example.org/b"}
        made("Online", starts=day + timedelta(days=2), language="nl", **nowhere)
        made("Past talk", starts=timezone.now() - timedelta(days=5))
        assert titles(soup(visitor, query)) == expected

    def test_tracks_are_counted_without_their_own_choice(self, visitor: Client) -> None:
        one, two = (Term.objects.filter(vocabulary="track")[place] for place in (0, 1))
        for title, terms in (("A", [one]), ("B", [one, two]), ("C", [])):
            event = made(title)
            event.tracks.set(terms)
            event.save()
        page = soup(visitor, f"?track={two.code}")
        assert titles(page) == ["B"]
        counts = {str(box["value"]): box.find_next(class_="facet__count") for box in page.select("input[name=track]")}
        assert {code: count.text for code, count in counts.items() if count} == {one.code: "2", two.code: "1"}
        assert page.select(".chip")[0]["href"] == agenda().get_url()

    def test_it_costs_the_same_number_of_queries_whatever_there_is(
        self, visitor: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(15):
            made(f"Event {number}")
        url = agenda().get_url()
        visitor.get(url)
        with django_assert_max_num_queries(26):
            visitor.get(f"{url}?q=event&way=room&when=coming&page=2")

    def test_htmx_gets_the_part_that_changes(self, visitor: Client) -> None:
        made("Soon")
        page = soup(visitor, **{"HX-Request": "true"})
        assert page.select("#agenda")
        assert not page.select("header")

    def test_the_page_cache_knows_every_parameter(self) -> None:
        assert kept_pages.is_kept("wagtail_serve")
        assert kept_pages.are_known(["q", "when", "way", "track", "language", "view", "month", "page"])

    def test_one_subscribes_without_another_service(self, visitor: Client) -> None:
        links = {str(each["href"]) for each in soup(visitor).select("section a[href$='.ics']")}
        assert links == {"webcal://localhost:8000/en/calendar.ics", "/en/calendar.ics"}


class TestTheMonth:
    def test_days_have_what_takes_place_on_them(self, visitor: Client) -> None:
        made("Talk", starts=JULY)
        made("Two days", starts=JULY + timedelta(days=1), hours=30)
        made("Other month", starts=JULY + timedelta(days=40))
        made("Until midnight", starts=datetime(2031, 7, 10, 20, tzinfo=UTC), hours=2)  # 22:00 to 24:00 in Brussels
        page = soup(visitor, "?view=month&month=2031-07")
        by_day = {
            str(item.select("h3")[0].text).split()[1]: [each.text for each in item.select("a")]
            for item in page.select(".month-list > li")
        }
        assert by_day == {"1": ["Talk"], "2": ["Two days"], "3": ["Two days"], "10": ["Until midnight"]}
        cells = page.select("table.month td")
        assert len(cells) % 7 == 0
        assert len(page.select("table.month th[scope=col]")) == 7
        assert page.select("#agenda-count")[0].text == "3 events in July 2031"

    def test_it_leads_to_the_months_around_and_keeps_the_filters(self, visitor: Client) -> None:
        made("Talk", starts=JULY)
        page = soup(visitor, "?view=month&month=2031-12&way=room")
        addresses = [str(page.select(f"a[rel~={rel}]")[0]["href"]) for rel in ("prev", "next")]
        assert ["month=2031-11" in addresses[0], "month=2032-01" in addresses[1]] == [True, True]
        assert all("way=room" in address for address in addresses)
        assert page.select("meta[name=robots][content^=noindex]")
        hidden = {str(each["name"]): str(each["value"]) for each in page.select("#agenda-filters input[type=hidden]")}
        assert hidden == {"view": "month", "month": "2031-12"}

    @pytest.mark.parametrize("month", ["", "2031-13", "0000-01", "9999-12", "next", "2031-7"])
    def test_what_is_no_month_is_this_one(self, visitor: Client, month: str) -> None:
        made("Talk")
        now = f"{timezone.localdate():%Y-%m}"
        page = soup(visitor, f"?view=month&month={month}")
        assert page.select(f"#agenda-filters input[name=month][value='{now}']")
        assert page.select("td[aria-current=date]")
