from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CheckboxSelectMultiple, Form
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from accounts.users.models import User
from practices.practice.models.practice import Practice

Button = tuple[str, Any, bool]


@dataclass(frozen=True)
class ReviewAction:
    """What a button of the review does: the form that comes first, and what is called with the data of that form."""

    form: type[Form]
    act: Callable[..., None]


_ACTIONS: dict[tuple[type["ReviewTask"], str], ReviewAction] = {}


def register_action(task: type["ReviewTask"], name: str, action: ReviewAction) -> None:
    """Called when Django starts, by the review: its verbs know the tasks, and no task knows them."""
    _ACTIONS[task, name] = action


class ReviewTask(Task):
    """A step of the review of what came from outside; what its buttons do, the review registers.

    Not Wagtail's own approval by groups: that one mails each member within the request, past the outbox.
    """

    groups = models.ManyToManyField(
        Group, verbose_name=_("groups"), help_text=_("Who reviews at this step."), related_name="+"
    )

    admin_form_fields = [*Task.admin_form_fields, "groups"]
    admin_form_widgets = {"groups": CheckboxSelectMultiple}
    approval: ClassVar[Button]

    class Meta:
        abstract = True

    def _reviews(self, user: User) -> bool:
        return user.is_superuser or self.groups.filter(pk__in=user.groups.values("pk")).exists()

    def user_can_access_editor(self, obj: Practice, user: User) -> bool:
        """Reviewers edit what they review."""
        return self._reviews(user)

    def locked_for_user(self, obj: Practice, user: User) -> bool:
        """Nobody else does meanwhile."""
        return not self._reviews(user)

    def get_actions(self, obj: Practice, user: User) -> list[Button]:
        """Name, label, and whether a form comes first."""
        if not self._reviews(user):
            return []
        return [self.approval, ("ask", _("Ask who sent it"), True), ("refuse", _("Refuse, with a reason"), True)]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet[TaskState]:
        """For the admin's list of what waits for somebody."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting if self._reviews(user) else waiting.none()

    def get_form_for_action(self, action: str) -> type[Form]:
        known = _ACTIONS.get((type(self), action))
        return known.form if known else Form

    def on_action(self, task_state: TaskState, user: User, action_name: str, **data: Any) -> None:
        action = _ACTIONS.get((type(self), action_name))
        if action is None:
            raise PermissionDenied
        action.act(task_state, by=user, data=data)


class EligibilityTask(ReviewTask):
    """Does it belong in the library at all?"""

    approval = ("approve", _("It fits: on to the assessment"), False)

    class Meta:
        verbose_name = _("eligibility check of a practice")
        verbose_name_plural = _("eligibility checks of practices")

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of these groups check whether what was sent belongs in the library.")


class AssessmentTask(ReviewTask):
    """Is it good? A judgement with a reason for each criterion; then it is published."""

    approval = ("approve", _("Approve"), False)

    class Meta:
        verbose_name = _("assessment of a practice")
        verbose_name_plural = _("assessments of practices")

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of these groups assess the practice by every criterion and publish it.")
