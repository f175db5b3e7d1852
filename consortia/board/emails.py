"""The reminder to sign: one mail to a person about one consortium, with the link that only this person may use."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.emails import OVER
from consortia.consortium.models import Member
from consortia.declaration.deadline import closing
from consortia.interest.emails import call_words
from consortia.sign_off import links
from notifications.delivery.rendering import Rendered, render
from notifications.outbox import outbox
from notifications.outbox.models import Message
from notifications.outbox.outbox import Mail

KIND = "consortia/sign_reminder"


def queue(call: Call, told: Iterable[tuple[str, User, Sequence[Member]]]) -> int:
    """By dedupe key: to whom, about which members of one consortium; returns how many."""
    around: dict[str, dict[str, Any]] = {}

    def mail(key: str, user: User, members: Sequence[Member]) -> Mail:
        language = outbox.spoken(user.mail_language)
        if language not in around:
            around[language] = _of_call(call, language)
        with override(language):
            # A link signs for one organisation; whoever owns several reads all of it on the portal.
            page = links.address(members[0], user) if len(members) == 1 else members[0].consortium.get_absolute_url()
        facts = {
            "consortium": members[0].consortium.name,
            "organisations": ", ".join(member.organisation.name for member in members),
            "several": len(members) > 1,
            "url": urljoin(settings.SITE_URL, page),
            "members": [member.pk for member in members],
        }
        return Mail(user.email, language, around[language] | facts, key)

    return outbox.queue_many(KIND, [mail(*each) for each in told], about=f"sign_reminders:{call.pk}")


def preview(call: Call, language: str, *, name: str = "") -> Rendered:
    """The mail as its readers in a language get it; of several, or of one that hides its name, with words instead."""
    with override(language):
        facts = {
            "consortium": name or gettext("(name of the consortium)"),
            "organisations": gettext("(name of the organisation)"),
            "several": False,
            "url": settings.SITE_URL,
        }
    context = _of_call(call, language) | facts
    about = f"sign_reminders:{call.pk}"
    message = Message(kind=KIND, to_email="reader@example.org", language=language, context=context, about=about)
    return render(message, now=timezone.now())


def withdraw_signed(keys: Sequence[int], still: Callable[[set[int]], set[int]]) -> int:
    """Take back those of these mails of which nothing is unsigned any more; `still` says which members of these are."""
    about = {mail.pk: set(mail.context.get("members", [])) for mail in Message.objects.filter(pk__in=keys, kind=KIND)}
    if not about:
        return 0
    open_ones = still(set().union(*about.values()))
    over = [key for key, members in about.items() if not members & open_ones]
    return outbox.withdraw_these(Message.objects.filter(pk__in=over), reason=OVER)


def _of_call(call: Call, language: str) -> dict[str, Any]:
    due_at = closing(call).due_at
    return {"call_title": call_words(call, language)["title"], "due_at": due_at.isoformat() if due_at else ""}
