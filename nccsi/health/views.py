"""What monitors ask: is the process up, and can it do its work."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import current_app
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from nccsi.health import heartbeat
from notifications.delivery import pauses
from notifications.delivery.models import Pause
from notifications.outbox.models import Message

logger = logging.getLogger(__name__)

SECONDS = 2
OUTBOX_LIMIT = timedelta(minutes=10)

Part = dict[str, Any]


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Each part that the portal needs: 200 when all of them work, else 503."""
    checks: dict[str, Callable[[], Part]] = {
        "database": _database,
        "broker": _broker,
        "beat": _beat,
        "outbox": _outbox,
        "mail": _mail,
    }
    if hasattr(default_storage, "check"):  # a folder of this machine is there
        checks["media"] = _media
    parts = {name: _checked(name, check) for name, check in checks.items()}
    works = all(part["ok"] for part in parts.values())
    body = {"status": "ok" if works else "broken", "parts": parts}
    return JsonResponse(body, status=200 if works else 503)


def _checked(name: str, check: Callable[[], Part]) -> Part:
    try:
        return check()
    except (DatabaseError, OperationalError, OSError) as error:
        logger.warning("Not ready, %s: %s", name, error)
        return {"ok": False, "reason": type(error).__name__}


def _database() -> Part:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
        cursor.execute("SELECT 1")
    return {"ok": True}


def _media() -> Part:
    """Storage elsewhere may be away, or refuse our key."""
    default_storage.check()  # type: ignore[attr-defined]  # nccsi.framework.object_storage
    return {"ok": True}


def _broker() -> Part:
    with current_app.connection_for_write(connect_timeout=SECONDS) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=SECONDS)
    return {"ok": True}


def _beat() -> Part:
    """Without beat, or without a worker that does what beat asks, nothing happens by itself any more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
        silence = heartbeat.silence()
    if silence is None:
        return {"ok": False, "reason": "never heard"}
    return {"ok": silence <= heartbeat.PATIENCE, "silent_seconds": max(0, int(silence.total_seconds()))}


def _outbox() -> Part:
    """Mail that is due and waits for long says that nobody sends."""
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
        expected = Message.objects.waiting().not_to(pauses.of_domains())
        due = expected.filter(due_at__lte=now).order_by("due_at")
        oldest = due.values_list("due_at", flat=True).first()
    age = now - oldest if oldest else timedelta()
    return {"ok": age <= OUTBOX_LIMIT, "oldest_seconds": int(age.total_seconds())}


def _mail() -> Part:
    """A mail server that refuses us does so until somebody acts; one that is away may be back in a moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
        pause = pauses.of_everything()
    if pause is None:
        return {"ok": True}
    age = timezone.now() - pause.since
    works = pause.fault == Pause.Fault.AWAY and age <= OUTBOX_LIMIT
    return {"ok": works, "reason": pause.fault, "since_seconds": int(age.total_seconds())}
