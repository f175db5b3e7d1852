"""Consortia that wait for a judgement, for the top of "my page"."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.profile.to_do import Task
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from consortia.outcomes.models import Outcome
from consortia.reviewers.access import reviewed
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Judgement
from consortia.reviewing.progress import Step, lines

# So many of a call are looked at together, by name; the next ones only while a conflict keeps all of these away.
_TOGETHER, _MOST = 25, 250
_UNDONE = (Step.STATE, Step.READ, Step.DRAFT)


def to_judge(user: User, language: str) -> Iterator[Task]:
    """A line for each call in which this person has not judged all that no conflict keeps away."""
    seats = Reviewer.objects.judging().filter(user=user, call__withdrawn_at=None)
    for own in seats.select_related("call", "user").prefetch_related("call__deadlines").order_by("-pk"):
        if number := _undone(own):
            said = ngettext("Judge %(number)d consortium", "Judge %(number)d consortia", number) % {"number": number}
            yield Task(said, reverse("consortia:reviews", args=[own.call_id]), _due(own.call), about=str(own.call))


def _undone(own: Reviewer) -> int:
    """How many wait of the first ones that have some; none that is told already, or that a conflict keeps away."""
    done = Judgement.objects.handed_in().of_what_stands().filter(reviewer=own).values("consortium")
    told = Outcome.objects.released().of_what_stands().filter(consortium__call=own.call).values("consortium")
    waiting = reviewed(own.call).exclude(pk__in=done).exclude(pk__in=told)
    for start in range(0, _MOST, _TOGETHER):
        looked_at = list(waiting[start : start + _TOGETHER])
        number = sum(line.step in _UNDONE for line in lines(own, looked_at))
        if number or len(looked_at) < _TOGETHER:
            return number
    return 0


def _due(call: Call) -> datetime | None:
    kinds = (each.due_at for each in call.deadlines.all() if each.kind == Deadline.Kind.RECOMMENDATION)
    return next(kinds, None)
