"""The processes that send: as many as the portal's worker has, each with a connection of its own."""

import contextlib
import multiprocessing
import os
import resource
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

SECONDS = 60.0


class Senders:
    """Processes that wait to be told how many mails to send."""

    def __init__(self, pipes: list[Connection]) -> None:
        self._pipes = pipes

    def send(self, mails: int) -> tuple[float, float]:
        """All of them send a share of so many mails: mails per second together, and the megabytes of the largest."""
        started = time.monotonic()
        for pipe in self._pipes:
            pipe.send(mails // len(self._pipes))
        answers = [pipe.recv() for pipe in self._pipes]
        rate = sum(sent for sent, _memory in answers) / (time.monotonic() - started)
        return rate, max(memory for _sent, memory in answers)


@contextlib.contextmanager
def senders(number: int, port: int) -> Iterator[Senders]:
    """So many processes, ready to send to the mail server on this port."""
    context = multiprocessing.get_context("spawn")
    pairs = [context.Pipe() for _each in range(number)]
    processes = [context.Process(target=_sender, args=(far, port), daemon=True) for _near, far in pairs]
    for process in processes:
        process.start()
    try:
        for near, _far in pairs:
            near.recv()
        yield Senders([near for near, _far in pairs])
    finally:
        for near, _far in pairs:
            near.send(0)
        for process in processes:
            process.join()


def _sender(orders: Connection, port: int) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from notifications.delivery import sending
    from notifications.delivery.composing import Composer
    from notifications.delivery.rendering import Renderer

    use_server(port)
    composer = Composer(Renderer(now=timezone.now()))
    orders.send("ready")
    while wanted := orders.recv():
        sent, started = 0, time.monotonic()
        while sent < wanted and time.monotonic() - started < SECONDS:
            sent += sending.send_batch(sending.claim(), composer)
        orders.send((sent, megabytes()))


def use_server(port: int) -> None:
    """Has Django send to a plain mail server on this machine."""
    from django.conf import settings

    settings.DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


def megabytes() -> float:
    """Memory of this process now, where the system tells, else the most it ever had."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
