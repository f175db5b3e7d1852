"""Consortia that wait for a judgement or for a chair, for the top of "my page"."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.profile.to_do import Task
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from consortia.consortium.models import ConsortiumQuerySet
from consortia.outcomes.models import Outcome
from consortia.reviewers.access import reviewed
from consortia.reviewers.models import Reviewer, ReviewerQuerySet
from consortia.reviewing.models import Judgement
from consortia.reviewing.progress import Line, Step, lines

# So many of a call are looked at together, by name; the next ones only while nothing waits among these.
_TOGETHER, _MOST = 25, 250
_UNDONE = (Step.STATE, Step.READ, Step.DRAFT)


def to_judge(user: User, language: str) -> Iterator[Task]:
    """A line for each call in which this person has not judged all that no conflict keeps away."""
    for own in _seats(user, Reviewer.objects.judging()):
        if number := _undone(own):
            said = ngettext("Judge %(number)d consortium", "Judge %(number)d consortia", number) % {"number": number}
            yield Task(said, reverse("consortia:reviews", args=[own.call_id]), _due(own.call), about=str(own.call))


def to_settle(user: User, language: str) -> Iterator[Task]:
    """A line for each call in which all judgements of a consortium are there, and this chair settles the outcome."""
    for own in _seats(user, Reviewer.objects.active().filter(role=Reviewer.Role.CHAIR)):
        if number := _unsettled(own):
            said = ngettext(
                "Settle what is recommended about %(number)d consortium",
                "Settle what is recommended about %(number)d consortia",
                number,
            )
            url = reverse("consortia:reviews", args=[own.call_id])
            yield Task(said % {"number": number}, url, _due(own.call), about=str(own.call))


def _seats(user: User, seats: ReviewerQuerySet) -> ReviewerQuerySet:
    """Of this person, in calls that go on; the newest first."""
    own = seats.filter(user=user, call__withdrawn_at=None).select_related("call", "user")
    return own.prefetch_related("call__deadlines").order_by("-pk")


def _unsettled(own: Reviewer) -> int:
    """How many wait for nothing but this chair, of the first ones that have some."""
    settled = Outcome.objects.of_what_stands().filter(consortium__call=own.call).values("consortium")
    return _first(
        own,
        reviewed(own.call).exclude(pk__in=settled),
        lambda line: line.handed_in >= line.expected > 0 and line.step != Step.CONFLICT,
    )


def _undone(own: Reviewer) -> int:
    """How many wait of the first ones that have some; none that is told already, or that a conflict keeps away."""
    done = Judgement.objects.handed_in().of_what_stands().filter(reviewer=own).values("consortium")
    told = Outcome.objects.released().of_what_stands().filter(consortium__call=own.call).values("consortium")
    return _first(own, reviewed(own.call).exclude(pk__in=done).exclude(pk__in=told), lambda line: line.step in _UNDONE)


def _first(own: Reviewer, waiting: ConsortiumQuerySet, waits: Callable[[Line], bool]) -> int:
    for start in range(0, _MOST, _TOGETHER):
        looked_at = list(waiting[start : start + _TOGETHER])
        number = sum(waits(line) for line in lines(own, looked_at)) if looked_at else 0
        if number or len(looked_at) < _TOGETHER:
            return number
    return 0


def _due(call: Call) -> datetime | None:
    kinds = (each.due_at for each in call.deadlines.all() if each.kind == Deadline.Kind.RECOMMENDATION)
    return next(kinds, None)
