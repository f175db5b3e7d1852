"""The dates of a series share a page, and each is found wherever events are."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events.afterwards.models import EventMaterial
from events.agenda.calendar import public_events
from events.agenda.models import Event
from events.agenda.pages import EventPage, page_in, with_pages
from events.following.newsletter import EventSource
from events.moving import moving
from events.programme.models import ProgrammeItem
from events.tasks import renew_series
from hub.languages.reading_order import in_language
from hub.search.models import PageEntry
from hub.vocabularies.models import Term
from tests.events.moving.test_moving import later
from tests.factories.events import EventFactory, RegistrationFactory, agenda, dates, event_page, series_page
from tests.factories.hub import CallFactory

pytestmark = pytest.mark.django_db
WHY = {"en": "The room is taken."}


def soup(client: Client, url: str | None) -> BeautifulSoup:
    answer = client.get(url or "")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def page_of(events: list[Event]) -> EventPage:
    return EventPage.objects.get(series=events[0].series)


def places(found: BeautifulSoup, selector: str) -> list[str]:
    return [str(each["href"]) for each in found.select(selector)]


class TestLists:
    def test_the_agenda_has_a_row_for_each_date_that_leads_to_it(self, visitor: Client) -> None:
        first, _second, _third = events = dates(capacity=2)
        RegistrationFactory.create(event=first)
        found = soup(visitor, agenda().url)
        url = page_of(events).url
        assert places(found, ".row__title a") == [f"{url}#date-{event.uid}" for event in events]
        tags = [each.text for each in found.select(".row .tag")]
        assert tags == ["1 seat left", "2 seats left", "2 seats left"]
        assert found.select("#agenda-count")[0].text == "3 events"
        assert soup(visitor, f"{agenda().url}?language=en").select("#agenda-count")[0].text == "3 events"

    def test_words_facets_and_past_dates(self, visitor: Client) -> None:
        events = dates()
        Event.objects.filter(pk=events[0].pk).update(
            starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8)
        )
        series_page(events[0], language="nl", title="Spreekuur")
        assert soup(visitor, f"{agenda().url}?q=spreekuur").select("#agenda-count")[0].text == "3 events"
        assert soup(visitor, f"{agenda().url}?when=past").select("#agenda-count")[0].text == "1 event"
        whole = soup(visitor, agenda().url)
        counts = {str(each["value"]) for each in whole.select("input[name=language]")}
        assert counts == {"en", "nl"}

    def test_the_month(self, visitor: Client) -> None:
        events = dates()
        for event in events:
            query = f"?view=month&month={timezone.localtime(event.starts_at):%Y-%m}"
            found = soup(visitor, f"{agenda().url}{query}")
            assert f"{page_of(events).url}#date-{event.uid}" in places(found, ".month__events a")

    def test_more_dates_cost_no_more_queries(self, visitor: Client) -> None:
        def cost(number: int) -> int:
            dates(number)
            with CaptureQueriesContext(connection) as asked:
                with_pages(Event.objects.public().with_standing().in_agenda_order(), "en")
            return len(asked)

        assert cost(1) == cost(6) == 2

    def test_home_newsletter_and_search(self) -> None:
        first, second, _third = events = dates()
        page = page_of(events)
        EventPage.objects.update(first_published_at=timezone.now())
        source = EventSource()
        fresh = list(source.published(timezone.now() - timedelta(days=1), "en", 10))
        assert [item.key for item in fresh] == [str(first.pk)]
        assert len(list(source.found([str(event.pk) for event in events], "en"))) == 3
        entry = PageEntry.objects.get(page=page)
        assert (entry.fact, entry.moment) == (first.pk, first.starts_at)
        second.venue = "Old Mint"
        second.save()
        entry.refresh_from_db()
        assert "Old Mint" in entry.facts
        first.delete()
        entry.refresh_from_db()
        assert (entry.fact, entry.moment) == (second.pk, second.starts_at)

    def test_a_search_tells_of_the_next_date(self) -> None:
        first, second, _third = events = dates()
        over = timezone.now() - timedelta(hours=1)
        Event.objects.filter(pk=first.pk).update(starts_at=over - timedelta(hours=1), ends_at=over)
        PageEntry.objects.filter(page=page_of(events)).update(moment=over - timedelta(hours=1))
        renew_series()
        assert PageEntry.objects.get(page=page_of(events)).moment == second.starts_at

    def test_the_page_of_a_call_names_the_next_date(self, visitor: Client) -> None:
        from events.templatetags.events_tags import event_for_call

        call = CallFactory.create()
        events = dates(call=call)
        page = event_for_call(call)
        assert page
        assert page.event == events[0]


class TestFilesAndData:
    def test_the_api_names_the_series_and_its_page(self, visitor: Client) -> None:
        alone, events = event_page(EventFactory.create()).event, dates()
        assert alone
        rows = {row["id"]: row for row in visitor.get("/api/v1/events/").json()["results"]}
        assert len(rows) == 4
        assert rows[str(alone.uid)]["series"] is None
        series = events[0].series
        assert series
        for event in events:
            row = rows[str(event.uid)]
            assert row["series"] == str(series.uid)
            assert row["urls"] == {"en": f"http://localhost:8000{page_of(events).url}#date-{event.uid}"}

    def test_one_file_for_all_dates_and_one_for_each(self, visitor: Client) -> None:
        events = dates()
        series = events[0].series
        assert series
        Event.objects.filter(pk=events[1].pk).update(cancelled_at=timezone.now())
        file = Calendar.from_ical(visitor.get(reverse("events:series_calendar", args=[series.uid])).content)
        found = {str(each["UID"]): str(each["STATUS"]) for each in file.walk("VEVENT")}
        states = dict(zip(events, ["CONFIRMED", "CANCELLED", "CONFIRMED"], strict=True))
        assert found == {f"event-{event.uid}@localhost": state for event, state in states.items()}
        own = Calendar.from_ical(visitor.get(reverse("events:calendar", args=[events[2].uid])).content)
        assert [str(each["URL"])[-len(events[2].anchor) :] for each in own.walk("VEVENT")] == [events[2].anchor]
        assert {str(each["UID"]) for each in public_events("en")} >= set(found)
        assert visitor.get(reverse("events:series_calendar", args=[uuid4()])).status_code == 404

    def test_a_hidden_series_is_nowhere(self, visitor: Client) -> None:
        events = dates()
        page = page_of(events)
        page.unpublish()
        assert not Event.objects.public().exists()
        series = events[0].series
        assert series
        for name in ("series_calendar", "sign_up_series", "series_signed_up", "series_to_confirm"):
            assert visitor.get(reverse(f"events:{name}", args=[series.uid])).status_code == 404

    def test_what_search_engines_read(self, visitor: Client) -> None:
        events = dates()
        move = later(events[1])
        moving.move(events[1], to=move, reason=WHY, by=None)
        moving.call_off(events[2], reason=WHY, by=None)
        found = soup(visitor, page_of(events).url)
        data = json.loads(found.select("script[type='application/ld+json']")[0].text)
        assert data["@type"] == "EventSeries"
        states = [each["eventStatus"].rpartition("/")[2] for each in data["subEvent"]]
        assert sorted(states) == ["EventCancelled", "EventRescheduled", "EventScheduled"]
        assert {each["url"].partition("#")[2] for each in data["subEvent"]} == {event.anchor for event in events}


class TestThePage:
    def test_it_lists_the_dates_to_come_and_folds_past_ones(self, visitor: Client) -> None:
        past, full, closed, free = events = dates(4, capacity=1)
        Event.objects.filter(pk=past.pk).update(
            starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8)
        )
        EventMaterial.objects.create(event=past, title="Slides", link="https://example.org/slides", sort_order=0)
        RegistrationFactory.create(event=full)
        Event.objects.filter(pk=closed.pk).update(registration_closes_at=timezone.now() - timedelta(hours=1))
        found = soup(visitor, page_of(events).url)
        assert [str(each["id"]) for each in found.select("ol.rows > li > article")] == [
            each.anchor for each in (full, closed, free, past)
        ]
        assert [each.text for each in found.select("article .tag")] == [
            "All seats are taken",
            "Sign-up is closed",
            "1 seat left",
            "Over",
        ]
        assert found.select(f"details #{past.anchor} a[href='https://example.org/slides']")
        series = free.series
        assert series
        [button] = places(found, "a.button--primary")
        assert button == reverse("events:sign_up_series", args=[series.uid])
        assert len(places(found, "article a[href$='.ics']")) == 3

    def test_a_date_that_moved_and_one_that_was_cancelled_say_so(self, visitor: Client) -> None:
        first, second, third = events = dates()
        moving.move(second, to=later(second, venue="Library"), reason=WHY, by=None)
        moving.call_off(third, reason=WHY, by=None)
        found = soup(visitor, page_of(events).url)
        moved, off = (found.select(f"#{each.anchor}")[0] for each in (second, third))
        assert "Was:" in moved.text
        assert "Library" in moved.text
        assert "The room is taken." in moved.text
        assert off.select("h3 del")
        assert "Cancelled" in off.text
        assert "Was:" not in found.select(f"#{first.anchor}")[0].text

    def test_it_shows_where_each_is_when_they_differ(self, visitor: Client) -> None:
        events = dates()
        shown = soup(visitor, page_of(events).url)
        assert shown.text.count("Town hall") == 1
        Event.objects.filter(pk=events[1].pk).update(venue="Library")
        shown = soup(visitor, page_of(events).url)
        assert "Library" in shown.select(f"#{events[1].anchor}")[0].text
        assert "Town hall" in shown.select(f"#{events[0].anchor}")[0].text

    def test_who_has_a_seat_reads_it_at_the_date(self, partner: Client, partner_user: Any) -> None:
        events = dates()
        RegistrationFactory.create(event=events[1], user=partner_user, email=partner_user.email)
        found = soup(partner, page_of(events).url)
        assert "You have a seat." in found.select(f"#{events[1].anchor}")[0].text
        assert "You have a seat." not in found.select(f"#{events[0].anchor}")[0].text

    def test_the_programme_is_that_of_the_next_date(self, visitor: Client) -> None:
        events = dates()
        item = {"starts_at": events[0].starts_at, "ends_at": events[0].ends_at}
        ProgrammeItem.objects.create(event=events[0], title="Your questions", **item)
        assert "Your questions" in soup(visitor, page_of(events).url).select("#programme")[0].parent.text  # type: ignore[union-attr]

    def test_when_all_are_over_nobody_signs_up(self, visitor: Client) -> None:
        events = dates(2)
        over = timezone.now() - timedelta(days=8)
        Event.objects.update(starts_at=over - timedelta(hours=1), ends_at=over)
        found = soup(visitor, page_of(events).url)
        assert not found.select("a.button--primary")
        assert "All dates of this series are over." in found.text


class TestWhichPage:
    def test_a_page_tells_of_an_event_or_of_a_series(self) -> None:
        page = event_page(EventFactory.create())
        events = dates()
        for about in ({"event": None}, {"series": events[0].series}):
            with pytest.raises(IntegrityError), transaction.atomic():
                EventPage.objects.filter(pk=page.pk).update(**about)

    def test_whoever_chooses_one_date_writes_for_the_series(self) -> None:
        events = dates()
        page = event_page(events[1], language="nl")
        assert (page.event, page.series) == (None, events[1].series)
        assert page_in(events[2], "nl") == page
        with pytest.raises(ValidationError, match="al een pagina"):
            event_page(events[2], language="nl", slug="another")
        with pytest.raises(ValidationError, match="event"):
            EventPage(title="Nothing", slug="nothing", locale=page.locale).clean()

    def test_not_even_a_draft_tells_of_nothing(self, editor: Client) -> None:
        index = agenda()
        add = reverse("wagtailadmin_pages:add", args=["events", "eventpage", index.pk])
        typed = {"title": "Nothing", "slug": "nothing", "event": "", "body-count": "0"}
        answer = editor.post(add, typed | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"})
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == ["event"]
        assert not EventPage.objects.exists()

    def test_an_editor_saves_the_page_of_a_series(self, editor: Client) -> None:
        page = page_of(dates())
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = BeautifulSoup(editor.get(edit).content, "html.parser").select("form#page-edit-form")[0]
        typed = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
        typed |= {str(each["name"]): each.text for each in form.select("textarea[name]")}
        typed |= {"introduction": "Other words.", "action-publish": "action-publish", "body-count": "0"}
        typed |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        assert editor.post(edit, typed).status_code == 302
        page.refresh_from_db()
        assert (page.introduction, page.event, page.live) == ("Other words.", None, True)

    def test_found_by_the_tracks_of_any_date(self) -> None:
        events = dates()
        term = Term.objects.of("track").first()
        assert term
        events[2].tracks.add(term)
        events[2].save()
        assert in_language(term.label, "en") in PageEntry.objects.get(page=page_of(events)).facts
