"""What the mails about signing in say."""

import re

from notifications.outbox.models import Message


def code_in(message: Message) -> str:
    """The code that allauth's mail carries on a line of its own."""
    found = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,5})$", message.context["text"], re.MULTILINE)
    assert found, message.context["text"]
    return found.group(1)
