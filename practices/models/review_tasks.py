from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from accounts.models import User
from practices.models.practice import Practice

Action = tuple[str, Any, bool]


class ReviewTask(AbstractGroupApprovalTask):
    """A step of the review of what came from outside; what its buttons do stands in `practices/review.py`."""

    class Meta(AbstractGroupApprovalTask.Meta):
        abstract = True

    def get_actions(self, obj: Practice, user: User) -> list[Action]:
        """Name, label, and whether a form comes first."""
        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        return [self.approval, ("ask", _("Ask who sent it"), True), ("refuse", _("Refuse, with a reason"), True)]

    approval: Action = ("approve", _("Approve"), False)

    def get_form_for_action(self, action: str) -> type[Form]:
        from practices import review_forms  # forms know models, not the other way round

        return review_forms.FORMS[action]

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
