"""Staff have a mail written to the owners who have not signed: looked at first, at most once a day for each consortium.

Also to those of drafts that hide themselves: staff learn how many people that is, and nothing of who they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from calls.chain.standing import accepts
from consortia.board import emails, stages
from consortia.consortium.models import Consortium, ConsortiumQuerySet, Entry, Member
from consortia.sharing.shown import sight
from consortia.sign_off.unsigned import unsigned
from notifications.outbox import outbox, suppression
from notifications.outbox.models import Message
from partners.organisations.models import Membership

# What Wagtail's history of the call says; registered in `consortia.wagtail_hooks`.
REMIND = "consortia.remind"
ENTRY = "remind"


class NobodyLeftError(Exception):
    """All have signed, or were reminded today."""


class OtherReceiversError(Exception):
    """Somebody signed, came or went since the mail was looked at."""


@dataclass(frozen=True)
class Reminder:
    """One mail: to a person, about what they have not signed in one consortium."""

    user: User
    consortium: Consortium
    members: tuple[Member, ...]

    @property
    def key(self) -> str:
        """Once a day, by the calendar of Brussels."""
        return f"{emails.KIND}:{self.consortium.pk}:{self.user.pk}:{timezone.localdate().isoformat()}"


@dataclass(frozen=True)
class Group:
    """A draft as far as staff see it: nobody is named of one that hides itself."""

    name: str
    organisations: list[str]
    number: int


@dataclass(frozen=True)
class Selection:
    """All drafts of a call, or one of them."""

    call: Call
    consortium: Consortium | None = None

    @property
    def drafts(self) -> ConsortiumQuerySet:
        """As long as something can be signed."""
        found = stages.drafts(self.call)
        if not accepts(self.call, Deadline.Governs.DECLARATION):
            return found.none()
        return found.filter(pk=self.consortium.pk) if self.consortium else found

    @cached_property
    def reminders(self) -> list[Reminder]:
        """Those that would leave now; in a fixed number of queries, however many there are."""
        waiting = unsigned(Member.objects.standing().filter(consortium__in=self.drafts.order_by().values("pk")))
        members = list(waiting.select_related("organisation", "consortium__call").order_by("consortium", "pk"))
        owners = _owners({each.organisation_id for each in members})
        about: dict[tuple[int, int], list[Member]] = {}
        users: dict[int, User] = {}
        for member in members:
            for user in owners.get(member.organisation_id, []):
                users[user.pk] = user
                about.setdefault((member.consortium_id, user.pk), []).append(member)
        found = [Reminder(users[user], theirs[0].consortium, tuple(theirs)) for (_key, user), theirs in about.items()]
        told = set(
            Message.objects.filter(dedupe_key__in=[each.key for each in found]).values_list("dedupe_key", flat=True)
        )
        return [each for each in found if each.key not in told]

    @property
    def number(self) -> int:
        return len(self.reminders)

    @property
    def languages(self) -> list[str]:
        """Those in which they read, in alphabetical order."""
        return sorted({outbox.spoken(each.user.mail_language) for each in self.reminders})

    @property
    def groups(self) -> list[Group]:
        """By consortium; those without a name last, as one."""
        named: dict[int, list[Reminder]] = {}
        unnamed = []
        for each in self.reminders:
            if sight(each.consortium).has_names:
                named.setdefault(each.consortium.pk, []).append(each)
            else:
                unnamed.append(each)
        groups = [Group(theirs[0].consortium.name, _names(theirs), len(theirs)) for theirs in named.values()]
        return [
            *sorted(groups, key=lambda group: group.name.lower()),
            *([Group("", [], len(unnamed))] if unnamed else []),
        ]

    @property
    def digest(self) -> str:
        """Stands for the very mails of now."""
        return sha256(" ".join(sorted(each.key for each in self.reminders)).encode()).hexdigest()[:32]


def _owners(organisations: Iterable[int]) -> dict[int, list[User]]:
    """Who sign for each of these and can be written to."""
    reached = addresses.with_proved_name(User.objects.filter(is_active=True))
    held = Membership.objects.filter(organisation__in=organisations, role=Membership.Role.OWNER, user__in=reached)
    found = list(held.select_related("user").order_by("pk"))
    refused = suppression.refused(each.user.email for each in found)
    owners: dict[int, list[User]] = {}
    for each in found:
        if each.user.email.lower() not in refused:
            owners.setdefault(each.organisation_id, []).append(each.user)
    return owners


def _names(reminders: list[Reminder]) -> list[str]:
    """Of their organisations, each once."""
    return list(dict.fromkeys(member.organisation.name for each in reminders for member in each.members))


@transaction.atomic
def remind(call: Call, *, consortium: Consortium | None = None, seen: str, by: User) -> int:
    """Write the mails that were looked at; returns how many.

    `seen` is the digest of the selection that was shown. Raises OtherReceiversError when it is another one by now, and
    NobodyLeftError when nothing is left to send, as for a button that was pressed twice.
    """
    held = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    selection = Selection(held, consortium)
    if not selection.reminders:
        raise NobodyLeftError
    if selection.digest != seen:
        raise OtherReceiversError
    emails.queue(held, [(each.key, each.user, each.members) for each in selection.reminders])
    told = {each.consortium.pk: each.consortium for each in selection.reminders}
    Entry.objects.bulk_create(Entry(consortium=each, action=ENTRY, by=by) for each in told.values())
    log(held, REMIND, user=by, data={"consortia": len(told), "number": selection.number})
    return selection.number


def withdraw_stale(keys: Sequence[int]) -> int:
    """Of the mails about to leave, take back those of what was signed, given up or declared since they were written."""
    return emails.withdraw_signed(keys, _still_unsigned)


def _still_unsigned(members: set[int]) -> set[int]:
    draft: dict[str, Any] = {"consortium__status": Consortium.Status.DRAFT}
    return set(unsigned(Member.objects.standing().filter(pk__in=members, **draft)).values_list("pk", flat=True))
