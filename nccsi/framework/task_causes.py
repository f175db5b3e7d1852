"""Tasks go by the name of the request that started them, or by one of their own; loaded where tasks are."""

from contextvars import Token
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun

from nccsi.framework import request_id

_FIELD = "nccsi_request_id"
_begun: dict[str, Token[request_id.Cause | None]] = {}


@before_task_publish.connect
def _send_along(headers: dict[str, Any] | None = None, **_more: object) -> None:
    cause = request_id.current()
    if cause and headers is not None:
        headers[_FIELD] = cause.id


@task_prerun.connect
def _begin(task_id: str, task: Any, **_more: object) -> None:
    given = str(task.request.get(_FIELD) or "")
    _number, _begun[task_id] = request_id.begin(task=task.name, given=given)


@task_postrun.connect
def _end(task_id: str, **_more: object) -> None:
    if token := _begun.pop(task_id, None):
        request_id.end(token)
