"""How a submission comes about: begun, saved step by step, sent, answered, withdrawn, forgotten.

What changes one locks its row first, so that two tabs or two clicks come one after the other.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.privacy.keeping import Moment
from accounts.users.models import User
from practices.contributing.rules import organisations_of
from practices.contributing.step_form import StepForm, stamp
from practices.contributing.steps import STEPS, saved_form
from practices.editing.admin import free_slug
from practices.practice.models.practice import Practice
from practices.review import workflow
from practices.submissions import emails, files
from practices.submissions.draft_from_submission import answers_from, changed, fill
from practices.submissions.keeping_times import DECIDED, DRAFTS
from practices.submissions.models import Answers, Submission, SubmissionEvent, SubmissionFile

MOST_DRAFTS = 5

What, By, Status = SubmissionEvent.What, SubmissionEvent.By, Submission.Status


class TooManyDraftsError(Exception):
    """This person has as many drafts as one may have."""


class ChangedElsewhereError(Exception):
    """Since the page was made, somebody saved other answers: another tab, or another device."""


class NotEditableError(Exception):
    """It is not the writer's turn: sent, decided or withdrawn."""


class IncompleteError(Exception):
    """Answers are missing or no longer good, or nothing was changed."""


class BusyError(Exception):
    """Something else about this practice is under review already."""


@transaction.atomic
def start(*, user: User, language: str) -> Submission:
    """A new draft of a practice that is not in the library."""
    _check_room(user)
    return Submission.objects.create(user=user, language=language)


@transaction.atomic
def start_update(*, user: User, practice: Practice, language: str) -> Submission:
    """A draft that changes a published practice; one that is open already is found again.

    Raises BusyError while something about it is under review: what is written now could not be sent.
    """
    _lock(user)
    if practice.awaits_decision:
        raise BusyError
    own = Submission.objects.of(user).filter(practice=practice, language=language, status__in=Submission.EDITABLE)
    if known := own.first():
        return known
    _check_room(user)
    told = answers_from(practice, language)
    return Submission.objects.create(
        user=user,
        practice=practice,
        is_update=True,
        language=language,
        title=told["title"],
        answers=told,
        base=dict(told),
    )


def _lock(user: User) -> None:
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)


def _check_room(user: User) -> None:
    _lock(user)
    if Submission.objects.of(user).drafts().count() >= MOST_DRAFTS:
        raise TooManyDraftsError


@transaction.atomic
def save_step(submission: Submission, *, number: int, answers: Answers, seen: str) -> None:
    """Keep the answers of one step; `seen` is the stamp of what the page showed."""
    current = hold(submission)
    if not current.is_editable:
        raise NotEditableError
    saved = {name: current.answers.get(name) for name in answers}
    if stamp(saved) != seen and stamp(saved) != stamp(answers):
        raise ChangedElsewhereError
    current.answers |= answers
    current.title = current.answers.get("title") or ""
    current.changed_at = timezone.now()
    current.save(update_fields=["answers", "title", "changed_at"])


def hold(submission: Submission) -> Submission:
    """The row as it is now, for this transaction alone. Raises NotEditableError when it is gone."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("practice", "user")
    held = rows.filter(pk=submission.pk).first()
    if held is None:
        raise NotEditableError
    return held


def steps_of(submission: Submission) -> list[StepForm]:
    """Every step with what was saved, checked."""
    organisations = organisations_of(submission.user, submission.practice)
    return [saved_form(number, submission, organisations) for number in range(1, len(STEPS) + 1)]


def is_complete(submission: Submission) -> bool:
    """Whether everything is there that must be."""
    return not any(form.lacking() or form.errors for form in steps_of(submission))


@transaction.atomic
def send(submission: Submission, *, seen: str, consent_wording: str, reply: str = "") -> bool:
    """Put it before the reviewers, for the first time or after their question; False when it was sent already."""
    current = hold(submission)
    if not current.is_editable:
        if current.is_under_review:
            return False
        raise NotEditableError
    if stamp(current.answers) != seen:
        raise ChangedElsewhereError
    if not is_complete(current) or not (changed(current) or reply):
        raise IncompleteError
    is_first = current.is_draft
    practice = current.practice or Practice(live=False, original_language=current.language)
    if is_first and practice.pk:
        # One at a time: whoever reviews looks at one proposal, not at a mixture of two.
        Practice.objects.select_for_update(no_key=True).only("pk").get(pk=practice.pk)
        if practice.awaits_decision:
            raise BusyError
    revision = _write(practice, current)
    current.practice = practice
    current.revision = current.revision or revision
    current.status = Status.SUBMITTED
    current.sent_at = timezone.now()
    current.changed_at = current.sent_at
    current.consent_wording = consent_wording
    current.save()
    event = current.events.create(what=What.SENT if is_first else What.ANSWERED, by=By.SUBMITTER, note=reply)
    workflow.begin(current)
    if is_first:
        emails.submission_received(current)
    emails.submission_to_staff(current, event)
    return True


def _write(practice: Practice, submission: Submission) -> Any:
    """The draft of the practice with these answers; a page that is public stays as it is."""
    draft = practice.get_latest_revision_as_object() if practice.pk else practice
    fill(draft, submission)
    if not practice.pk:
        _save_new(practice, submission.title)
    return draft.save_revision(user=submission.user, log_action=True)


def _save_new(practice: Practice, title: str) -> None:
    """Under an address that is still free when it is saved: another practice of that name may come in between."""
    for _attempt in range(10):
        try:
            with transaction.atomic():
                practice.save()
            return
        except IntegrityError:
            practice.slug = free_slug(title)
    raise BusyError


@transaction.atomic
def withdraw(submission: Submission) -> bool:
    """The writer takes it back; a draft that nobody saw is gone at once. False when there was nothing to take back."""
    try:
        current = hold(submission)
    except NotEditableError:
        return False
    if current.is_draft:
        discard(current)
        return True
    if not current.is_under_review:
        return False
    workflow.end(current, by=None)
    current.status = Status.WITHDRAWN
    current.decided_at = timezone.now()
    current.save(update_fields=["status", "decided_at"])
    current.events.create(what=What.WITHDRAWN, by=By.SUBMITTER)
    return True


@transaction.atomic
def discard(submission: Submission) -> None:
    """Delete it with its files."""
    for file in submission.files.all():
        files.remove(file)
    submission.delete()


def due_drafts(at: Moment) -> QuerySet[Submission]:
    """Drafts that nobody came back to for long before that moment."""
    return Submission.objects.drafts().filter(changed_at__lt=at - DRAFTS.span)


def due_decided(at: Moment) -> QuerySet[Submission]:
    """What was decided long before that moment, as long as its answers or files are there."""
    files_of = SubmissionFile.objects.filter(submission=OuterRef("pk"))
    decided = Submission.objects.filter(decided_at__lt=at - DECIDED.span)
    return decided.filter(~Q(answers={}) | ~Q(base={}) | Exists(files_of))


def forget_drafts() -> int:
    """Delete such drafts; returns how many."""
    abandoned = list(due_drafts(timezone.now()))
    for each in abandoned:
        discard(each)
    return len(abandoned)


def forget_decided() -> int:
    """Delete such answers and files; returns of how many submissions."""
    return sum(_forget(each) for each in due_decided(timezone.now()))


@transaction.atomic
def _forget(submission: Submission) -> int:
    for file in submission.files.all():
        files.remove(file)
    return Submission.objects.filter(pk=submission.pk).update(answers={}, base={})
