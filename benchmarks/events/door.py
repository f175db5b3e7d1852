"""The door of an event of 5 000 people, half of them in: each page and file of it, with its queries and its time.

Each is asked for within this process as staff ask, so what is measured is the portal's own work with the database,
without a server and a network before it. The event is deleted afterwards.
"""

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from events.agenda.models import Event

PEOPLE, TIMES = 5_000, 15


def main() -> None:
    """Measure on an event of its own, and print."""
    from django.test import Client

    from accounts.users.models import User

    with event() as own:
        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.filter(is_superuser=True).earliest("pk"), backend=_backend())
        measured = {name: _measure(ask) for name, ask in _asked(client, own).items()}
    print(f"\nThe door of an event of {PEOPLE} people, half of them in; median of {TIMES}")
    print(f"{'':<36}{'queries':>9}{'ms':>9}{'kB':>9}")
    for name, (queries, seconds, size) in measured.items():
        print(f"{name:<36}{queries:>9}{seconds * 1000:>9.0f}{size / 1000:>9.0f}")


def _backend() -> str:
    from django.conf import settings

    return str(settings.AUTHENTICATION_BACKENDS[-1])


def _asked(client: Any, own: "Event") -> dict[str, Callable[[], Any]]:
    from django.urls import reverse
    from django.utils import timezone

    named = [own.uid]
    page, table = reverse("door:page", args=named), reverse("wagtailsnippets_events_event:attendance", args=[own.pk])
    waiting = iter(own.registrations.filter(came_at=None).order_by("pk"))

    def note() -> Any:
        form = {"scan": uuid4(), "person": next(waiting).uuid, "kind": "in", "day": timezone.localdate().isoformat()}
        return client.post(reverse("door:note", args=named), form)

    return {
        "list": lambda: client.get(page),
        "list, page 90": lambda: client.get(page, {"page": 90}),
        "list, still expected": lambda: client.get(page, {"show": "expected"}),
        "search by name": lambda: client.get(page, {"q": "guest 49"}),
        "search by organisation": lambda: client.get(page, {"q": "éclaireurs 7"}),
        "a code is read": lambda: client.get(reverse("door:seat", args=[own.uid, next(waiting).uuid])),
        "somebody is checked in": note,
        "1 000 names for a phone": lambda: client.get(reverse("door:names", args=named)),
        "badges, 200": lambda: client.get(reverse("door:badges", args=named)),
        "attendance list, 400": lambda: client.get(reverse("door:attendance", args=named)),
        "CSV of all": lambda: client.get(table, {"export": "csv"}),
        "XLSX of all": lambda: client.get(table, {"export": "xlsx"}),
    }


def _measure(ask: Callable[[], Any]) -> tuple[int, float, int]:
    """Queries, seconds and bytes of one answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _whole(ask())
    with CaptureQueriesContext(connection) as queries:
        size = _whole(ask())
    number, times = len(queries), []
    for _time in range(TIMES):
        started = time.perf_counter()
        _whole(ask())
        times.append(time.perf_counter() - started)
    return number, statistics.median(times), size


def _whole(answer: Any) -> int:
    if answer.status_code >= 400:
        raise RuntimeError(f"{answer.status_code} for {answer.wsgi_request.path}")
    return len(b"".join(answer.streaming_content) if answer.streaming else answer.content)


@contextlib.contextmanager
def event() -> "Iterator[Event]":
    """An event of today with so many people, half of whom were noted at one of two doors."""
    from django.db import connection
    from django.utils import timezone

    from events.agenda.models import Event
    from events.door.models import Scan
    from events.seats.models import Registration
    from hub.dates import brussels

    now = timezone.now()
    today = brussels.first_minute(now)
    own = Event.objects.create(title="Benchmark", starts_at=today, ends_at=today + timedelta(hours=23), capacity=100)
    try:
        said = {"event": own, "language": "en", "consent_wording": "Agreed.", "seat": "room"}
        people = Registration.objects.bulk_create(
            Registration(
                name=f"Guest {number}",
                email=f"door{number}@example.org",
                organisation_name=f"Les Éclaireurs {number % 300}",
                came_at=now if number % 2 else None,
                **said,
            )
            for number in range(PEOPLE)
        )
        noted = {"day": today.date(), "kind": "in", "scanned_at": now, "happened_at": now}
        Scan.objects.bulk_create(
            Scan(uuid=uuid4(), registration=person, device=f"Door {number % 3}", **noted)
            for number, person in enumerate(people)
            if number % 2
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE events_registration, events_scan")  # as autovacuum does within the minute
        yield own
    finally:
        own.delete()
