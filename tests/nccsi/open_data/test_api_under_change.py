"""Who follows `next` gets what was public all the time exactly once, whatever changes between two pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from calls.chain.models import Call
from calls.pages.models import CallPage
from events.agenda.models import Event
from events.agenda.pages import EventPage
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice
from tests.factories.events import EventFactory, event_page
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, PracticeTextFactory

ROOT = "/api/v1/"
START = datetime(2030, 6, 1, 8, tzinfo=UTC)
MOMENTS = st.integers(-3000, 3000).map(lambda days: START + timedelta(days=days))


@dataclass(frozen=True)
class Rows:
    """How a list is filled and changed: each verb takes a key, except the one that adds."""

    add: Callable[[], Any]
    hide: Callable[[int], Any]
    show: Callable[[int], Any]
    move: Callable[[int, datetime], Any]
    public: Callable[[], set[str]]
    keys: Callable[[], list[int]]


def _move_practice(key: int, moment: datetime) -> None:
    Practice.objects.filter(pk=key).update(first_published_at=moment, slug=f"practice-{moment:%Y%m%d}-{key}")
    Practice.objects.get(pk=key).texts.update(title=f"{moment:%d} homes")


def _add_practice() -> None:
    practice = PracticeFactory.create(texts={})
    PracticeTextFactory.create(practice=practice, language="nl")


def _add_call() -> None:
    index = add_calls(slug="calls") if not CallPage.objects.exists() else CallPage.objects.first().get_parent()
    call = CallFactory.create()
    DeadlineFactory.create(call=call)
    add_call_page(index, call)


def _move_event(key: int, moment: datetime) -> None:
    Event.objects.filter(pk=key).update(starts_at=moment, ends_at=moment + timedelta(hours=2))


def _move_call(key: int, moment: datetime) -> None:
    Call.objects.get(pk=key).deadlines.update(due_at=moment)


def _rename_organisation(key: int, moment: datetime) -> None:
    Organisation.objects.filter(pk=key).update(name=f"{moment:%d%m} house", slug=f"house-{moment:%d%m%Y}-{key}")


LISTS = {
    "practices": Rows(
        _add_practice,
        lambda key: Practice.objects.filter(pk=key).update(live=False),
        lambda key: Practice.objects.filter(pk=key).update(live=True),
        _move_practice,
        lambda: {str(key) for key in Practice.objects.public().values_list("pk", flat=True)},
        lambda: list(Practice.objects.order_by("pk").values_list("pk", flat=True)),
    ),
    "organisations": Rows(
        lambda: OrganisationFactory.create(),
        lambda key: Organisation.objects.filter(pk=key).update(status="hidden"),
        lambda key: Organisation.objects.filter(pk=key).update(status="listed"),
        _rename_organisation,
        lambda: {str(key) for key in Organisation.objects.public().values_list("pk", flat=True)},
        lambda: list(Organisation.objects.order_by("pk").values_list("pk", flat=True)),
    ),
    "calls": Rows(
        _add_call,
        lambda key: CallPage.objects.filter(call=key).update(live=False),
        lambda key: CallPage.objects.filter(call=key).update(live=True),
        _move_call,
        lambda: {str(key) for key in Call.objects.public().values_list("pk", flat=True)},
        lambda: list(Call.objects.order_by("pk").values_list("pk", flat=True)),
    ),
    "events": Rows(
        lambda: event_page(EventFactory.create()),
        lambda key: EventPage.objects.filter(event=key).update(live=False),
        lambda key: EventPage.objects.filter(event=key).update(live=True),
        _move_event,
        lambda: {str(key) for key in Event.objects.public().values_list("pk", flat=True)},
        lambda: list(Event.objects.order_by("pk").values_list("pk", flat=True)),
    ),
}
CHANGES = st.lists(
    st.lists(st.tuples(st.sampled_from(["add", "hide", "show", "move"]), st.integers(0, 30), MOMENTS), max_size=4),
    min_size=12,
    max_size=12,
)


class WalkUnderChange(TestCase):
    """Each list, walked three rows at a time, with up to four changes between two pages."""

    def walk(self, kind: str, changes: list[list[tuple[str, int, datetime]]]) -> None:
        rows = LISTS[kind]
        for _number in range(9):
            rows.add()
        always, seen = rows.public(), []
        url: str | None = f"{ROOT}{kind}/?page_size=3"
        while url:
            cache.clear()
            answer = self.client.get(url).json()
            seen += [self.key(kind, row) for row in answer["results"]]
            url = answer["next"] and "?".join(urlsplit(answer["next"])[2:4])
            for verb, number, moment in changes.pop(0) if changes else ():
                self.change(rows, verb, number, moment)
                always &= rows.public()
        assert len(seen) == len(set(seen)), f"{kind}: a row came twice"
        assert always <= set(seen), f"{kind}: a row that was there all the time did not come"

    def change(self, rows: Rows, verb: str, number: int, moment: datetime) -> None:
        keys = rows.keys()
        key = keys[number % len(keys)]
        if verb == "add":
            rows.add()
        elif verb == "move":
            rows.move(key, moment)
        else:
            (rows.hide if verb == "hide" else rows.show)(key)

    def key(self, kind: str, row: dict[str, Any]) -> str:
        """The primary key of a row that has just been read."""
        if kind == "practices":
            return str(Practice.objects.get(slug=row["slug"]).pk)
        if kind == "organisations":
            return str(Organisation.objects.get(slug=row["slug"]).pk)
        return str(Event.objects.get(uid=row["id"]).pk) if kind == "events" else str(row["id"])

    @settings(max_examples=10, deadline=None)
    @given(changes=CHANGES)
    def test_practices(self, changes: list[list[tuple[str, int, datetime]]]) -> None:
        self.walk("practices", changes)

    @settings(max_examples=10, deadline=None)
    @given(changes=CHANGES)
    def test_organisations(self, changes: list[list[tuple[str, int, datetime]]]) -> None:
        self.walk("organisations", changes)

    @settings(max_examples=10, deadline=None)
    @given(changes=CHANGES)
    def test_calls(self, changes: list[list[tuple[str, int, datetime]]]) -> None:
        self.walk("calls", changes)

    @settings(max_examples=10, deadline=None)
    @given(changes=CHANGES)
    def test_events(self, changes: list[list[tuple[str, int, datetime]]]) -> None:
        self.walk("events", changes)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", LISTS)
def test_what_came_already_is_hidden_and_nothing_is_passed_over(kind: str) -> None:
    """The plainest case: a row of the first page goes before the second one is asked for."""
    walk = WalkUnderChange()
    walk.client = TestCase.client_class()
    walk.walk(kind, [[("hide", 0, START)], [("hide", 1, START)]])
