"""The content version: a number that changes with each transaction that changes what visitors see.

Triggers note each such transaction, whatever program it comes from (nccsi.content_watch), so the version becomes
visible together with the content. Every process asks for it at most once a second, and keeps beside it what it
has worked out from the content: `remembered`.
"""

import math
import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import DatabaseError, connection

Built = TypeVar("Built")

SECONDS = 1.0
_MOST_REMEMBERED = 5_000
# The newest few suffice: a transaction that commits after one with a higher number still changes their sum.
_VERSION = "SELECT coalesce(sum(id), 0) FROM (SELECT id FROM hub_contentchange ORDER BY id DESC LIMIT 100) newest"


class _Memory:
    """What one process remembers, and of which version."""

    def __init__(self) -> None:
        self.version = -1
        self.since = 0.0
        self.asked_at = float("-inf")
        self.kept: dict[Hashable, Any] = {}
        self.asking = threading.Lock()


_memory = _Memory()


def current() -> int:
    """The version, at most a second old; while the database does not answer, the last known one."""
    now = time.monotonic()
    if now - _memory.asked_at < SECONDS or not _memory.asking.acquire(blocking=_memory.version < 0):
        return _memory.version
    try:
        version = _read()
        if version != _memory.version:
            _memory.version, _memory.since, _memory.kept = version, time.time(), {}
    except DatabaseError:
        pass
    finally:
        _memory.asked_at = time.monotonic()
        _memory.asking.release()
    return _memory.version


def since() -> float:
    """When this process first saw the current version, in seconds of the epoch: content is no newer than that."""
    return _memory.since


def _read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        return int(cursor.fetchone()[0])


def ask_again() -> None:
    """The next look asks the database: something was just changed here."""
    _memory.asked_at = float("-inf")


def forget() -> None:
    """Start anew, as a process does."""
    _memory.version, _memory.kept, _memory.asked_at = -1, {}, float("-inf")


def applies() -> bool:
    """Inside a transaction nothing remembered is used: only the transaction knows what it has changed."""
    return not connection.in_atomic_block


def remembered(key: Hashable, build: Callable[[], Built], *, seconds: float = math.inf) -> Built:
    """What `build` made of the content of this version; nobody may change what comes back.

    It must depend on content and key alone. Where it also depends on the clock or on what visitors send in, `seconds`
    says how old it may become. None is not kept, so that unknown addresses take no room.
    """
    if not applies():
        return build()
    current()
    kept = _memory.kept  # another thread may start a new version while this one builds
    found: tuple[float, Built] | None = kept.get(key)
    now = time.monotonic()
    if found and now < found[0]:
        return found[1]
    built = build()
    if built is not None:
        if not found and len(kept) >= _MOST_REMEMBERED:
            kept.pop(next(iter(kept)), None)  # the oldest; what many ask for is soon here again
        kept[key] = now + seconds, built
    return built
