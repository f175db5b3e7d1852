"""The mails that pass a message to an organisation on. Each only writes to the outbox."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import override

from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.outbox import queue, spoken
from partners.organisations.models import Organisation


def message(
    organisation: Organisation, *, to: str, language: str, name: str, email: str, message: str, key: str
) -> bool:
    """Somebody writes to an organisation; answering the mail answers them."""
    return queue(
        "partners/message",
        to=to,
        language=language,
        context={**_about(organisation, language), "name": name, "email": email, "message": message, "reply_to": email},
        dedupe_key=f"partners/message:{organisation.pk}:{key}",
        about=f"organisation:{organisation.pk}",
        allowance=NAMED,
    )


def copy(organisation: Organisation, *, to: str, language: str, name: str, message: str, key: str) -> bool:
    """To the sender: that it was passed on; `message` is empty where the address is not proved to be theirs."""
    return queue(
        "partners/message_copy",
        to=to,
        language=language,
        context={**_about(organisation, language), "name": name, "message": message},
        dedupe_key=f"partners/message_copy:{organisation.pk}:{key}",
        about=f"organisation:{organisation.pk}",
    )


def _about(organisation: Organisation, language: str) -> dict[str, str]:
    with override(spoken(language)):
        return {
            "organisation": organisation.name,
            "url": urljoin(settings.SITE_URL, organisation.get_absolute_url()),
        }
