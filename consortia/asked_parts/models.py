from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from calls.chain.models import Call
from consortia.files.checking import LARGEST

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = LARGEST // MEGABYTE
# More than any call asks for in one text; in characters or words.
MOST_LIMIT = 50_000


class AskedPartQuerySet(models.QuerySet["AskedPart"]):
    def asked(self) -> Self:
        """Those that a proposal still has, in their order."""
        return self.filter(closed_at=None)


class AskedPart(models.Model):
    """One part of the proposals in a call: a file, or a text with a limit.

    Once anybody filled it, it is closed instead of taken away: what was written and submitted stays readable.
    """

    class Kind(models.TextChoices):
        FILE = "file", pgettext_lazy("a part of a proposal", "file")
        TEXT = "text", pgettext_lazy("a part of a proposal", "text")

    class Unit(models.TextChoices):
        CHARACTERS = "characters", _("characters")
        WORDS = "words", _("words")

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="asked_parts")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    title = I18nCharField(_("title"))
    guidance = I18nTextField(_("guidance"), blank=True, default="")
    is_required = models.BooleanField(_("required"), default=True, db_default=True)
    # Of a file: which endings, without the dot, and how large it may be.
    endings = models.JSONField(_("kinds of files"), default=list, blank=True)
    megabytes = models.PositiveSmallIntegerField(
        _("largest size in MB"),
        default=MOST_MEGABYTES,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MEGABYTES)],
    )
    # Of a text.
    limit = models.PositiveIntegerField(
        _("limit"), default=2000, validators=[MinValueValidator(1), MaxValueValidator(MOST_LIMIT)]
    )
    unit = models.CharField(_("counted in"), max_length=10, choices=Unit, default=Unit.CHARACTERS)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = AskedPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a proposal")
        verbose_name_plural = _("parts of a proposal")
        ordering = ["position", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(limit__gte=1), name="asked_part_has_a_limit"),
            models.CheckConstraint(condition=Q(megabytes__gte=1), name="asked_part_has_a_size"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_file(self) -> bool:
        return self.kind == self.Kind.FILE

    @property
    def largest(self) -> int:
        """In bytes."""
        return min(self.megabytes * MEGABYTE, LARGEST)
