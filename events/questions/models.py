"""Questions of an event's own, and the answers; those that can tell something about health or belief stand apart."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

# What a form of ten questions asks, nobody fills in with pleasure; more, nobody does.
MOST = 10


class Question(Orderable):
    """One question to everybody who signs up for an event.

    `options`: a line each, the same number of them in every language; the answer keeps the line as it stands in the
    first language that has any, so that people who read different languages give the same answer.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("any of several")
        YES_NO = "yes_no", _("yes or no")

    # Named, not imported: the event's page knows nothing of questions.
    event = ParentalKey("events.Event", on_delete=models.CASCADE, related_name="questions")
    label = I18nCharField(_("question"))
    why = I18nCharField(_("why you ask"), blank=True, help_text=_("Stands below the question."))
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind, default=Kind.TEXT)
    options = I18nTextField(_("choices"), blank=True, help_text=_("One per line, in the same order in each language."))
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("About health, belief or the like: the answers are kept apart and deleted after the event."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("question of an event")
        verbose_name_plural = _("questions of events")

    def __str__(self) -> str:
        return str(self.label)

    def clean(self) -> None:
        super().clean()
        numbers = {len(lines) for lines in _lines(self.options).values()}
        chooses = self.kind in {self.Kind.CHOICE, self.Kind.CHOICES}
        if chooses and (not numbers or min(numbers) < 2):
            raise ValidationError({"options": _("Give at least two choices, one per line.")})
        if chooses and len(numbers) > 1:
            raise ValidationError({"options": _("Give as many choices in each language, in the same order.")})

        kept = Answer if self.is_sensitive else SensitiveAnswer
        if self.pk and kept.objects.filter(question=self.pk).exists():
            raise ValidationError({"is_sensitive": _("People have answered it already: add another question instead.")})

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Each choice: as it is kept, and as a reader of this language sees it."""
        by_language = _lines(self.options)
        if not by_language:
            return []
        kept = next(iter(by_language.values()))
        return list(zip(kept, by_language.get(language, kept), strict=False))


def _lines(options: LazyI18nString | str) -> dict[str, list[str]]:
    data = options.data if isinstance(options, LazyI18nString) else options
    texts = data if isinstance(data, dict) else {"": data or ""}
    found = {code: [line.strip() for line in (text or "").splitlines() if line.strip()] for code, text in texts.items()}
    return {code: lines for code, lines in found.items() if lines}


class _Answer(models.Model):
    registration = models.ForeignKey("events.Registration", on_delete=models.CASCADE, related_name="%(class)ss")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="%(class)ss")
    # A list: several choices are one answer. Of yes or no, ["yes"] or ["no"].
    value = models.JSONField(_("answer"))

    class Meta:
        abstract = True


class Answer(_Answer):
    """What somebody answered; kept as long as the registration."""

    class Meta:
        verbose_name = _("answer to a question of an event")
        verbose_name_plural = _("answers to questions of events")
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="event_answer_once")]

    def __str__(self) -> str:
        return str(self.question)


class SensitiveAnswer(_Answer):
    """The same about health, belief or the like (GDPR, article 9), deleted some time after the event."""

    class Meta:
        verbose_name = _("sensitive answer to a question of an event")
        verbose_name_plural = _("sensitive answers to questions of events")
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="event_sensitive_answer_once")]

    def __str__(self) -> str:
        return str(self.question)
