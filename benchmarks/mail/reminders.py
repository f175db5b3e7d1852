"""Reminders: 100 000 that are due at once, queued in one statement, and sent through a mail server on this machine.

The mail server stands in a process of its own and keeps nothing. Beside the outbox a bare loop of smtplib sends
ready-made mails of the same size to the same server: it looks nothing up, renders nothing and remembers nothing. The
outbox is measured with one process, and with two as the portal's worker has; the bare loop stays one.
Sending all of them would take too long here, so a part is sent, in turns with the bare loop; the rest stays unsent and
is deleted. What else waits in the outbox of this database goes to that server as well.
"""

import contextlib
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.mail.senders import senders

FOLLOWERS = 100_000
ROUND = 2_500
ROUNDS = 2
# One process alone, and as many as the portal's worker has.
PROCESSES = (1, 2)


@dataclass(frozen=True)
class Round:
    """Mails per second of both, and the largest sender's memory after it."""

    processes: int
    bare: float
    outbox: float
    megabytes: float


def main() -> None:
    """Measure on a call of its own, which is deleted afterwards, and print."""
    with followed_call() as call, server() as port:
        started = time.monotonic()
        queued = queue()
        seconds = time.monotonic() - started
        content = example(call)
        rounds = [each for number in PROCESSES for each in measure(number, port, content)]
    show(queued, seconds, rounds)


@contextlib.contextmanager
def followed_call() -> Iterator[int]:
    """A public call with a deadline in twenty days and its followers, in the four languages by turns."""
    from django.db import connection
    from django.utils import timezone
    from wagtail.models import Page

    from calls.chain.models import Call, Deadline
    from calls.overview.models import CallIndexPage
    from calls.pages.models import CallPage
    from notifications.outbox.models import Message
    from notifications.subscriptions.models import Subscription

    overview = CallIndexPage.objects.live().select_related("locale").first()
    if overview is None:
        sys.exit("The benchmark needs the demo's pages.")
    call = Call.objects.create(title="Benchmark")
    Deadline.objects.create(call=call, label="Hand it in", due_at=timezone.now() + timedelta(days=20))
    page = CallPage(title="Benchmark", slug=f"benchmark-{call.pk}", call=call, locale=overview.locale)
    overview.add_child(instance=page)
    try:
        with connection.cursor() as cursor:
            cursor.execute(_FOLLOWERS, {"topic": f"call:{call.pk}", "count": FOLLOWERS})
            cursor.execute("ANALYZE notifications_subscription")
        yield call.pk
    finally:
        followers = Subscription.objects.filter(topic=f"call:{call.pk}")
        Message.objects.filter(subscription__in=followers)._raw_delete("default")
        followers._raw_delete("default")
        Page.objects.get(pk=page.pk).delete()
        call.delete()


_FOLLOWERS = """
INSERT INTO notifications_subscription
    (uuid, email, topic, language, offsets, status, consent_wording, confirmed_at)
SELECT gen_random_uuid(), 'follower' || number || '@example.org', %(topic)s,
       (ARRAY['nl', 'fr', 'de', 'en'])[1 + number %% 4], '[720]', 'active', 'benchmark', '2020-01-01'
FROM generate_series(1, %(count)s) AS number
"""


@contextlib.contextmanager
def server() -> Iterator[int]:
    """The port of the mail server, which has a process of its own."""
    command = [sys.executable, "-m", "benchmarks.mail.smtp_sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline()) if process.stdout else 0
        finally:
            process.kill()


def queue() -> int:
    """What beat does each minute."""
    from django.utils import timezone

    from calls.reminders import reminders

    return reminders.queue_due(now=timezone.now())


def example(call: int) -> bytes:
    """One of the mails, as it goes to the server."""
    from django.utils import timezone

    from notifications.delivery.composing import Composer
    from notifications.delivery.rendering import Renderer
    from notifications.outbox.models import Message

    message = Message.objects.filter(subscription__topic=f"call:{call}").select_related("subscription")[0]
    mail = Composer(Renderer(now=timezone.now())).compose(message, before_asking=lambda: None)
    content: bytes = mail.message().as_bytes(linesep="\r\n")
    return content


def measure(processes: int, port: int, content: bytes) -> Iterator[Round]:
    """Turns of both; the first one only warms up."""
    with senders(processes, port) as started:
        for _number in range(ROUNDS + 1):
            bare = in_bare_loop(port, content)
            yield Round(processes, bare, *started.send(ROUND))


def in_bare_loop(port: int, content: bytes) -> float:
    """Mails per second of the least that a sender can do."""
    started = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port) as session:
        for number in range(ROUND):
            session.sendmail("portal@example.org", [f"follower{number}@example.org"], content)
    return ROUND / (time.monotonic() - started)


def show(queued: int, seconds: float, rounds: list[Round]) -> None:
    """The table."""
    print(
        f"\nReminders: {queued:,} due at once, queued in one statement in {seconds:.1f} s ({queued / seconds:,.0f}/s)"
    )
    print(f"Sent: {ROUND:,} of them per round beside a bare loop of {ROUND:,}; the first round of each warms up")
    print(f"{'processes':<10}{'bare loop/s':>14}{'outbox/s':>12}{'ratio':>9}{'MB':>8}")
    for each in rounds:
        ratio = each.outbox / each.bare
        print(f"{each.processes:<10}{each.bare:>14.0f}{each.outbox:>12.0f}{ratio:>9.0%}{each.megabytes:>8.0f}")
