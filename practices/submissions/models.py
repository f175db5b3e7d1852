import uuid
from pathlib import PurePath
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from hub.files.private import FOLDER, PrivateFileField
from practices.practice.models.practice import Practice
from practices.submissions.keeping_times import DECIDED

Answers = dict[str, Any]
# The answers that are written in the language of the submission.
WORDS = {"title", "summary", "what", "results", "needs", "steps"}
PRIVATE = f"{FOLDER}/submissions"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def of(self, user: User) -> Self:
        """Those of one person: nobody else finds them."""
        return self.filter(user=user)

    def drafts(self) -> Self:
        """Those that were never sent."""
        return self.filter(status=Submission.Status.DRAFT)

    def sent(self) -> Self:
        """What staff see: a draft is its writer's alone."""
        return self.exclude(status=Submission.Status.DRAFT).exclude(sent_at=None)

    def under_review(self) -> Self:
        """Those that wait for a decision, whoever's turn it is."""
        return self.filter(status__in=Submission.UNDER_REVIEW)

    def turned_away(self) -> Self:
        """Those with a new practice that came to nothing: refused by the centre, or taken back by their writer."""
        return self.filter(is_update=False, status__in=[Submission.Status.REFUSED, Submission.Status.WITHDRAWN])


class Submission(models.Model):
    """What somebody from outside tells about a practice, from the first draft to the decision.

    `answers` are the form's, term codes and plain words; `base` is what they were when the writer got them to change:
    only what differs is put into the practice. What is sent becomes a draft of the practice and is reviewed there.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("under review")
        QUESTIONS = "questions", _("waiting for the sender’s answer")
        REFUSED = "refused", _("refused")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    UNDER_REVIEW = (Status.SUBMITTED, Status.QUESTIONS)
    EDITABLE = (Status.DRAFT, Status.QUESTIONS)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.CASCADE,
        related_name="submissions",
    )
    practice = models.ForeignKey(
        Practice,
        verbose_name=_("practice"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
    )
    is_update = models.BooleanField(_("update of a published practice"), default=False)
    language = models.CharField(_("language"), max_length=5)
    title = models.CharField(_("title"), max_length=160, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    base = models.JSONField(default=dict, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    reason = models.TextField(_("reason for the refusal"), blank=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The first one that holds these words.",
    )
    consent_wording = models.TextField(_("wording agreed to"), blank=True)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    changed_at = models.DateTimeField(_("changed at"), db_default=Now(), editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=models.Q(status__in=["submitted", "questions"]),
                name="submission_one_under_review_per_practice",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "withdrawn"])
                | (models.Q(sent_at__isnull=False) & ~models.Q(consent_wording="")),
                name="submission_sent_with_consent",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "submitted", "questions"], decided_at__isnull=True)
                | models.Q(status__in=["refused", "published", "withdrawn"], decided_at__isnull=False),
                name="submission_decided_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="refused") | ~models.Q(reason=""),
                name="submission_refused_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["status", "changed_at"], name="submission_status_changed")]

    def __str__(self) -> str:
        return self.title or str(_("Practice without a title yet"))

    @property
    def days_kept(self) -> int:
        """How long after the decision its answers and files can still be read."""
        return DECIDED.days

    @property
    def is_draft(self) -> bool:
        """Whether it was never sent."""
        return self.status == self.Status.DRAFT

    @property
    def is_editable(self) -> bool:
        """Whether it is the writer's turn."""
        return self.status in self.EDITABLE

    @property
    def is_under_review(self) -> bool:
        """Whether a decision is still to come."""
        return self.status in self.UNDER_REVIEW

    @property
    def about(self) -> str:
        """Under which name the outbox finds its mails."""
        return f"submission:{self.pk}"


class SubmissionEvent(models.Model):
    """One step of a submission's way, in the words that the writer and staff both see: roles, never names."""

    class What(models.TextChoices):
        SENT = "sent", _("Sent to the centre")
        ELIGIBLE = "eligible", _("It fits the library; the assessment begins")
        QUESTION = "question", _("The centre asks")
        ANSWERED = "answered", _("Answered and sent again")
        RESUMED = "resumed", _("The centre goes on without an answer")
        REFUSED = "refused", _("Refused")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class By(models.TextChoices):
        SUBMITTER = "submitter", _("who sent it")
        CENTRE = "centre", _("the centre")

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.CASCADE, related_name="events"
    )
    what = models.CharField(_("what happened"), max_length=10, choices=What)
    by = models.CharField(_("by"), max_length=10, choices=By)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("step of a submission")
        verbose_name_plural = _("steps of submissions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_what_display()


def private_place(file: "SubmissionFile", name: str) -> str:
    """Where a file lies: nothing of the name that somebody gave it but its ending, which was checked."""
    return f"{PRIVATE}/{file.submission.uuid.hex}/{file.uuid.hex}{PurePath(name).suffix.lower()}"


class SubmissionFile(models.Model):
    """A file that goes with a submission, for the reviewers alone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(_("name"), max_length=120)
    file = PrivateFileField(_("file"), max_length=200, upload_to=private_place)
    size = models.PositiveIntegerField(_("size"))
    uploaded_at = models.DateTimeField(_("uploaded at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
