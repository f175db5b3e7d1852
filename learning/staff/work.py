"""What was written to the centre and waits to be read, and notes that cite what has changed."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from accounts.day.work import Line
from accounts.records import lists
from learning.experience.models import Experience
from learning.notes import stirred
from learning.notes.pages import NotePage
from learning.questions.models import Question
from learning.questions.rules import is_staff


def work(user: Any) -> Iterator[Line]:
    """For those who decide about it."""
    if not is_staff(user):
        return
    proposed = Question.State.PROPOSED
    yield Line(
        gettext("Questions that were proposed"),
        f"{lists.url(Question)}?state={proposed}",
        Question.objects.filter(state=proposed),
    )
    yield Line(gettext("Experiences to read"), f"{lists.url(Experience)}?state=waiting", Experience.objects.waiting())
    yield Line(
        gettext("Policy notes that cite what has changed since"),
        reverse("learning_admin_stirred"),
        NotePage.objects.filter(pk__in=stirred.keys()),
    )
