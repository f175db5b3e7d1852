"""The mails about introductions. Each only writes to the outbox; addresses stand only in those about a yes."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext_noop, override

from accounts.users.models import User
from consortia.interest.emails import call_words
from consortia.introductions.models import Introduction
from consortia.introductions.rules import contact
from notifications.outbox import outbox
from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.models import Message
from notifications.outbox.telling import address_key
from partners.contact.receivers import Receiver, members

TAKEN_BACK = gettext_noop("The introduction was answered or taken back.")


def asked(introduction: Introduction) -> None:
    """To all who act for the organisation that is asked: who asks, what for, and where to answer."""
    person = introduction.asked_by.get_full_name() if introduction.asked_by else ""
    for to in members(introduction.to_organisation):
        _queue("asked", introduction, to, {"person": person, "message": introduction.message})


def accepted(introduction: Introduction) -> None:
    """To who asked and to who accepted: each other's name and address; answering the mail writes to the other."""
    asker = contact(introduction.asked_by, introduction.from_organisation)
    answerer = contact(introduction.answered_by, introduction.to_organisation)
    told = {"note": introduction.note, "by_us": ""}
    for to in _askers(introduction, asker):
        _queue("accepted", introduction, to, told | _contact(answerer))
    if answerer:
        told = {"note": introduction.note, "by_us": "yes"}
        _queue("accepted", introduction, _receiver(answerer), told | _contact(asker))


def declined(introduction: Introduction) -> None:
    """To who asked: that it is not to be this time, with the words of the other side."""
    asker = contact(introduction.asked_by, introduction.from_organisation)
    for to in _askers(introduction, asker):
        _queue("declined", introduction, to, {"note": introduction.note})


def withdraw_stale(only: Sequence[int]) -> int:
    """Take back those of these mails that ask what nobody can answer any more; looked at right before they leave."""
    rows = Message.objects.filter(pk__in=list(only), kind="consortia/introduction_asked")
    asked = {pk: int(about.split(":")[1]) for pk, about in rows.values_list("pk", "about")}
    if not asked:
        return 0
    answerable = set(Introduction.objects.answerable().filter(pk__in=asked.values()).values_list("pk", flat=True))
    stale = [pk for pk, introduction in asked.items() if introduction not in answerable]
    return outbox.withdraw_these(Message.objects.filter(pk__in=stale), reason=TAKEN_BACK)


def take_back(introduction: Introduction) -> None:
    """What still waits and asks for an answer that is not needed any more."""
    outbox.withdraw(f"{introduction.about}:asked", reason=TAKEN_BACK)


def _askers(introduction: Introduction, asker: User | None) -> list[Receiver]:
    """Who asked; all who act for the organisation when that person no longer does."""
    return [_receiver(asker)] if asker else members(introduction.from_organisation)


def _receiver(user: User) -> Receiver:
    return Receiver(user.email, user.mail_language)


def _contact(user: User | None) -> dict[str, str]:
    if user is None:
        return {"name": "", "email": ""}
    return {"name": user.get_full_name(), "email": user.email, "reply_to": user.email}


def _queue(kind: str, introduction: Introduction, to: Receiver, told: dict[str, Any]) -> None:
    language = outbox.spoken(to.language)
    call = call_words(introduction.call, language)
    with override(language):
        page = urljoin(settings.SITE_URL, introduction.get_absolute_url())
    facts = {
        "asks": introduction.from_organisation.name,
        "asked": introduction.to_organisation.name,
        "call_title": call["title"],
        "call_url": call["url"],
        "url": page,
    }
    outbox.queue(
        f"consortia/introduction_{kind}",
        to=to.email,
        language=to.language,
        context=facts | told,
        dedupe_key=f"consortia/introduction_{kind}:{introduction.pk}:{address_key(to.email)}",
        about=f"{introduction.about}:{kind}",
        allowance=NAMED,
    )
