"""What is said before a whole tree goes: of each page what is true of it, in as many queries for many as for few."""

from collections.abc import Iterable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Page

from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.pages.models import NewsPage
from notifications.outbox.models import Message
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory, RegistrationFactory, agenda, event_page
from tests.factories.hub import CallFactory, DeadlineFactory, add, add_call_page, add_calls, add_news, add_page, home
from tests.factories.notifications import MessageFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


class Site:
    """A start with a list of each kind and pages below; as many people rely on a page as its number says."""

    def __init__(self) -> None:
        self.calls, self.news, self.about = add_calls(), add_news(count=0), add_page()
        SubscriptionFactory.create(topic="calls")
        agenda()

    @property
    def top(self) -> Page:
        return Page.objects.get(pk=home().pk)

    def grow(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            call = CallFactory.create(title=f"Call {number}")
            DeadlineFactory.create(call=call)
            SubscriptionFactory.create_batch(number, topic=f"call:{call.pk}")
            InterestFactory.create_batch(number, call=call)
            add_call_page(self.calls, call, title=f"Call {number}")
            event = EventFactory.create(title=f"Event {number}")
            RegistrationFactory.create_batch(number, event=event)
            event_page(event, title=f"Event {number}")
            add_page(self.about, title=f"Page {number}", slug=f"page-{number}")
            piece = add(self.news, NewsPage(title=f"Piece {number}", slug=f"piece-{number}"))
            for _reader in range(number):
                MessageFactory.create(
                    kind="hub/news", about=f"news:{piece.pk}", status=Message.Status.SENT, sent_at=timezone.now()
                )


@pytest.fixture
def site() -> Site:
    return Site()


def told(things: Iterable[Page], act: Act, *, below: bool = True) -> tuple[list[Consequence], int]:
    with CaptureQueriesContext(connection) as queries:
        found = consequences.of(things, act, with_what_is_below=below)
    return found, len(queries)


@pytest.mark.parametrize("act", list(Act))
def test_many_pages_ask_no_more_than_few(site: Site, act: Act) -> None:
    site.grow(range(3))
    told([site.top], act)  # what is asked once and remembered
    few, asked = told([site.top], act)
    assert len(few) == 5 + 4 * 3
    site.grow(range(3, 12))
    many, asked_of_many = told([site.top], act)
    assert len(many) == 5 + 4 * 12
    assert asked_of_many == asked <= 27


@pytest.mark.parametrize("below", [True, False])
def test_many_that_were_ticked_ask_no_more_than_few(site: Site, below: bool) -> None:
    site.grow(range(12))
    pages = [each for top in (site.calls, agenda(), site.news, site.about) for each in top.get_children()]
    told(pages[::4], Act.DELETE, below=below)
    few, asked = told(pages[::4], Act.DELETE, below=below)
    many, asked_of_many = told(pages, Act.DELETE, below=below)
    assert (len(few), len(many)) == (12, 48)
    assert asked_of_many == asked < 25
    assert [each.name for each in many] == [page.title for page in pages], "in the order in which they were ticked"


def test_each_page_says_what_is_true_of_it(site: Site) -> None:
    site.grow(range(3))
    found, _asked = told([site.top], Act.DELETE)
    nobody, open_to_read = "Nobody can read about it any more.", "People can read it now."
    cancel = "People signed up for “Event %d”. Cancel the event first: that tells them why."
    withdraw = "People wait for the dates of “Call %d”. Withdraw the call first: that tells them why."
    mailed = "told of it by mail; the link there leads nowhere then."
    begins = f"“{home().title}” is where the portal begins in its language; everything else stands below it."
    assert found == [
        Consequence(home().title, refusal=begins),
        Consequence("Calls", ["1 person follows it.", open_to_read]),
        Consequence("Call 0", [nobody]),
        Consequence("Call 1", ["1 person follows it.", "1 person takes part in it.", nobody], withdraw % 1),
        Consequence("Call 2", ["2 people follow it.", "2 people take part in it.", nobody], withdraw % 2),
        Consequence("News", [open_to_read]),
        Consequence("Piece 0", [open_to_read]),
        Consequence("Piece 1", [f"1 person was {mailed}"]),
        Consequence("Piece 2", [f"2 people were {mailed}"]),
        Consequence("About", [open_to_read]),
        *(Consequence(f"Page {number}", [open_to_read]) for number in range(3)),
        Consequence("Events", [open_to_read]),
        Consequence("Event 0", [nobody]),
        Consequence("Event 1", ["1 person signed up for it.", nobody], cancel % 1),
        Consequence("Event 2", ["2 people signed up for it.", nobody], cancel % 2),
    ]


def test_a_page_that_stays_in_another_language_is_told_of_its_own_event_alone(site: Site) -> None:
    site.grow(range(3))
    event = EventFactory.create(title="Both")
    RegistrationFactory.create(event=event)
    event_page(event, title="Both")
    other = event_page(event, language="nl", title="Allebei")
    found, _asked = told([agenda()], Act.UNPUBLISH)
    assert found[-1] == Consequence("Both", ["1 person signed up for it.", "It can still be read in: Dutch."])
    assert [bool(each.refusal) for each in found] == [False, False, True, True, False]
    together, _asked = told([agenda(), other], Act.UNPUBLISH)
    assert [each.name for each in together if each.refusal] == ["Event 1", "Event 2", "Both", "Allebei"]
