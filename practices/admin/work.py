"""What waits for staff in the library: what was sent in, what grows old, what is not published."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from accounts.day.work import Line
from accounts.records import lists
from practices.admin.practice_list import STATUSES, unanswered
from practices.practice.models.practice import Practice
from practices.reconfirmation.owner_requests import too_old
from practices.reuse import rules
from practices.reuse.models.reuses import Reuse
from practices.submissions.models import Submission


def work(user: Any) -> Iterator[Line]:
    """For those who may open the lists."""
    if user.has_perm("practices.view_submission"):
        to_review = Submission.objects.filter(status=Submission.Status.SUBMITTED)
        yield Line(gettext("Submissions to review"), f"{lists.url(Submission)}?status=submitted", to_review)
    if rules.is_staff(user):
        yield Line(gettext("Reports of reuse to check"), f"{lists.url(Reuse)}?state=waiting", Reuse.objects.to_check())
    if any(user.has_perm(f"practices.{action}_practice") for action in ("view", "change")):
        yield from _library()


def _library() -> Iterator[Line]:
    practices = lists.url(Practice)
    live = Practice.objects.filter(STATUSES["published"][1]())
    yield Line(
        gettext("Practices to check"),
        f"{practices}?status=published&task=check",
        live.known_until(too_old(timezone.localdate())),
    )
    yield Line(
        gettext("Practices to ask about again: nobody answered"),
        f"{practices}?status=published&task=unanswered",
        unanswered(live),
    )
    for status, label in (
        ("changes", gettext("Practices with changes that are not published")),
        ("draft", gettext("Practices in draft")),
    ):
        yield Line(label, f"{practices}?status={status}", Practice.objects.filter(STATUSES[status][1]()))
