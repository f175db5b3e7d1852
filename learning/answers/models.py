from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from hub.languages.reading_order import in_reading_order
from hub.search import full_text
from learning.questions.models import Question
from practices.practice.models.texts import PracticeText
from practices.practice.presentation import text_for

LONGEST_ANSWER = 4_000
LONGEST_REASON = 1_000


class VersionQuerySet(models.QuerySet["AnswerVersion"]):
    def current(self) -> Self:
        """Of each question the last one."""
        last = AnswerVersion.objects.filter(question=OuterRef("question")).order_by("-number").values("pk")[:1]
        return self.filter(pk=Subquery(last))

    def public(self) -> Self:
        """Those of questions that a visitor may see."""
        return self.filter(question__state__in=Question.PUBLIC)

    def with_words(self) -> Self:
        """Each with its words in every language, in one query for all."""
        return self.prefetch_related(models.Prefetch("texts", AnswerText.objects.defer("search_vector")))

    def with_evidence(self) -> Self:
        """Each with what it rests on and what this is called in every language, in three queries for all."""
        rows = Evidence.objects.select_related("practice")
        texts = models.Prefetch("practice__texts", PracticeText.objects.only("practice_id", "language", "title"))
        return self.prefetch_related(models.Prefetch("evidence", rows.prefetch_related(texts)))


class AnswerVersion(models.Model):
    """What the answer was from a moment on. The highest number counts, and triggers keep each version as it is."""

    class Confidence(models.TextChoices):
        UNKNOWN = "unknown", _("We do not know yet")
        SIGNS = "signs", _("First signs")
        FAIRLY = "fairly", _("Fairly sure")
        SURE = "sure", _("Sure, for now")

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="answer_versions"
    )
    number = models.PositiveIntegerField(_("version"))
    original_language = models.CharField(_("original language"), max_length=5)
    confidence = models.CharField(_("how sure"), max_length=10, choices=Confidence)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # As the organisation was called then: a record does not follow a profile.
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an answer")
        verbose_name_plural = _("versions of answers")
        ordering = ["-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="answer_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="answer_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(confidence__in=["unknown", "signs", "fairly", "sure"]), name="answer_is_so_sure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} ({self.number})"

    def text_in(self, language: str) -> "AnswerText | None":
        """The words that serve a reader of this language best; prefetch `with_words` for lists."""
        return next(iter(in_reading_order(self.texts.all(), language, self.original_language)), None)


class AnswerText(models.Model):
    """A version in one language: the answer, what changed, and on the strength of what.

    Another language may come later; what is there stays as it is.
    """

    version = models.ForeignKey(AnswerVersion, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5)
    text = models.TextField(_("answer"), max_length=LONGEST_ANSWER)
    # Of every version but the first; a trigger asks for both.
    changed = models.TextField(_("what changed"), blank=True, default="", max_length=LONGEST_REASON)
    because = models.TextField(_("on the strength of what"), blank=True, default="", max_length=LONGEST_REASON)
    search_vector = full_text.row_vector(text="A")

    class Meta:
        verbose_name = _("text of an answer")
        verbose_name_plural = _("texts of answers")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="answer_text_once_per_language"),
            models.CheckConstraint(condition=~Q(text=""), name="answer_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} ({self.language})"


class Evidence(models.Model):
    """A practice or an event that a version of an answer rests on; its name stays when it is taken away."""

    version = models.ForeignKey(AnswerVersion, on_delete=models.CASCADE, related_name="evidence")
    practice: Any = models.ForeignKey(
        "practices.Practice",
        verbose_name=_("practice"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    event: Any = models.ForeignKey(
        "events.Event", verbose_name=_("event"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    label = models.CharField(_("name"), max_length=300)

    class Meta:
        verbose_name = _("evidence of an answer")
        verbose_name_plural = _("evidence of answers")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(practice=None) | Q(event=None), name="evidence_is_one_thing"),
        ]

    def __str__(self) -> str:
        return self.label

    def title_in(self, language: str) -> str:
        """What a published practice is called in this language; else what it was called then."""
        practice = self.practice
        if practice is None or not practice.live:
            return self.label
        text = text_for(practice.texts.all(), language, practice.original_language)
        return text.title if text else self.label

    @property
    def url(self) -> str:
        """The page of a published practice."""
        return self.practice.get_absolute_url() if self.practice and self.practice.live else ""
