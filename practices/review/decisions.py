"""The review of what came from outside: eligible, assessed, asked about, refused, published.

The buttons of the workflow's tasks call the verbs below, which keep the submission in step with the workflow, write
down what happened and tell who sent it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Revision, TaskState

from accounts.users.models import User
from hub.vocabularies.models import Term
from practices.assessment.models import Verdict
from practices.practice.models.practice import Practice
from practices.review import forms, workflow
from practices.review.models import AssessmentTask, EligibilityTask, ReviewAction, register_action
from practices.submissions import emails
from practices.submissions.draft_from_submission import answers_from
from practices.submissions.models import Submission, SubmissionEvent

What, By, Status = SubmissionEvent.What, SubmissionEvent.By, Submission.Status


class ReviewError(Exception):
    """What a reviewer wants cannot be done yet; the words say why."""


# --- What the buttons do --------------------------------------------------------------------------


def submission_of(task_state: TaskState) -> Submission | None:
    """The submission that a task is about, held until the transaction ends."""
    under_review = Submission.objects.under_review().filter(practice_id=task_state.workflow_state.object_id)
    return under_review.select_for_update(of=("self",)).select_related("practice", "user").first()


def missing_judgements(practice: Practice) -> list[Term]:
    """The criteria that lack a judgement or its reason."""
    judged = {
        row.criterion_id
        for row in practice.judgements.all()
        if row.verdict != Verdict.NOT_JUDGED and str(row.reason).strip()
    }
    return [term for term in Term.objects.of("criterion") if term.pk not in judged]


@transaction.atomic
def find_eligible(task_state: TaskState, *, by: User, words: str = "") -> None:
    """It belongs in the library: on to the assessment."""
    submission = submission_of(task_state)
    task_state.approve(user=by)
    if submission:
        submission.events.create(what=What.ELIGIBLE, by=By.CENTRE)
        emails.submission_eligible(submission)


@transaction.atomic
def approve(task_state: TaskState, *, by: User, words: str = "") -> None:
    """It is assessed: publish it as it stands now. Publishing tells who sent it (`note_published`)."""
    submission_of(task_state)
    practice: Practice = task_state.workflow_state.content_object
    draft = practice.get_latest_revision_as_object()
    if missing := missing_judgements(draft):
        named = {"criteria": ", ".join(str(term.label) for term in missing)}
        raise ReviewError(gettext("These criteria lack a judgement with a reason: %(criteria)s.") % named)
    if not draft.assessed_by:
        raise ReviewError(gettext("Say who assessed it: choose a role above the criteria."))
    draft.checked_on = timezone.localdate()
    draft.save_revision(user=by, clean=False)
    practice.refresh_from_db(fields=["latest_revision", "has_unpublished_changes"])
    task_state.approve(user=by)


@transaction.atomic
def ask(task_state: TaskState, *, by: User, words: str) -> None:
    """Back to who sent it, with a question; they see the practice as the reviewers left it."""
    submission = submission_of(task_state)
    if submission is None or submission.practice is None:
        raise ReviewError(gettext("Nobody from outside sent this practice; there is no one to ask."))
    task_state.reject(user=by, comment=words)
    told = answers_from(submission.practice.get_latest_revision_as_object(), submission.language)
    submission.status = Status.QUESTIONS
    submission.title = told["title"]
    submission.answers, submission.base = told, dict(told)
    submission.save(update_fields=["status", "title", "answers", "base"])
    event = submission.events.create(what=What.QUESTION, by=By.CENTRE, note=words)
    emails.submission_question(submission, event)


@transaction.atomic
def refuse(task_state: TaskState, *, by: User, words: str) -> None:
    """It does not go into the library; who sent it hears why."""
    submission = submission_of(task_state)
    if submission is None:
        task_state.workflow_state.cancel(user=by)
        return
    _refuse(submission, by=by, words=words)


@transaction.atomic
def refuse_unanswered(submission: Submission, *, by: User, words: str) -> None:
    """The same while a question waits for its answer: no task is open then, and Wagtail has no button."""
    held = Submission.objects.select_for_update(of=("self",)).select_related("practice", "user").get(pk=submission.pk)
    if held.status != Status.QUESTIONS:
        raise ReviewError(gettext("It was answered, taken back or decided meanwhile. Look at it once more."))
    _refuse(held, by=by, words=words)


def _refuse(submission: Submission, *, by: User, words: str) -> None:
    workflow.end(submission, by=by)
    submission.status = Status.REFUSED
    submission.reason = words
    submission.decided_at = timezone.now()
    submission.save(update_fields=["status", "reason", "decided_at"])
    submission.events.create(what=What.REFUSED, by=By.CENTRE, note=words)
    emails.submission_refused(submission)


Verb = Callable[..., None]


def register() -> None:
    """Tells the tasks which form comes before each of their buttons, and what it does."""
    for task, first in ((EligibilityTask, find_eligible), (AssessmentTask, approve)):
        for name, verb in (("approve", first), ("ask", ask), ("refuse", refuse)):
            form = forms.FORMS[name]
            register_action(task, name, ReviewAction(form, partial(_act, form, verb)))


def _act(form_class: type[Form], verb: Verb, task_state: TaskState, *, by: User, data: Mapping[str, Any]) -> None:
    """With what the reviewer wrote, checked once more: the editor's page sends it on by itself."""
    form = form_class(data)
    if not form.is_valid():
        raise ReviewError(" ".join(str(words) for each in form.errors.values() for words in each))
    verb(task_state, by=by, words=str(form.cleaned_data.get("words", "")))


# --- What Wagtail tells ---------------------------------------------------------------------------


@transaction.atomic
def note_published(*, instance: Practice, revision: Revision, **_signal: Any) -> None:
    """A practice went live: with the words of its submission, if it is one of those."""
    waiting = Submission.objects.under_review().filter(practice=instance, revision_id__lte=revision.pk)
    submission = waiting.select_for_update(of=("self",)).select_related("practice", "user").first()
    if submission is None or not instance.live:
        return
    submission.status = Status.PUBLISHED
    submission.decided_at = timezone.now()
    submission.save(update_fields=["status", "decided_at"])
    submission.events.create(what=What.PUBLISHED, by=By.CENTRE)
    emails.submission_published(submission)


@transaction.atomic
def note_resumed(*, instance: TaskState, user: User | None = None, **_signal: Any) -> None:
    """A task begins although the answer has not come: staff took the practice up again themselves."""
    if user is None:
        return
    submission = submission_of(instance)
    if submission is None or submission.status != Status.QUESTIONS:
        return
    submission.status = Status.SUBMITTED
    submission.save(update_fields=["status"])
    submission.events.create(what=What.RESUMED, by=By.CENTRE)
