"""What is said before a tree or many facts go: of each what is true of it, in as many queries for many as for few."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from calls.chain.models import Call
from events.agenda.models import Event
from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.pages.models import NewsPage
from hub.vocabularies.models import Term
from notifications.outbox.models import Message
from practices.choosing.models import ShortlistEntry
from practices.practice.models.practice import Practice
from practices.submissions.models import Submission
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory, RegistrationFactory, agenda, event_page
from tests.factories.hub import CallFactory, DeadlineFactory, add, add_call_page, add_calls, add_news, add_page, home
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.factories.practices import PracticeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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


def told(things: Iterable[models.Model], act: Act, *, below: bool = True) -> tuple[list[Consequence], int]:
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


def practice(number: int) -> Practice:
    made = PracticeFactory.create(theme=["19"], texts={"en": {}, "nl": {}})
    for _reader in range(number):
        ShortlistEntry.objects.create(user=UserFactory.create(), practice=made)
    made.save_revision()
    return made


def call(number: int) -> Call:
    return CallFactory.create(title=f"Call {number}", tracks=["training"], due=[timezone.now()] * number)


def past_event(number: int) -> Event:
    past = timezone.now() - timedelta(days=2)
    event = EventFactory.create(starts_at=past, ends_at=past + timedelta(hours=1))
    RegistrationFactory.create_batch(number, event=event)
    return event


def theme(number: int) -> Term:
    made = Term.objects.create(vocabulary="track", code=f"own-{number}", label=f"Own {number}")
    for each in EventFactory.create_batch(number):
        each.tracks.set([made])
        each.save()
    return made


@pytest.mark.parametrize("make", [practice, call, past_event, theme])
def test_many_facts_ask_no_more_than_few_and_what_is_said_is_what_the_database_deletes(
    make: Callable[[int], models.Model],
) -> None:
    facts: Sequence[models.Model] = [make(number) for number in range(12)]
    told(facts[:3], Act.DELETE)
    _few, asked = told(facts[9:], Act.DELETE)
    many, asked_of_many = told(facts, Act.DELETE)
    assert asked_of_many == asked < 60
    said = {each.name: " ".join(each.lost) for each in many}
    for fact in facts:
        name, (_all, deleted) = str(fact), type(fact).objects.filter(pk=fact.pk).delete()  # type: ignore[attr-defined]
        words = said.get(name, "")
        for label, number in deleted.items():
            kind = apps.get_model(label)
            if kind is not type(fact) and not kind._meta.auto_created and not label.startswith("wagtail"):
                unit = kind._meta.verbose_name if number == 1 else kind._meta.verbose_name_plural
                assert f"{number} {unit}" in words
                words = words.replace(f"{number} {unit}", "")
        assert not re.search(r"Deleted with it.*\d", words.partition("These lose it")[0])


def test_a_fact_that_others_need_stays_and_those_beside_it_are_told_of_their_own() -> None:
    needed, free = (Term.objects.create(vocabulary="sector", code=code, label=code) for code in ("needed", "free"))
    InterestFactory.create_batch(2, call=CallFactory.create(), sector=needed)
    found, _asked = told([free, needed], Act.DELETE)
    assert found == [Consequence("needed", refusal="“needed” cannot be deleted: this still needs it: 2 interests.")]


def test_who_points_at_a_fact_and_at_its_versions_is_counted_once() -> None:
    made, other = practice(0), practice(0)
    by = UserFactory.create()
    facts = {"user": by, "language": "en", "revision": made.latest_revision}
    Submission.objects.create(**facts, practice=made)
    Submission.objects.create(**facts)
    found, _asked = told([other, made], Act.DELETE)
    assert ["These lose it: 2 submissions." in each.lost for each in found] == [False, True]
