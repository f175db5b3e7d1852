"""The names of the review's workflow and of its tasks, which are read in the language of whoever reads them."""

from django.utils.translation import gettext_noop
from wagtail.models import Task, Workflow

from hub.languages import kept_names
from practices.review.models import AssessmentTask, EligibilityTask

WORKFLOW = gettext_noop("Practices from outside")
ELIGIBILITY, ASSESSMENT = gettext_noop("Eligibility"), gettext_noop("Assessment")


def connect() -> None:
    """Called once when Django starts."""
    kept_names.tell(WORKFLOW, Workflow)
    for name in (ELIGIBILITY, ASSESSMENT):
        kept_names.tell(name, Task, EligibilityTask, AssessmentTask)
