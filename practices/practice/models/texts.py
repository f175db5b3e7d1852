from django.conf.locale import LANG_INFO
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from hub.search import full_text
from practices.practice.models.practice import Practice


class PracticeText(models.Model):
    """The words of a practice in one language, with a search vector in that language's own configuration.

    The library searches what triggers take from it into `LibraryEntry.words`; here only phrases are looked for.
    """

    practice = ParentalKey(Practice, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(
        _("summary"),
        max_length=280,
        help_text=_("What it is and for whom, in one breath."),
    )
    what = models.TextField(_("what it is and for whom"), blank=True)
    results = models.TextField(_("does it work"), blank=True)
    needs = models.TextField(_("what it takes"), blank=True)
    steps = models.TextField(_("how to do it"), blank=True)
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("For who does not see it. Needed when there is a picture."),
    )
    plain_title = full_text.plain_column("title")
    search_vector = full_text.row_vector(title="A", summary="B", what="C", results="C", needs="D", steps="D")

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [models.UniqueConstraint(fields=["practice", "language"], name="practice_text_once_per_language")]
        # Three letters in a row: for a title that has some words side by side, and for one that is them.
        indexes = [GinIndex(OpClass(F("plain_title"), "gin_trgm_ops"), name="practice_text_title")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.language and self.language not in LANG_INFO:
            raise ValidationError({"language": _("This language is not known.")})


class PracticeSource(Orderable):
    """Where a statement about a practice can be read."""

    practice = ParentalKey(Practice, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"))

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.url and not self.url.startswith(("https://", "http://")):
            raise ValidationError({"url": _("Write the whole address, starting with https://.")})
