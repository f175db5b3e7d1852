"""A mail the day before a task is due, to who does it: the person, else the people of the organisation."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from consortia.consortium import emails
from consortia.consortium.actions import WORKING, state_of
from consortia.consortium.models import Consortium, Member
from consortia.to_do.models import Task
from hub.dates.brussels import local
from partners.contact.receivers import Receiver, members

BEFORE = timedelta(days=1)
# Not in the middle of the night; an hour in Brussels.
FROM_HOUR = 8


def remind(*, now: datetime) -> int:
    """Write what is due to be told; returns of how many tasks. Safe to run twice and at once.

    What was set only for today is told today.
    """
    here = local(now)
    if here.hour < FROM_HOUR:
        return 0
    today = here.date()
    due = Task.objects.open().filter(due_on__range=(today, today + BEFORE), member__status__in=Member.STANDING)
    due = due.filter(consortium__in=Consortium.objects.going_on())
    untold = due.filter(Q(reminded_for=None) | ~Q(reminded_for=F("due_on")))
    keys = list(untold.values_list("pk", flat=True))
    return sum(_remind(key) for key in keys)


@transaction.atomic
def _remind(key: int) -> bool:
    """Of one task, once for the day that stands."""
    locked = Task.objects.open().select_for_update(of=("self",), skip_locked=True)
    task = locked.select_related("consortium__call", "member__organisation", "person").filter(pk=key).first()
    if task is None or task.due_on is None or task.due_on == task.reminded_for:
        return False
    Task.objects.filter(pk=key).update(reminded_for=task.due_on)
    if state_of(task.consortium) not in WORKING:
        return False
    emails.tell(
        "task_due",
        task.consortium,
        _receivers(task),
        about=task.about,
        url=partial(reverse, "consortia:tasks", args=[task.consortium.uuid]),
        what=task.what,
        organisation=task.member.organisation.name if task.member else "",
        day=task.due_on.isoformat(),
    )
    return True


def _receivers(task: Task) -> list[Receiver]:
    """The person as long as they act for the organisation."""
    if task.member is None:
        return []
    theirs = members(task.member.organisation)
    if task.person is None:
        return theirs
    return [each for each in theirs if each.email == task.person.email] or theirs
