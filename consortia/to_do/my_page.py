"""What somebody has to do in consortia, for the top of "my page"."""

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import Q
from django.urls import reverse

from accounts.profile import to_do
from accounts.users.models import User
from consortia.consortium.actions import WORKING, state_of
from consortia.consortium.models import Consortium, Member
from consortia.to_do.models import Task
from hub.dates.brussels import BRUSSELS
from partners.organisations.models import Membership


def to_finish(user: User, language: str) -> Iterator[to_do.Task]:
    """The person's own tasks, and those of an organisation of theirs that nobody in it took; due first."""
    own = Membership.objects.filter(user=user).values("organisation")
    open_ones = Task.objects.open().filter(
        Q(person=user) | Q(person=None),
        member__organisation__in=own,
        member__status__in=Member.STANDING,
        consortium__in=Consortium.objects.going_on(),
    )
    found = open_ones.in_order().select_related("consortium__call", "member__organisation")
    for each in found.prefetch_related("consortium__call__deadlines"):
        if state_of(each.consortium) not in WORKING:
            continue
        due_at = datetime.combine(each.due_on, time(23, 59), BRUSSELS) if each.due_on else None
        about = f"{each.consortium.name}, {each.member}"
        url = reverse("consortia:tasks", args=[each.consortium.uuid])
        yield to_do.Task(each.what, url, due_at, has_time=False, about=about)
