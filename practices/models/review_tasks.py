from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CheckboxSelectMultiple, Form
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from accounts.models import User
from practices.models.practice import Practice

Action = tuple[str, Any, bool]


class ReviewTask(Task):
    """A step of the review of what came from outside; what its buttons do stands in `practices/review.py`.

    Not Wagtail's own approval by groups: that one mails each member within the request, past the outbox.
    """

    groups = models.ManyToManyField(
        Group, verbose_name=_("groups"), help_text=_("Who reviews at this step."), related_name="+"
    )

    admin_form_fields = [*Task.admin_form_fields, "groups"]
    admin_form_widgets = {"groups": CheckboxSelectMultiple}
    approval: ClassVar[Action]

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

    def get_actions(self, obj: Practice, user: User) -> list[Action]:
        """Name, label, and whether a form comes first."""
        if not self._reviews(user):
            return []
        return [self.approval, ("ask", _("Ask who sent it"), True), ("refuse", _("Refuse, with a reason"), True)]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet[TaskState]:
        """For the admin's list of what waits for somebody."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting if self._reviews(user) else waiting.none()

    def get_form_for_action(self, action: str) -> type[Form]:
        from practices import review_forms  # forms know models, not the other way round

        return review_forms.FORMS.get(action, review_forms.ApprovalForm)

    def on_action(self, task_state: TaskState, user: User, action_name: str, **words: Any) -> None:
        from practices import review

        verb = review.VERBS.get((type(self).__name__, action_name))
        if verb is None:
            raise PermissionDenied
        verb(task_state, by=user, words=review.read_words(action_name, words))


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
