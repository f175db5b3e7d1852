"""How people hear of a consortium: one mail to each, in their language. Each only writes to the outbox."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext_noop, override

from accounts.users.models import User
from consortia.consortium.models import Consortium, Member
from consortia.interest.emails import call_words
from notifications.outbox import mailbox_cap, outbox
from notifications.outbox.mailbox_cap import NAMED
from partners.contact.receivers import MOST_RECEIVERS, Receiver, members
from partners.organisations.models import Membership

OVER = gettext_noop("What the mail asks for is not needed any more.")


def tell(kind: str, consortium: Consortium, receivers: Iterable[Receiver], *, about: str = "", **told: Any) -> None:
    """One mail to each of these; `about` tells one kind of a consortium's waiting mail from another."""
    receivers = list(receivers)
    mailbox_cap.hold(each.email for each in receivers)
    for to in receivers:
        queue(kind, consortium, to, about=about, **told)


def people_of(partners: Iterable[Member]) -> list[tuple[Member, list[Receiver]]]:
    """Who act for each of these, to write to all of them in this transaction; nobody waits in a circle for that."""
    found = [(member, members(member.organisation)) for member in partners]
    mailbox_cap.hold(each.email for _member, theirs in found for each in theirs)
    return found


def hold_everybody(consortium: Consortium) -> None:
    """Before a verb writes to some who are in it now and then to others: nobody waits in a circle between the two."""
    people_of(consortium.members.standing().select_related("organisation"))


def queue(
    kind: str,
    consortium: Consortium,
    to: Receiver,
    *,
    about: str = "",
    url: Callable[[], str] | None = None,
    **told: Any,
) -> None:
    """One mail; `url` is asked in the receiver's language, else it is the consortium's own page."""
    language = outbox.spoken(to.language)
    call = call_words(consortium.call, language)
    with override(language):
        page = urljoin(settings.SITE_URL, url() if url else consortium.get_absolute_url())
    outbox.queue(
        f"consortia/{kind}",
        to=to.email,
        language=to.language,
        context={"consortium": consortium.name, "call_title": call["title"], "url": page, **told},
        dedupe_key=f"consortia/{kind}:{uuid4()}",
        about=f"{consortium.about}:{about or kind}",
        allowance=NAMED,
    )


def take_back(consortium: Consortium, about: str = "") -> int:
    """What still waits and is not true any more: all of a consortium, or of one kind; returns how many."""
    return outbox.withdraw(f"{consortium.about}:{about}" if about else consortium.about, reason=OVER)


def owners(member: Member) -> list[tuple[User, Receiver]]:
    """Who sign for a member and can be written to."""
    reached = {each.email: each for each in members(member.organisation, role=Membership.Role.OWNER)}
    held = Membership.objects.filter(organisation=member.organisation_id, role=Membership.Role.OWNER)
    users = [each.user for each in held.select_related("user").order_by("pk")[:MOST_RECEIVERS]]
    return [(user, reached[user.email]) for user in users if user.email in reached]
