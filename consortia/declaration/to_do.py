"""Partnerships that are ready to be declared, for the top of "my page"."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.to_do import Task
from accounts.users.models import User
from consortia.consortium.actions import State, state_of
from consortia.consortium.models import Consortium, Member
from consortia.declaration.deadline import closings
from consortia.declaration.readiness import of_each
from consortia.sign_off.versions import standings_of
from partners.organisations.models import Membership


def to_declare(user: User, language: str) -> Iterator[Task]:
    """Of the drafts that this person, an owner, leads: those that all have signed and for which the rules hold."""
    own = Membership.objects.filter(user=user, role=Membership.Role.OWNER).values("organisation")
    led = Member.objects.filter(organisation__in=own, is_lead=True).order_by().values("consortium")
    rows = Consortium.objects.filter(pk__in=led, status=Consortium.Status.DRAFT).select_related("call")
    drafts = [each for each in rows.prefetch_related("call__deadlines") if state_of(each) == State.DRAFT]
    until = closings({each.call_id for each in drafts})
    in_time = [each for each in drafts if not until[each.call_id].is_closed]
    ready = of_each(in_time, standings_of(in_time), by=user)
    for consortium in in_time:
        if ready[consortium.pk].is_ready:
            yield Task(
                gettext("Declare the partnership “%(name)s”") % {"name": consortium.name},
                reverse("consortia:declare", args=[consortium.uuid]),
                until[consortium.call_id].due_at,
                about=str(consortium.call),
            )
