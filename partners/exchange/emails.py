"""The mails about offers and requests. Each only writes to the outbox."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext_noop, override

from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.outbox import queue, spoken
from notifications.outbox.telling import address_key
from partners.contact.receivers import Receiver, members
from partners.exchange.models import Notice

WITHDRAWN = gettext_noop("The offer or request was withdrawn.")


def answer(notice: Notice, to: Receiver, *, name: str, email: str, message: str, key: str) -> bool:
    """Somebody answers an offer or request; answering the mail answers them."""
    told = {"name": name, "email": email, "message": message, "reply_to": email}
    return _queue("answer", notice, to, told, key=f"{key}:{address_key(to.email)}", allowance=NAMED)


def answer_copy(notice: Notice, to: Receiver, *, name: str, message: str, key: str) -> bool:
    """To the sender: that it was passed on; `message` is empty where the address is not proved to be theirs."""
    return _queue("answer_copy", notice, to, {"name": name, "message": message}, key=key)


def over_soon(notice: Notice, to: Receiver, *, renew_url: str) -> None:
    """Until when it is shown, and the link to renew it."""
    until = notice.until.isoformat()
    told = {"until": until, "renew_url": renew_url}
    _queue("over_soon", notice, to, told, key=f"{until}:{address_key(to.email)}")


def taken_down(notice: Notice) -> None:
    """To all who act for the organisation: that the centre took it down, and why."""
    for to in members(notice.organisation):
        _queue("taken_down", notice, to, {"reason": notice.taken_down_reason}, key=address_key(to.email))


def _queue(kind: str, notice: Notice, to: Receiver, told: dict[str, str], *, key: str, **more: Any) -> bool:
    with override(spoken(to.language)):
        page = urljoin(settings.SITE_URL, notice.get_absolute_url())
    about = notice.about if kind == "over_soon" else f"organisation:{notice.organisation_id}"
    return queue(
        f"partners/{kind}",
        to=to.email,
        language=to.language,
        context={"title": notice.title, "organisation": notice.organisation.name, "url": page, **told},
        dedupe_key=f"partners/{kind}:{notice.pk}:{key}",
        about=about,
        **more,
    )
