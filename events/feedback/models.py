"""The questions about an event, the answers, and apart from them who has answered.

An answer belongs to an event and a question, and to nobody. It has no moment, no order, no link to the answers that
came with it, and no key of a sequence. `events.feedback.answering` says what is done so that nothing else joins them.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from events.agenda.models import Event
from events.seats.models import Registration

LOWEST, HIGHEST = 1, 5
LONGEST = 2_000


class FeedbackQuestion(Orderable):
    """A question of an event's own, besides those that are asked about every event."""

    class Kind(models.TextChoices):
        RATING = "rating", _("a mark from 1 to 5")
        TEXT = "text", _("a text")

    event = ParentalKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="feedback_questions")
    label = I18nCharField(_("question"))
    kind = models.CharField(_("answered by"), max_length=10, choices=Kind, default=Kind.RATING)

    panels = [FieldPanel("label"), FieldPanel("kind")]

    class Meta(Orderable.Meta):
        verbose_name = _("question about an event")
        verbose_name_plural = _("questions about an event")

    def __str__(self) -> str:
        return str(self.label)

    def clean(self) -> None:
        super().clean()
        answered = FeedbackAnswer.objects.filter(question=self.pk).exclude(question__kind=self.kind)
        if self.pk and answered.exists():
            raise ValidationError({"kind": _("People have answered it that way already: add another question.")})


class FeedbackGiven(models.Model):
    """That somebody has answered, so that nobody does so twice: nothing else, not even when."""

    registration = models.OneToOneField(
        Registration, primary_key=True, on_delete=models.CASCADE, related_name="feedback_given"
    )

    class Meta:
        verbose_name = _("feedback given")
        verbose_name_plural = _("feedback given")

    def __str__(self) -> str:
        return "given"


class FeedbackAnswer(models.Model):
    """One answer to one question; whose it is, and which others came with it, stands nowhere."""

    class Standard(models.TextChoices):
        OVERALL = "overall", _("How was it, all in all?")
        WORKED = "worked", _("What worked well?")
        CHANGE = "change", _("What would you change?")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback")
    standard = models.CharField(max_length=10, blank=True, choices=Standard)
    question = models.ForeignKey(
        FeedbackQuestion, null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    mark = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True, max_length=LONGEST)

    class Meta:
        verbose_name = _("answer about an event")
        verbose_name_plural = _("answers about an event")
        constraints = [
            models.CheckConstraint(
                condition=Q(question=None) & ~Q(standard="") | Q(question__isnull=False, standard=""),
                name="feedback_answers_one_question",
            ),
            models.CheckConstraint(
                condition=Q(mark__isnull=False, mark__gte=LOWEST, mark__lte=HIGHEST, text="")
                | Q(mark=None) & ~Q(text=""),
                name="feedback_is_a_mark_or_a_text",
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.mark)
