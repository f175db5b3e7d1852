"""Submissions that wait for their sender, for the top of "my page"."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.to_do import SHOWN, Task
from accounts.users.models import User
from practices.submissions.models import Submission


def to_complete(user: User, language: str) -> Iterator[Task]:
    """What the editors asked about, and drafts that were not sent."""
    mine = Submission.objects.of(user)
    for each in mine.filter(status=Submission.Status.QUESTIONS)[:SHOWN]:
        said = gettext("Answer the editors’ questions about “%(title)s”") % {"title": each}
        yield Task(said, reverse("practices:submission", args=[each.uuid]))
    for each in mine.drafts()[:SHOWN]:
        yield Task(
            gettext("Finish and send “%(title)s”") % {"title": each}, reverse("practices:submission", args=[each.uuid])
        )
