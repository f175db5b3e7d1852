"""Every mail about a submission: to who sent it, and to the centre."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from hub.site.models import SiteSettings
from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.outbox import queue
from practices.submissions.models import Submission, SubmissionEvent


def submission_received(submission: Submission) -> None:
    """It arrived; what happens now."""
    _to_submitter("practices/submission_received", submission)


def submission_eligible(submission: Submission) -> None:
    """It fits the library; now it is assessed."""
    _to_submitter("practices/submission_eligible", submission)


def submission_question(submission: Submission, event: SubmissionEvent) -> None:
    """The reviewers ask something; the answers are open again."""
    _to_submitter("practices/submission_question", submission, key=f"{event.pk}", question=event.note)


def submission_refused(submission: Submission) -> None:
    """It does not go into the library, and why."""
    _to_submitter("practices/submission_refused", submission, reason=submission.reason)


def submission_published(submission: Submission) -> None:
    """It can be read now, and where: a new practice, or the update of one."""
    kind = "practices/update_published" if submission.is_update else "practices/submission_published"
    practice = submission.practice
    language = submission.user.mail_language
    _to_submitter(kind, submission, practice_url=practice.url_in(language) if practice else settings.SITE_URL)


def submission_to_staff(submission: Submission, event: SubmissionEvent) -> None:
    """The centre hears that something waits for it; without a mailbox the admin's menu still counts it."""
    site = SiteSettings.objects.first()
    if not site or not site.contact_email or submission.practice_id is None:
        return
    edit = reverse("wagtailsnippets_practices_practice:edit", args=[submission.practice_id])
    queue(
        "practices/submission_to_staff",
        to=site.contact_email,
        language=settings.LANGUAGE_CODE,
        context={
            "title": submission.title,
            "is_update": submission.is_update,
            "is_answer": event.what == SubmissionEvent.What.ANSWERED,
            "note": event.note,
            "url": settings.SITE_URL + edit,
        },
        dedupe_key=f"{submission.about}:to_staff:{event.pk}",
        about=submission.about,
        allowance=NAMED,
    )


def _to_submitter(kind: str, submission: Submission, *, key: str = "", **more: str) -> None:
    language = submission.user.mail_language
    with override(language):
        page = settings.SITE_URL + reverse("practices:submission", args=[submission.uuid])
    queue(
        kind,
        to=submission.user.email,
        language=language,
        context={"title": submission.title, "is_update": submission.is_update, "url": page, **more},
        dedupe_key=":".join(part for part in (kind, str(submission.uuid), key) if part),
        about=submission.about,
    )
