"""Partnerships that are ready to be declared, for the top of "my page"."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.to_do import SHOWN, Task
from accounts.users.models import User
from consortia.consortium.actions import State, state_of
from consortia.consortium.models import Consortium, Member
from consortia.declaration.deadline import closing
from consortia.declaration.readiness import readiness
from consortia.sign_off.versions import standings
from partners.organisations.models import Membership


def to_declare(user: User, language: str) -> Iterator[Task]:
    """Of the drafts that this person, an owner, leads: those that all have signed and for which the rules hold."""
    own = Membership.objects.filter(user=user, role=Membership.Role.OWNER).values("organisation")
    led = Member.objects.filter(organisation__in=own, is_lead=True).order_by().values("consortium")
    drafts = Consortium.objects.filter(pk__in=led, status=Consortium.Status.DRAFT).select_related("call")
    for consortium in drafts.prefetch_related("call__deadlines")[:SHOWN]:
        if state_of(consortium) != State.DRAFT:
            continue
        until = closing(consortium.call)
        if until.is_closed or not readiness(consortium, standings(consortium), by=user).is_ready:
            continue
        yield Task(
            gettext("Declare the partnership “%(name)s”") % {"name": consortium.name},
            reverse("consortia:declare", args=[consortium.uuid]),
            until.due_at,
            about=str(consortium.call),
        )
