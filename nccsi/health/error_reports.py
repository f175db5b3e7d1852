"""Reports errors in Sentry's protocol where `SENTRY_DSN` says so: what failed and where in the code, never for whom.

What leaves is chosen, not filtered: an exception's frames without their variables, its cleaned words, the view or the
task, the request's id, the portal's version. No address, query, header, cookie, body, user, or breadcrumb.
"""

from typing import TYPE_CHECKING, Any

from nccsi.framework import request_id
from nccsi.framework.log_lines import clean
from nccsi.running.version import version

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

# What of an event, and of a frame of its traceback, is told.
_TOLD = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "sdk", "exception")
_FRAME = ("filename", "module", "function", "lineno", "in_app", "context_line", "pre_context", "post_context")


def start(dsn: str) -> None:
    """Begin to report from this process."""
    import sentry_sdk
    from sentry_sdk.integrations.celery import CeleryIntegration
    from sentry_sdk.integrations.django import DjangoIntegration

    sentry_sdk.init(
        dsn=dsn,
        release=f"nccsi@{version()}",
        environment="production",
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(middleware_spans=False, signals_spans=False),
            CeleryIntegration(propagate_traces=False),
        ],
        trace_propagation_targets=[],
        auto_session_tracking=False,
        send_client_reports=False,
        server_name="portal",
        before_send=only_told,
    )


def only_told(event: "Event", _hint: "Hint") -> "Event":
    """The event with nothing but what may leave."""
    given: dict[str, Any] = dict(event)
    left: dict[str, Any] = {name: given[name] for name in _TOLD if name in given}
    said = given.get("logentry") or {}
    if words := said.get("formatted") or said.get("message") or given.get("message"):
        left["logentry"] = {"formatted": clean(str(words))}
    raised = (given.get("exception") or {}).get("values") or []
    left["exception"] = {"values": [_raised(each) for each in raised]}
    if cause := request_id.current():
        left["tags"] = {"request_id": cause.id}
        left["transaction"] = cause.task or cause.view
    return left  # type: ignore[return-value]


def _raised(exception: dict[str, Any]) -> dict[str, Any]:
    frames = (exception.get("stacktrace") or {}).get("frames") or []
    return {
        "type": exception.get("type"),
        "module": exception.get("module"),
        "value": clean(str(exception.get("value") or "")),
        "mechanism": {"type": "generic", "handled": False},
        "stacktrace": {"frames": [{name: frame[name] for name in _FRAME if name in frame} for frame in frames]},
    }
