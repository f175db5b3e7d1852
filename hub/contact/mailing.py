"""What somebody writes on the contact page goes to the mailbox that answers."""

import hashlib
from typing import Any

from django.db import transaction

from notifications.outbox import outbox
from notifications.outbox.mailbox_cap import NAMED


@transaction.atomic
def send(*, to: str, language: str, message: dict[str, Any]) -> bool:
    """Writes the mail to the outbox; the same words a second time change nothing."""
    words = {name: message[name] for name in ("name", "email", "message")} | {"question": message["subject"]}
    key = hashlib.sha256(repr((to, sorted(words.items()))).encode()).hexdigest()
    context = words | {"reply_to": words["email"]}
    return outbox.queue(
        "hub/contact_message",
        to=to,
        language=language,
        context=context,
        dedupe_key=f"contact:{key}",
        allowance=NAMED,
    )
