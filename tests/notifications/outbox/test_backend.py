"""What libraries send goes through the outbox like all other mail."""

from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from notifications.delivery import sending
from notifications.outbox.models import Message
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db

WORDS = "Look: https://example.org/x?a=1&b=<2>"


@pytest.fixture(autouse=True)
def _as_deployed(settings: Any) -> None:
    """Django's tests put another backend in its place."""
    settings.EMAIL_BACKEND = "notifications.outbox.backend.OutboxBackend"


def test_a_mail_waits_in_the_outbox_once_for_each_receiver(smtp_sink: Sink) -> None:
    with translation.override("fr"):
        sent = mail.send_mail("A <b>page</b>", WORDS, None, ["a@example.org", "b@example.org"])
    assert sent == 1
    waiting = Message.objects.order_by("to_email")
    assert [(each.to_email, each.language, each.status) for each in waiting] == [
        ("a@example.org", "fr", "queued"),
        ("b@example.org", "fr", "queued"),
    ]
    assert sending.drain() == 2
    arrived = smtp_sink.mails[0]
    assert arrived["Subject"] == "A <b>page</b>"
    bodies = [arrived.get_body([kind]) for kind in ("plain", "html")]
    plain, html = (body.get_content() for body in bodies if body)
    assert WORDS in plain
    assert "<2>" not in html
