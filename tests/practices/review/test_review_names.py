"""Staff read the names of the review's workflow and tasks in the language of their admin."""

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Task, Workflow
from wagtail.users.models import UserProfile

from accounts.users.models import User
from practices.review import workflow as review_workflow
from practices.review.models import AssessmentTask, EligibilityTask
from tests.factories.submissions import sent
from tests.practices.review.review_buttons import NAMES, press

pytestmark = pytest.mark.django_db

TASKS = {
    "nl": ("Past het?", "Beoordeling"),
    "fr": ("Admissibilité", "Évaluation"),
    "de": ("Passt es?", "Bewertung"),
    "en": ("Eligibility", "Assessment"),
}


def parts(page: Any, pattern: str) -> str:
    """Those parts of a page."""
    return unescape(" ".join(re.findall(pattern, page.content.decode(), re.DOTALL)))


@pytest.mark.parametrize("language", TASKS)
def test_the_admin_names_them_in_the_language_of_who_reads(
    editor: Client, editor_user: User, partner_user: User, language: str
) -> None:
    submission = sent(partner_user)
    UserProfile.objects.update_or_create(user=editor_user, defaults={"preferred_language": language})
    others = {word for code, words in TASKS.items() if code != language for word in words}
    edit = reverse(f"{NAMES}:edit", args=[submission.practice_id])
    status = parts(editor.get(edit), r'w-label-3 w-flex-1">(.*?)</div>')
    waiting = parts(editor.get("/admin/"), r'<td class="tasks">(.*?)</td>')
    press(editor, submission, "ask", words="?")
    again = parts(editor.get(edit), r'name="action-submit"(.*?)>')
    first, second = TASKS[language]
    assert all(first in each for each in (status, waiting, again))
    assert second in waiting
    for word in others:
        assert word not in status + waiting + again, word


@pytest.mark.parametrize("made_in", TASKS)
def test_the_language_in_which_they_were_made_does_not_matter(made_in: str) -> None:
    Workflow.objects.all().delete()
    Task.objects.all().delete()
    with override("en"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LANGUAGE_CODE", made_in)
        workflow = review_workflow.workflow()
    assert list(Workflow.objects.values_list("name", flat=True)) == [workflow.name]
    for language, names in TASKS.items():
        with override(language):
            assert tuple(task.name for task in workflow.tasks) == names
            assert tuple(str(task) for task in workflow.tasks.specific()) == names
            assert Workflow.objects.get().name == gettext("Practices from outside")


def test_what_staff_call_them_stays(django_assert_num_queries: Any) -> None:
    workflow = review_workflow.workflow()
    Workflow.objects.filter(pk=workflow.pk).update(name="Van buiten, per thema")
    EligibilityTask.objects.create(name="Second look")
    AssessmentTask.objects.update(name="Jury")
    for language in TASKS:
        with override(language):
            assert Workflow.objects.get(pk=workflow.pk).name == "Van buiten, per thema"
            assert Task.objects.get(name="Second look").name == "Second look"
            assert workflow.tasks.last().name == "Jury"
    with django_assert_num_queries(1):
        assert len(Task.objects.only("pk")) == 4, "a name that nobody asks for is not fetched"
