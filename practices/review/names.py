"""The names of the review's workflow and of its tasks, in the language of whoever reads them.

Wagtail keeps one name in each row and shows it to everybody. Rows are made with the names below, in whatever language;
such a name is read in the reader's own. What staff call a workflow or a task themselves stays as they wrote it.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.db.models.signals import post_init
from django.utils.translation import gettext, gettext_noop, override
from wagtail.models import Task, Workflow

from practices.review.models import AssessmentTask, EligibilityTask

WORKFLOW = gettext_noop("Practices from outside")
ELIGIBILITY, ASSESSMENT = gettext_noop("Eligibility"), gettext_noop("Assessment")


def connect() -> None:
    """Wagtail reads tasks as rows of its own models as well, so no method of ours could tell their names."""
    for model in (Workflow, Task, EligibilityTask, AssessmentTask):
        post_init.connect(_name_for_reader, sender=model, dispatch_uid=f"practices.review_names.{model.__name__}")


def _name_for_reader(*, instance: Workflow | Task, **_signal: Any) -> None:
    written = instance.__dict__.get("name")  # a deferred one is not there yet, and not to be fetched
    names = (WORKFLOW,) if isinstance(instance, Workflow) else (ELIGIBILITY, ASSESSMENT)
    for name in names:
        if written in _in_all_languages(name):
            instance.name = gettext(name)


@cache
def _in_all_languages(name: str) -> frozenset[str]:
    words = {name}
    for code, _own in settings.LANGUAGES:
        with override(code):
            words.add(gettext(name))
    return frozenset(words)
