"""The transaction of one sign-up without a web server before it: as the portal does it, and in bare SQL.

Both write the same rows for the same strangers: the registration, the mail with its calendar file, the turn in the
mailbox. Both take the same two locks in the same order (the event, the mailbox), and look up the same: whether a seat
has to be given on to who waits, who signed up with this address, how many seats this line asked for, how many are
taken, at which place one waits, what the mailbox was sent within the hour. Both have as many connections as the server
works with at once, and they stay open.

The bare SQL is sent in two ways. In one go, between BEGIN and COMMIT: what the portal decides between two statements is
decided within them, so the event is locked for as long as the database works and no longer; no program that decides for
itself can do that. And statement by statement, each answer read before the next is sent, as such a program has to.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from benchmarks.pages import database_url

if TYPE_CHECKING:
    from events.agenda.models import Event

# What the server of the benchmark has.
PROCESSES, THREADS = 2, 4
_KEPT = "(reserved_until IS NULL OR reserved_until > statement_timestamp())"
_BARE = f"""
SELECT id FROM events_event WHERE id = %(event)s FOR NO KEY UPDATE;
SELECT EXISTS (SELECT FROM events_registration WHERE event_id = %(event)s AND offered_until <= statement_timestamp()),
    EXISTS (SELECT FROM events_registration WHERE event_id = %(event)s AND status <> 'cancelled' AND {_KEPT}
        AND wish IN ('room', 'either') AND seat <> 'room');
SELECT * FROM events_registration
WHERE event_id = %(event)s AND lower(email) = %(email)s ORDER BY created_at, id LIMIT 21;
SELECT count(*), count(*) FILTER (WHERE reserved_until <= statement_timestamp()) FROM events_registration
WHERE event_id = %(event)s AND line = %(line)s;
INSERT INTO events_registration
    (uuid, event_id, name, email, organisation_name, language, access_needs, status, consent_wording, sent_as, line,
     created_at, waiting_since, wish, seat, is_together, offered, passes)
SELECT %(uuid)s, id, %(name)s, %(email)s, '', 'en', '', CASE WHEN is_free THEN 'confirmed' ELSE 'waiting' END,
    %(consent)s, %(sent_as)s, %(line)s, statement_timestamp(),
    CASE WHEN is_free THEN NULL ELSE statement_timestamp() END,
    'room', CASE WHEN is_free THEN 'room' ELSE '' END, false, '', 0
FROM (
    SELECT id, capacity > (
        SELECT count(*) FROM events_registration WHERE event_id = %(event)s AND {_KEPT}
            AND (seat = 'room' OR (offered = 'room' AND offered_until > statement_timestamp()))
    ) AS is_free
    FROM events_event WHERE id = %(event)s
) AS standing;
SELECT count(*) FROM events_registration AS ahead JOIN events_registration AS own USING (event_id)
WHERE own.uuid = %(uuid)s AND ahead.waiting_since < own.waiting_since
    AND ahead.status <> 'cancelled' AND ahead.wish IN ('room', 'either') AND ahead.seat <> 'room'
    AND (ahead.reserved_until IS NULL OR ahead.reserved_until > statement_timestamp());
SELECT pg_advisory_xact_lock(hashtextextended(%(mailbox)s, 0));
SELECT due_at, source FROM notifications_uninvitedmail
WHERE mailbox = %(mailbox)s AND due_at > statement_timestamp() - interval '1 hour' ORDER BY due_at DESC;
INSERT INTO notifications_message
    (uuid, kind, to_email, language, subject, context, attachments, about, dedupe_key, status, created_at, due_at,
     expires_at, attempts, error)
SELECT gen_random_uuid(), CASE WHEN seat = '' THEN 'events/waiting' ELSE 'events/registered' END, email, 'en', '',
    CASE WHEN seat = '' THEN %(waiting_words)s ELSE %(seat_words)s END,
    CASE WHEN seat = '' THEN '[]' ELSE %(files)s END,
    %(about)s, 'registered:' || uuid || ':v0', 'queued', statement_timestamp(), statement_timestamp(),
    statement_timestamp() + interval '30 days', 0, ''
FROM events_registration WHERE uuid = %(uuid)s
ON CONFLICT DO NOTHING;
INSERT INTO notifications_uninvitedmail (mailbox, source, due_at) VALUES (%(mailbox)s, %(line)s, statement_timestamp());
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


