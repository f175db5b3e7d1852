"""Consortia that wait for a judgement, for the top of "my page"."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.profile.to_do import SHOWN, Task
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from consortia.outcomes.models import Release
from consortia.reviewers.access import reviewed
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Judgement
from consortia.reviewing.progress import Step, lines

# So many of a call are looked at: what somebody reads about first.
_LOOKED_AT = 25
_UNDONE = (Step.STATE, Step.READ, Step.DRAFT)


def to_judge(user: User, language: str) -> Iterator[Task]:
    """A line for each call in which this person has not judged all that no conflict keeps away."""
    seats = Reviewer.objects.judging().filter(user=user).exclude(call__in=Release.objects.values("call"))
    for own in seats.select_related("call", "user").prefetch_related("call__deadlines").order_by("-pk")[:SHOWN]:
        done = Judgement.objects.handed_in().filter(reviewer=own).values("consortium")
        waiting = list(reviewed(own.call).exclude(pk__in=done)[:_LOOKED_AT])
        number = sum(line.step in _UNDONE for line in lines(own, waiting))
        if number:
            said = ngettext("Judge %(number)d consortium", "Judge %(number)d consortia", number) % {"number": number}
            yield Task(said, reverse("consortia:reviews", args=[own.call_id]), _due(own.call), about=str(own.call))


def _due(call: Call) -> datetime | None:
    kinds = (each.due_at for each in call.deadlines.all() if each.kind == Deadline.Kind.RECOMMENDATION)
    return next(kinds, None)
