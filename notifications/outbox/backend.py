"""Mail that a library sends by itself, such as Wagtail's notices of a workflow, goes the way of all other mail."""

from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import get_language

from notifications.outbox import outbox
from notifications.outbox.mailbox_cap import NAMED

KIND = "notifications/passed_on"


class OutboxBackend(BaseEmailBackend):
    """Django's door for mail: it writes to the outbox, in the language that is active, and never to a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """One mail for each receiver; nobody sees who else got it."""
        for message in email_messages:
            for address in message.recipients():
                with transaction.atomic():  # who sends goes on where a mail cannot be written
                    outbox.queue(
                        KIND,
                        to=address,
                        language=get_language() or settings.LANGUAGE_CODE,
                        context={"title": str(message.subject), "words": str(message.body)},
                        dedupe_key=f"passed-on:{uuid4()}",
                        allowance=NAMED,
                    )
        return len(email_messages)