@dataclass(frozen=True)
class Written:
    """What forms over HTTP left behind, for rows of the same size: of who has a seat, and of who waits."""

    consent: str
    seat_words: dict[str, Any]
    waiting_words: dict[str, Any]
    files: list[dict[str, str]]


def written(own: "Event") -> Written:
    """The first of each kind."""
    from notifications.outbox.models import Message

    mails = Message.objects.filter(about=f"event:{own.pk}").order_by("pk")
    seat, waiting = mails.filter(kind="events/registered")[0], mails.filter(kind="events/waiting")[0]
    return Written(own.registrations.all()[0].consent_wording, seat.context, waiting.context, seat.attachments)


def rush(work: Callable[[int], str], numbers: range, clients: int) -> Rush:
    """One piece of work for each number, by so many clients at once."""
    started = time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        answers = Counter(pool.map(work, numbers))
    return Rush(answers, time.monotonic() - started)


@contextmanager
def registering() -> Iterator[Callable[["Event", range], Rush]]:
    """A way to sign up so many people with `register`, in processes like those of the server."""
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), _set_up, (database_url(),)) as pool:

        def run(own: "Event", numbers: range) -> Rush:
            started = time.monotonic()
            shares = [numbers[each::PROCESSES] for each in range(PROCESSES)]
            answers = sum(pool.map(partial(_register_all, own.pk), shares), Counter[str]())
            return Rush(answers, time.monotonic() - started)

        yield run


def _set_up(url: str) -> None:
    os.environ |= {"DATABASE_URL": url, "TRUSTED_PROXY_COUNT": "1"}
    import django

    django.setup()


def _register_all(key: int, numbers: range) -> Counter[str]:
    from django.db import connection

    from events.agenda.models import Event

    own = Event.objects.get(pk=key)
    connection.close()  # back to the pool, as after each request
    return rush(partial(_register, own), numbers, THREADS).answers


def _register(own: "Event", number: int) -> str:
    """What the view does once the form is found good, on behalf of a stranger."""
    from allauth.core import context
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection
    from django.test import RequestFactory
    from django.utils.translation import override

    from accounts.public_forms.throttling import client_source
    from events.seats.registration import register
    from events.sign_up.forms import CONSENT_WORDING

    request = RequestFactory(headers={"x-forwarded-for": line(number)}).post("/")
    request.user = AnonymousUser()
    with context.request_context(request), override("en"):
        seat = register(
            own,
            name=f"Guest {number}",
            email=f"guest{number}@example.org",
            language="en",
            consent_wording=str(CONSENT_WORDING),
            waits=True,
            sent_as=_digest("page", number),
            source=client_source(request),
        )
    connection.close()
    return "waiting" if seat.is_waiting else "seat"


def line(number: int) -> str:
    """A line to the internet, and a network, that nobody else of a rush has."""
    return f"10.{number // 250}.{number % 250}.7"


@contextmanager
def bare(own: "Event", like: Written, *, in_one_go: bool) -> Iterator[Callable[[int], str]]:
    """A way to do the same in bare SQL: with one request to the database, or with one for each statement."""
    requests = [_BARE] if in_one_go else [each for each in _BARE.split(";\n") if each.strip()]
    facts: dict[str, Any] = {
        "event": own.pk,
        "about": f"event:{own.pk}",
        "consent": like.consent,
        "seat_words": Jsonb(like.seat_words),
        "waiting_words": Jsonb(like.waiting_words),
        "files": Jsonb(like.files),
    }
    connections = PROCESSES * THREADS
    named = {"cursor_factory": psycopg.ClientCursor}
    with ConnectionPool(database_url(), kwargs=named, min_size=connections, max_size=connections) as pool:
        pool.wait()

        def work(number: int) -> str:
            theirs = {"name": f"Guest {number}", "email": f"guest{number}@example.org", "uuid": uuid4()}
            digests = {name: _digest(name, number) for name in ("line", "sent_as", "mailbox")}
            with pool.connection() as connection:
                for each in requests:
                    answer = connection.execute(each.encode(), facts | theirs | digests)
                    if answer.description:
                        answer.fetchall()
            return "written"

        yield work


def _digest(what: str, number: int) -> str:
    return sha256(f"{what} {number}".encode()).hexdigest()
