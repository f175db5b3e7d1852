"""Sign-ups for one event: 2 000 forms for 100 seats from 50 clients at once, and a list that moves up.

The forms go over HTTP to the server that a deployment runs: granian, two workers. The clients are threads of Python,
which on two cores cost the server a part of its time. Beside them the same transaction in bare SQL, by as many
connections: lock the event, count, insert the registration and its mail. Everything is deleted afterwards.
"""

import contextlib
import http.client
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psycopg

from benchmarks.pages import database_url, server

if TYPE_CHECKING:
    from events.agenda.models import Event

FORMS, SEATS, CLIENTS = 2_000, 100, 50
WAITING, MORE = 800, 500
_TOKEN = "c" * 32
_BARE = """
SELECT id FROM events_event WHERE id = %(event)s FOR NO KEY UPDATE;
SELECT count(*) FROM events_registration WHERE event_id = %(event)s AND status = 'confirmed'
    AND (reserved_until IS NULL OR reserved_until > statement_timestamp());
INSERT INTO events_registration
    (uuid, event_id, name, email, organisation_name, language, access_needs, status, consent_wording, sent_as, line,
     created_at, waiting_since, wish, seat, is_together, offered, passes)
SELECT gen_random_uuid(), id, 'Guest', %(email)s, '', 'en', '',
    CASE WHEN seats < capacity THEN 'confirmed' ELSE 'waiting' END, 'Agreed.', '', '', now(), now(),
    'room', CASE WHEN seats < capacity THEN 'room' ELSE '' END, false, '', 0
FROM events_event CROSS JOIN (
    SELECT count(*) AS seats FROM events_registration WHERE event_id = %(event)s AND status = 'confirmed'
) AS taken WHERE id = %(event)s;
INSERT INTO notifications_message
    (uuid, kind, to_email, language, subject, context, attachments, about, dedupe_key, status, created_at, due_at,
     attempts, error)
SELECT gen_random_uuid(), 'events/registered', %(email)s, 'en', '', context, '[]', 'benchmark', %(email)s, 'queued',
    now(), now(), 0, ''
FROM (SELECT jsonb_build_object('name', 'Guest', 'event_title', repeat('x', 800)) AS context) AS words;
"""


@dataclass(frozen=True)
class Rush:
    """How one rush went: answers by kind, seconds until the last of them."""

    answers: Counter[str]
    seconds: float

    @property
    def rate(self) -> float:
        """Sign-ups per second."""
        return self.answers.total() / self.seconds


def main() -> None:
    """Measure on an event of its own, which is deleted afterwards, and print."""
    with event(SEATS) as own, server(TRUSTED_PROXY_COUNT="1") as port:
        rush(lambda number: _form(port, own, FORMS + number), 20)  # each worker loads its code and templates
        own.registrations.all().delete()
        forms = rush(lambda number: _form(port, own, number), FORMS)
        taken, waiting = (own.registrations.filter(status=status).count() for status in ("confirmed", "waiting"))
    with event(SEATS) as own:
        bare = rush(_bare(own), FORMS)
    seconds, told = raise_capacity()
    print(f"\nSign-ups: {FORMS} forms for {SEATS} seats from {CLIENTS} clients at once; granian, 2 workers")
    print(f"{'':<12}{'answers':<40}{'last after':>11}{'per second':>12}{'ratio':>8}")
    for name, each in (("forms", forms), ("bare SQL", bare)):
        said = ", ".join(f"{number} {what}" for what, number in sorted(each.answers.items()))
        print(f"{name:<12}{said:<40}{each.seconds:>9.1f} s{each.rate:>12.1f}{each.rate / bare.rate:>8.2f}")
    print(f"Afterwards: {taken} seats taken, {waiting} waiting")
    print(f"Seats raised by {MORE} with {WAITING} waiting: {told} told once, in {seconds:.2f} s")


def rush(work: Callable[[int], str], number: int) -> Rush:
    """So many pieces of work by all clients at once."""
    started = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = Counter(clients.map(work, range(number)))
    return Rush(answers, time.monotonic() - started)


def _form(port: int, own: "Event", number: int) -> str:
    """One form, from a line of its own; what it was answered."""
    from django.conf import settings
    from django.core import signing

    from accounts.public_forms.spam import SALT

    stamp = signing.dumps(int(time.time()) - 60, salt=SALT)
    fields = {"name": f"Guest {number}", "email": f"guest{number}@example.org", "waits": "1", "rendered": stamp}
    headers = {
        "Host": f"localhost:{port}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{settings.CSRF_COOKIE_NAME}={_TOKEN}",
        "X-Forwarded-For": f"10.{number // 250}.{number % 250}.7",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        body = urlencode(fields | {"csrfmiddlewaretoken": _TOKEN})
        connection.request("POST", f"/en/events/{own.uid}/sign-up/", body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
    place = (answer.getheader("Location") or "").rstrip("/").rpartition("/")[2]
    return place or str(answer.status)


def _bare(own: "Event") -> Callable[[int], str]:
    url, event_id = database_url(), own.pk

    def work(number: int) -> str:
        with psycopg.connect(url, cursor_factory=psycopg.ClientCursor) as connection:
            connection.execute(_BARE.encode(), {"event": event_id, "email": f"bare{number}@example.org"})
        return "inserted"

    return work


@contextlib.contextmanager
def event(seats: int) -> "Iterator[Event]":
    """A public event in a month, with nobody yet."""
    from django.utils import timezone

    from events.agenda.models import Event
    from events.agenda.pages import EventPage
    from events.overview.models import EventIndexPage
    from notifications.outbox.models import Message

    starts = timezone.now() + timedelta(days=30)
    own = Event.objects.create(
        title="A rush", capacity=seats, starts_at=starts, ends_at=starts + timedelta(hours=2), venue="Town hall"
    )
    agenda = EventIndexPage.objects.filter(locale__language_code="en").get()
    page = agenda.add_child(instance=EventPage(event=own, title="A rush", slug=f"rush-{own.pk}", locale=agenda.locale))
    try:
        yield own
    finally:
        Message.objects.filter(about__in=[f"event:{own.pk}", "benchmark"]).delete()
        page.delete()
        own.delete()


def raise_capacity() -> tuple[float, int]:
    """Seconds until all who move up have a seat and a mail, and how many mails there are."""
    from django.utils import timezone

    from events.seats.models import Registration
    from notifications.outbox.models import Message

    with event(0) as own:
        now = timezone.now()
        Registration.objects.bulk_create(
            Registration(
                event=own,
                name=f"Guest {number}",
                email=f"waits{number}@example.org",
                language=("nl", "fr", "de", "en")[number % 4],
                consent_wording="Agreed.",
                status="waiting",
                waiting_since=now + timedelta(microseconds=number),
            )
            for number in range(WAITING)
        )
        own.capacity = MORE
        started = time.monotonic()
        own.save()
        seconds = time.monotonic() - started
        told = Message.objects.filter(about=f"event:{own.pk}").values("to_email").distinct().count()
    return seconds, told
