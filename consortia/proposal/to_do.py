"""Proposals that wait to be submitted, for the top of "my page"."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.to_do import Task
from accounts.users.models import User
from consortia.asked_parts.models import AskedPart
from consortia.consortium.models import Consortium, Member
from consortia.proposal.shown import states
from partners.organisations.models import Membership


def to_submit(user: User, language: str) -> Iterator[Task]:
    """Of the declared consortia that this person's organisations lead: not submitted yet, changed or declared since."""
    own = Membership.objects.filter(user=user).values("organisation")
    led = Member.objects.filter(organisation__in=own, is_lead=True).order_by().values("consortium")
    asking = AskedPart.objects.asked().order_by().values("call")
    waiting = Consortium.objects.filter(pk__in=led, status=Consortium.Status.DECLARED, call__in=asking)
    consortia = list(waiting.filter(call__withdrawn_at=None).select_related("call"))
    found = states(consortia)
    for consortium in consortia:
        now = found[consortium.pk]
        if not now.can_submit or (now.last and not now.is_changed):
            continue
        said = gettext("Submit the proposal of “%(name)s”")
        if now.last and now.last.is_over:
            said = gettext("The proposal of “%(name)s” does not count since you declared anew: submit it again")
        elif now.last:
            said = gettext("The proposal of “%(name)s” changed since it was submitted: submit it again")
        yield Task(
            said % {"name": consortium.name},
            reverse("consortia:proposal", args=[consortium.uuid]),
            now.closing.due_at,
            about=str(consortium.call),
        )
