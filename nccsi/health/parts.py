"""The parts of the portal, and whether each of them works."""

import logging
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone
from kombu.exceptions import OperationalError

from nccsi.health import heartbeat
from nccsi.health.models import TaskCount
from notifications.delivery import pauses
from notifications.delivery.models import Pause
from notifications.outbox.models import Message

logger = logging.getLogger(__name__)

SECONDS = 2
OUTBOX_LIMIT = timedelta(minutes=10)
BACKUP_LIMIT = timedelta(hours=26)
# Of the disk that takes uploads: less than both is too little.
FREE_SHARE, FREE_BYTES = 0.05, 2_000_000_000

Part = dict[str, Any]

# Without one of these the portal cannot do what it promises, and monitors hear 503. The others are only told: pages
# come without the cache, a worker shows by what beat hears, and what is missing of the rest is for tomorrow.
NEEDED = frozenset({"database", "migrations", "broker", "beat", "outbox", "mail", "media"})
_IN_DATABASE = frozenset({"database", "migrations", "beat", "worker", "outbox", "mail", "backup"})


def state() -> dict[str, Part]:
    """Each part by its name: `ok`, and what was found."""
    checks: dict[str, Callable[[], Part]] = {
        "database": _database,
        "migrations": _migrations,
        "broker": _broker,
        "cache": _cache,
        "beat": _beat,
        "worker": _worker,
        "outbox": _outbox,
        "mail": _mail,
        "media": _media,
        "disk": _disk,
        "backup": _backup,
    }
    found: dict[str, Part] = {}
    for name, check in checks.items():
        if name in _IN_DATABASE and not found.get("database", {"ok": True})["ok"]:
            found[name] = {"ok": False, "reason": "no database"}  # each would wait for it anew
        else:
            found[name] = _checked(name, check)
    return found


def works(parts: dict[str, Part]) -> bool:
    """Whether all parts that it needs do."""
    return all(part["ok"] for name, part in parts.items() if name in NEEDED)


def _checked(name: str, check: Callable[[], Part]) -> Part:
    try:
        if name not in _IN_DATABASE:
            return check()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
            return check()
    except (DatabaseError, OperationalError, OSError) as error:
        logger.warning("Not ready, %s: %s", name, error)
        return {"ok": False, "reason": type(error).__name__}


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True}


class _Complete:
    """What this process found once stays true: its code does not change."""

    known = False


def pending_migrations() -> int:
    """How many the code has that the database has not had."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations() -> Part:
    """A database that is older than the code fails where nobody expects it."""
    if _Complete.known:
        return {"ok": True}
    pending = pending_migrations()
    _Complete.known = not pending
    return {"ok": True} if _Complete.known else {"ok": False, "pending": pending}


def _broker() -> Part:
    with current_app.connection_for_write(connect_timeout=SECONDS) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=SECONDS)
    return {"ok": True}


def _cache() -> Part:
    """It forgives what it cannot keep, so it is asked what it was told."""
    told = token_hex(4)
    cache.set("health", told, 30)
    return {"ok": cache.get("health") == told}


def _heard(moment: datetime | None) -> Part:
    if moment is None:
        return {"ok": False, "reason": "never heard"}
    silence = timezone.now() - moment
    return {"ok": silence <= heartbeat.PATIENCE, "silent_seconds": max(0, int(silence.total_seconds()))}


def _beat() -> Part:
    """Without beat, or without a worker that does what beat asks, nothing happens by itself any more."""
    return _heard(heartbeat.last(heartbeat.BEAT))


def _worker() -> Part:
    """When one last finished a task, of whatever kind."""
    return _heard(TaskCount.objects.aggregate(last=Max("last_run_at"))["last"])


def _outbox() -> Part:
    """Mail that is due and waits for long says that nobody sends."""
    now = timezone.now()
    expected = Message.objects.waiting().not_to(pauses.of_domains())
    due = expected.filter(due_at__lte=now).order_by("due_at")
    oldest = due.values_list("due_at", flat=True).first()
    age = now - oldest if oldest else timedelta()
    return {"ok": age <= OUTBOX_LIMIT, "oldest_seconds": int(age.total_seconds())}


def _mail() -> Part:
    """A mail server that refuses us does so until somebody acts; one that is away may be back in a moment."""
    pause = pauses.of_everything()
    if pause is None:
        return {"ok": True}
    age = timezone.now() - pause.since
    works = pause.fault == Pause.Fault.AWAY and age <= OUTBOX_LIMIT
    return {"ok": works, "reason": pause.fault, "since_seconds": int(age.total_seconds())}


def _media() -> Part:
    """Whether uploads, and who was erased, can be written; a storage elsewhere is asked whether it answers."""
    for storage in (storages["default"], storages["erasures"]):
        if not isinstance(storage, FileSystemStorage):
            storage.check()  # type: ignore[attr-defined]  # nccsi.framework.object_storage
        elif not os.access(_existing(Path(storage.location)), os.W_OK | os.X_OK):
            return {"ok": False, "reason": "not writable"}
    return {"ok": True}


def _disk() -> Part:
    usage = shutil.disk_usage(_existing(Path(settings.MEDIA_ROOT)))
    enough = usage.free >= FREE_BYTES or usage.free >= usage.total * FREE_SHARE
    return {"ok": enough, "free_megabytes": usage.free // 1_000_000}


def _existing(folder: Path) -> Path:
    """The folder, or what it will be made in."""
    while not folder.exists():
        folder = folder.parent
    return folder


def _backup() -> Part:
    """When the last copy of this database was made."""
    made = heartbeat.last(heartbeat.BACKUP)
    if made is None:
        return {"ok": False, "reason": "never made"}
    age = timezone.now() - made
    return {"ok": age <= BACKUP_LIMIT, "age_seconds": int(age.total_seconds())}
