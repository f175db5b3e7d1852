from typing import Self

from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nTextField

from calls.chain.models import Call


class CallQuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> Self:
        """Questions that staff put on the page, with or without an answer, of calls that a visitor may see."""
        return self.shown().filter(call__in=Call.objects.public())

    def shown(self) -> Self:
        """Those that staff put on the page, wherever the page is."""
        return self.filter(status__in=[Question.Status.SHOWN, Question.Status.ANSWERED])

    def to_do(self) -> Self:
        """Those that still want an answer."""
        return self.filter(status__in=[Question.Status.WAITING, Question.Status.SHOWN])


class Question(models.Model):
    """What somebody asks about a call. Staff answer in public or refuse; who asked is never shown.

    `asked` are the asker's own words and stay inside; `wording` is what the page shows, which staff may mend and
    translate. Name and address go once they are of no more use (`calls.questions.answering.forget_askers`).
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SHOWN = "shown", _("shown, without an answer")
        ANSWERED = "answered", _("answered")
        REFUSED = "refused", _("refused")

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="questions")
    language = models.CharField(_("language it was asked in"), max_length=5)
    asked = models.TextField(_("question as it was asked"), blank=True)
    wording = I18nTextField(
        _("question as the page shows it"), help_text=_("In as many languages as you can; leave out names.")
    )
    answer = I18nTextField(_("answer"), blank=True, default="")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    refusal = models.TextField(
        _("reason for the refusal"), blank=True, help_text=_("For the asker alone, in the language of the question.")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    fingerprint = models.CharField(
        max_length=64, null=True, blank=True, unique=True, editable=False
    )  # nothing is unique, "" is not
    asked_at = models.DateTimeField(pgettext_lazy("a question", "asked at"), db_default=Now())
    decided_at = models.DateTimeField(_("answered or refused at"), null=True, blank=True, editable=False)
    corrected_at = models.DateTimeField(
        _("answer corrected at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When words that people could read already were last replaced."),
    )

    objects = CallQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = [F("decided_at").desc(nulls_first=True), "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["waiting", "shown"], decided_at__isnull=True)
                | models.Q(status__in=["answered", "refused"], decided_at__isnull=False),
                name="question_decided_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="answered") | ~models.Q(answer__in=["", "{}"]),
                name="question_answered_has_an_answer",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="refused") | ~models.Q(refusal=""),
                name="question_refused_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["call", "status"], name="question_call_status")]

    def __str__(self) -> str:
        return Truncator(" ".join(str(self.wording).split())).chars(100)

    @property
    def is_shown(self) -> bool:
        """Whether staff put it on the page."""
        return self.status in {self.Status.SHOWN, self.Status.ANSWERED}

    @property
    def topic(self) -> str:
        """Under which key people follow it."""
        return f"question:{self.pk}"
