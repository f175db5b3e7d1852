"""Two pieces of work at the same moment, made certain: one has written and not committed when the other begins."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

_PATIENCE = 30.0
# Who waits for this very connection, whatever goes on in other databases of the server.
_WAITERS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def while_uncommitted(
    first: Callable[[], object], then: Callable[[], Any], *, last: Callable[[], object] | None = None
) -> Any:
    """Does `first`, starts `then` elsewhere and commits only once that waits or is done; gives what `then` answered.

    `last` is done right before the commit, when `then` has read all that it reads without waiting. A refusal comes back
    as its words.
    """

    def run() -> Any:
        try:
            return then()
        except ValidationError as error:
            return error.messages[0]
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            answer = pool.submit(run)
            _until_it_waits(answer)
            if last:
                last()
        return answer.result(timeout=_PATIENCE)


def _until_it_waits(answer: Future[Any]) -> None:
    end = time.monotonic() + _PATIENCE
    while not answer.done() and time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(_WAITERS)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
