"""The mails that pass a message to an organisation on. Each only writes to the outbox."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import override

from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.outbox import queue, spoken
from notifications.outbox.telling import address_key
from partners.contact.receivers import Receiver
from partners.organisations.models import Organisation


def message(organisation: Organisation, to: Receiver, *, name: str, email: str, message: str, key: str) -> bool:
    """Somebody writes to an organisation; answering the mail answers them."""
    told = {"name": name, "email": email, "message": message, "reply_to": email}
    return _queue("message", organisation, to, told, key=f"{key}:{address_key(to.email)}", allowance=NAMED)


def copy(organisation: Organisation, to: Receiver, *, name: str, message: str, key: str) -> bool:
    """To the sender: that it was passed on; `message` is empty where the address is not proved to be theirs."""
    return _queue("message_copy", organisation, to, {"name": name, "message": message}, key=key)


def _queue(kind: str, organisation: Organisation, to: Receiver, told: dict[str, str], *, key: str, **more: Any) -> bool:
    with override(spoken(to.language)):
        page = urljoin(settings.SITE_URL, organisation.get_absolute_url())
    return queue(
        f"partners/{kind}",
        to=to.email,
        language=to.language,
        context={"organisation": organisation.name, "url": page, **told},
        dedupe_key=f"partners/{kind}:{organisation.pk}:{key}",
        about=f"organisation:{organisation.pk}",
        **more,
    )
