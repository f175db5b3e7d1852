"""Sign-ups for one event: 2 000 forms for 100 seats from 50 clients at once, and a list that moves up.

Four rows, from the whole to its core:

- forms: over HTTP to the server that a deployment runs, granian with two workers, up to the answer that leads to the
  next page. Each form is one of a stranger on a line of their own: token, traps, limits, checks, and the transaction.
  The clients are threads of Python, which on two cores cost the server a part of its time.
- register: the transaction alone, as the view calls it, by as many processes and threads as that server has.
- bare SQL, statement by statement: the statements of such a transaction and nothing else, one after the other over as
  many connections, each answer read before the next is sent. It stands for a program that decides between them
  and costs nothing itself; the portal writes the mail and its turn in one statement, these rows in two.
- bare SQL, in one go: the same statements in a single request, with the decisions in SQL. It is the least that the
  database needs, and no way to write a portal (`benchmarks/events/taking_seats.py`).

All wait for the lock of one event, so that what a row does while it holds it decides how many come through: the ratios,
one to each of the last two rows, compare that more than what two cores can do. Everything is deleted afterwards.
"""

import contextlib
import http.client
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.events.taking_seats import PROCESSES, THREADS, Rush, Written, bare, line, registering, rush, written
from benchmarks.pages import server

if TYPE_CHECKING:
    from events.agenda.models import Event

FORMS, SEATS, CLIENTS = 2_000, 100, 50
# So many before, that each worker loads its code and templates.
WARM = 40
WAITING, MORE = 800, 500
STEPWISE, IN_ONE_GO = "bare SQL, statement by statement", "bare SQL, in one go"
_TOKEN = "c" * 32


def main() -> None:
    """Measure on events of its own, which are deleted afterwards, and print."""
    with event(SEATS) as own, server(TRUSTED_PROXY_COUNT="1") as port:
        forms, like = _by_forms(own, port)
        ends = {"forms": _ends(own)}
    with event(SEATS) as own, registering() as run:
        run(own, range(FORMS, FORMS + WARM))
        own.registrations.all().delete()
        alone = run(own, range(FORMS))
        ends["register"] = _ends(own)
    rows = {"forms": forms, "register": alone}
    for name in (STEPWISE, IN_ONE_GO):
        with event(SEATS) as own, bare(own, like, in_one_go=name == IN_ONE_GO) as work:
            rush(work, range(FORMS, FORMS + WARM), PROCESSES * THREADS)
            own.registrations.all().delete()
            rows[name] = rush(work, range(FORMS), PROCESSES * THREADS)
            ends[name] = _ends(own)
    _show(rows, ends)
    seconds, told = raise_capacity()
    print(f"Seats raised by {MORE} with {WAITING} waiting: {told} told once, in {seconds:.2f} s")


def _by_forms(own: "Event", port: int) -> tuple[Rush, Written]:
    """How it went, and what one of them left behind."""
    send = partial(_form, port, own)
    rush(send, range(FORMS, FORMS + WARM), CLIENTS)
    own.registrations.all().delete()
    return rush(send, range(FORMS), CLIENTS), written(own)


def _ends(own: "Event") -> str:
    numbers = [own.registrations.filter(status=status).count() for status in ("confirmed", "waiting")]
    return "{} / {}".format(*numbers)


def _show(rows: dict[str, Rush], ends: dict[str, str]) -> None:
    load = os.getloadavg()[0]
    print(
        f"\nSign-ups: {FORMS} for {SEATS} seats; forms from {CLIENTS} clients at once to granian, 2 workers; "
        f"{os.cpu_count()} cores, load {load:.1f} in the last minute"
    )
    print(
        f"{'':<34}{'answers':<36}{'seats / waiting':>16}{'last after':>12}{'per second':>12}"
        f"{'to statements':>15}{'to one go':>11}"
    )
    for name, each in rows.items():
        said = ", ".join(f"{number} {what}" for what, number in sorted(each.answers.items()))
        ratios = [each.rate / rows[other].rate for other in (STEPWISE, IN_ONE_GO)]
        print(
            f"{name:<34}{said:<36}{ends[name]:>16}{each.seconds:>10.1f} s{each.rate:>12.1f}"
            f"{ratios[0]:>15.2f}{ratios[1]:>11.2f}"
        )


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
        "X-Forwarded-For": line(number),
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


@contextlib.contextmanager
def event(seats: int) -> "Iterator[Event]":
    """A public event in a month, with nobody yet."""
    from django.utils import timezone

    from events.agenda.models import Event
    from events.agenda.pages import EventPage
    from events.overview.models import EventIndexPage
    from notifications.outbox.models import Message, UninvitedMail

    turns = UninvitedMail.objects.order_by("pk").last()
    starts = timezone.now() + timedelta(days=30)
    own = Event.objects.create(
        title="A rush", capacity=seats, starts_at=starts, ends_at=starts + timedelta(hours=2), venue="Town hall"
    )
    agenda = EventIndexPage.objects.filter(locale__language_code="en").get()
    page = agenda.add_child(instance=EventPage(event=own, title="A rush", slug=f"rush-{own.pk}", locale=agenda.locale))
    try:
        yield own
    finally:
        Message.objects.filter(about=f"event:{own.pk}").delete()
        UninvitedMail.objects.filter(pk__gt=turns.pk if turns else 0).delete()
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
