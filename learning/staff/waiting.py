"""Tells staff on the first page of the admin what was written to the centre and waits to be read."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.ui.components import Component

from learning.experience.models import Experience
from learning.questions.models import Question
from learning.questions.rules import is_staff
from practices.reuse.models.reuses import Reuse


@dataclass(frozen=True)
class Waiting:
    """One kind of it: what it is called, how many there are, and the list that shows these."""

    label: str
    number: int
    url: str


def waiting() -> list[Waiting]:
    """Only what waits, each in one query."""
    kinds = [
        Waiting(gettext("Reports of reuse to check"), Reuse.objects.to_check().count(), _list(Reuse, "waiting")),
        Waiting(
            gettext("Questions that were proposed"),
            Question.objects.filter(state=Question.State.PROPOSED).count(),
            _list(Question, Question.State.PROPOSED),
        ),
        Waiting(gettext("Experiences to read"), Experience.objects.waiting().count(), _list(Experience, "waiting")),
    ]
    return [each for each in kinds if each.number]


class WaitingPanel(Component):
    """On the first page of the admin, while something waits."""

    name = "learning_waiting"
    template_name = "learning/admin/waiting_panel.html"
    order = 112

    def __init__(self, kinds: list[Waiting]) -> None:
        self.kinds = kinds

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"kinds": self.kinds}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who decide about it."""
    if is_staff(request.user) and (kinds := waiting()):
        panels.append(WaitingPanel(kinds))


def _list(model: Any, state: str) -> str:
    return f"{reverse(model.snippet_viewset.get_url_name('list'))}?state={state}"
