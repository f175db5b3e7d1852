"""What waits for an owner's signature, for the top of "my page"."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.to_do import Task
from accounts.users.models import User
from calls.chain.models import Deadline
from calls.chain.standing import accepts, governing_deadline
from consortia.consortium.models import Consortium, Member
from consortia.sign_off.unsigned import unsigned
from partners.organisations.models import Membership


def to_sign(user: User, language: str) -> Iterator[Task]:
    """The texts that this person's organisations have not signed as they are now, where the person is an owner."""
    owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER).values("organisation")
    asked = Member.objects.standing().filter(
        organisation__in=owned, consortium__status=Consortium.Status.DRAFT, consortium__call__withdrawn_at=None
    )
    members = unsigned(asked).order_by("-pk").select_related("organisation", "consortium__call")
    for member in members.prefetch_related("consortium__call__deadlines"):
        call = member.consortium.call
        closing = governing_deadline(call, Deadline.Governs.DECLARATION)
        if not accepts(call, Deadline.Governs.DECLARATION):
            continue
        named = {"name": member.consortium.name, "organisation": member.organisation.name}
        yield Task(
            gettext("Read “%(name)s” and sign for %(organisation)s") % named,
            reverse("consortia:sign", args=[member.consortium.uuid, member.pk]),
            closing.due_at if closing else None,
            about=str(call),
        )
