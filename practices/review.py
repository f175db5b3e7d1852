"""The review of what came from outside: eligible, assessed, asked about, refused, published.

It runs in a Wagtail workflow; the buttons of its tasks call the verbs below, which keep the submission in step with
the workflow, write down what happened and tell who sent it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import Revision, TaskState, Workflow, WorkflowState, WorkflowTask

from accounts.models import User
from hub.installation.setting_up import EDITORS, MODERATORS
from hub.vocabularies.models import Term
from practices import emails, review_forms, review_names
from practices.answers import answers_from
from practices.models.assessment import Verdict
from practices.models.practice import Practice
from practices.models.review_tasks import AssessmentTask, EligibilityTask
from practices.models.submission import Submission, SubmissionEvent

What, By, Status = SubmissionEvent.What, SubmissionEvent.By, Submission.Status


class ReviewError(Exception):
    """What a reviewer wants cannot be done yet; the words say why."""


# --- The workflow ---------------------------------------------------------------------------------


def workflow() -> Workflow:
    """That of practices from outside; made where it is missing, so that sending never fails for want of it."""
    found = Workflow.objects.active().filter(workflow_tasks__task__eligibilitytask__isnull=False).order_by("pk").first()
    return found or _install()


@transaction.atomic
def _install() -> Workflow:
    """One workflow of two tasks for both groups of staff; what staff rename or regroup later stays so."""
    with override(settings.LANGUAGE_CODE):
        made = Workflow.objects.create(name=review_names.WORKFLOW)
        tasks = EligibilityTask(name=review_names.ELIGIBILITY), AssessmentTask(name=review_names.ASSESSMENT)
    groups = [Group.objects.get_or_create(name=name)[0] for name in (EDITORS, MODERATORS)]
    for place, task in enumerate(tasks):
        task.save()
        task.groups.set(groups)
        WorkflowTask.objects.create(workflow=made, task=task, sort_order=place)
    return made


def install() -> str:
    """A step of `manage.py setup`: says what it did, if anything."""
    before = Workflow.objects.count()
    workflow()
    return "Review of practices from outside added." if Workflow.objects.count() > before else ""


def begin(submission: Submission) -> None:
    """Put the practice of a submission before the reviewers, or back there."""
    practice = submission.practice
    if practice is None:
        raise ValueError("only a submission that became a draft can be reviewed")
    state = practice.current_workflow_state
    # Nobody is named as the one who asked for it: Wagtail would write mails of its own.
    if state is None:
        workflow().start(practice, user=None)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=None)


@transaction.atomic
def end(submission: Submission, *, by: User | None) -> None:
    """No review any more; a page that is public gets no draft with words that were not approved."""
    practice = submission.practice
    if practice is None:
        return
    state = practice.current_workflow_state
    if state:
        state.cancel(user=by)
    if practice.live and submission.revision_id:
        _take_out(practice, submission.revision_id, by=by)


def _take_out(practice: Practice, first: int, *, by: User | None) -> None:
    """The newest draft is again the one before the submission's first."""
    before: Revision | None = practice.revisions.filter(pk__lt=first).order_by("-pk").first()
    draft = before.as_object() if before else practice
    revision = draft.save_revision(user=by, previous_revision=before, log_action=bool(before), clean=False)
    if before is None or before.pk == practice.live_revision_id:
        Practice.objects.filter(pk=practice.pk).update(has_unpublished_changes=False, live_revision=revision)


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
    end(submission, by=by)
    submission.status = Status.REFUSED
    submission.reason = words
    submission.decided_at = timezone.now()
    submission.save(update_fields=["status", "reason", "decided_at"])
    submission.events.create(what=What.REFUSED, by=By.CENTRE, note=words)
    emails.submission_refused(submission)


Verb = Callable[..., None]
VERBS: dict[tuple[str, str], Verb] = {
    (task, action): verb
    for task, first in (("EligibilityTask", find_eligible), ("AssessmentTask", approve))
    for action, verb in (("approve", first), ("ask", ask), ("refuse", refuse))
}


def read_words(action: str, data: Mapping[str, Any]) -> str:
    """What the reviewer wrote, checked once more: the editor's page sends it on by itself."""
    form = review_forms.FORMS[action](data)
    if not form.is_valid():
        raise ReviewError(" ".join(str(words) for each in form.errors.values() for words in each))
    return str(form.cleaned_data.get("words", ""))


# --- What Wagtail tells ---------------------------------------------------------------------------


@transaction.atomic
def note_published(*, instance: Practice, revision: Revision, **_signal: Any) -> None:
    """A practice went live: with the words of its submission, if it is one of those. Its answers are kept no longer."""
    waiting = Submission.objects.under_review().filter(practice=instance, revision_id__lte=revision.pk)
    submission = waiting.select_for_update(of=("self",)).select_related("practice", "user").first()
    if submission is None or not instance.live:
        return
    submission.status = Status.PUBLISHED
    submission.decided_at = timezone.now()
    submission.answers, submission.base = {}, {}
    submission.save(update_fields=["status", "decided_at", "answers", "base"])
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
