"""The workflow in which what came from outside is reviewed: made, begun, ended."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Revision, Workflow, WorkflowState, WorkflowTask

from accounts.users.models import User
from hub.installation.setting_up import EDITORS, MODERATORS
from practices.practice.models.practice import Practice
from practices.review import names
from practices.review.models import AssessmentTask, EligibilityTask
from practices.submissions.models import Submission


def workflow() -> Workflow:
    """That of practices from outside; made where it is missing, so that sending never fails for want of it."""
    found = Workflow.objects.active().filter(workflow_tasks__task__eligibilitytask__isnull=False).order_by("pk").first()
    return found or _install()


@transaction.atomic
def _install() -> Workflow:
    """One workflow of two tasks for both groups of staff; what staff rename or regroup later stays so."""
    with override(settings.LANGUAGE_CODE):
        made = Workflow.objects.create(name=names.WORKFLOW)
        tasks = EligibilityTask(name=names.ELIGIBILITY), AssessmentTask(name=names.ASSESSMENT)
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
