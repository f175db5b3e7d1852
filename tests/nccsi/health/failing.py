"""A portal that fails once in a request and once in a task, for `test_error_reports`.

A program of its own, because what reports errors stays in the process that begins to.
"""

import sys

import django

django.setup()

import sentry_sdk  # noqa: E402
from celery import shared_task  # noqa: E402
from django.test import Client  # noqa: E402

from nccsi.celery import app  # noqa: E402
from nccsi.health import parts  # noqa: E402


def fail() -> None:
    """With what must not leave in a variable, and a word of somebody's in the message."""
    secret = "canary-variable"
    raise ValueError(f"broke for canary-mail@example.org at 203.0.113.7 {secret[:0]}")


@shared_task
def failing(_name: str) -> None:
    """The same in a task."""
    fail()


parts.state = fail  # type: ignore[assignment]
client = Client(
    raise_request_exception=False,
    SERVER_NAME="localhost",
    headers={"cookie": "session=canary-cookie", "x-canary": "canary-header"},
)
answer = client.post("/health/?canary-query=1", {"name": "canary-body"})
answer = client.get("/health/ready/?token=canary-query", REMOTE_ADDR="203.0.113.7")
assert answer.status_code == 500
app.loader.import_default_modules()  # as a worker does
app.tasks[failing.name].apply(args=["canary-argument"])
sentry_sdk.flush(timeout=10)
sys.stdout.write(answer["X-Request-ID"])
