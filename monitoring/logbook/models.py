"""The logbook of reflexive evaluation. Nobody alters a version: what is seen otherwise is written into the next."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from learning.questions.models import Question

LONGEST = 2_000


class EntryQuerySet(models.QuerySet["LogbookEntry"]):
    def with_current(self) -> Self:
        """Each with the version that counts, in one query for all."""
        versions = LogbookVersion.objects.current().select_related("by")
        return self.prefetch_related(models.Prefetch("versions", versions, to_attr="of_now"))


class LogbookEntry(models.Model):
    """Something that was learned about our own work; its words are its versions.

    Once it was taken over, `question` is the question of the learning agenda that was made of it, as long as that is
    there.
    """

    question = models.OneToOneField(
        Question,
        verbose_name=_("question of the learning agenda"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="logbook_entry",
    )
    taken_over_at = models.DateTimeField(_("taken over at"), null=True)
    created_at = models.DateTimeField(_("written at"), db_default=Now())

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the logbook")
        verbose_name_plural = _("entries of the logbook")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question=None) | Q(taken_over_at__isnull=False), name="logbook_question_was_taken_over"
            ),
        ]

    def __str__(self) -> str:
        version = self.current
        return version.heading if version else ""

    @property
    def current(self) -> "LogbookVersion | None":
        """The version that counts; lists ask `with_current`."""
        if hasattr(self, "of_now"):
            return next(iter(self.of_now), None)
        return self.versions.order_by("-number").select_related("by").first()


class VersionQuerySet(models.QuerySet["LogbookVersion"]):
    def current(self) -> Self:
        """Of each entry the last one."""
        last = LogbookVersion.objects.filter(entry=OuterRef("entry")).order_by("-number").values("pk")[:1]
        return self.filter(pk=Subquery(last))


class LogbookVersion(models.Model):
    """What an entry says from a moment on; `about` are the codes of indicators, as they were chosen then."""

    entry = models.ForeignKey(LogbookEntry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=5)
    day = models.DateField(_("day"))
    assumed = models.TextField(_("what we assumed"), max_length=LONGEST)
    happened = models.TextField(_("what happened"), max_length=LONGEST)
    changes = models.TextField(_("what we change"), max_length=LONGEST)
    about = ArrayField(models.SlugField(max_length=60), verbose_name=_("about"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an entry of the logbook")
        verbose_name_plural = _("versions of entries of the logbook")
        ordering = ["-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="logbook_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="logbook_version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} ({self.number})"

    @property
    def heading(self) -> str:
        """The first words, for lists."""
        first = " ".join(self.assumed.split())
        return first if len(first) <= 90 else f"{first[:89].rstrip()}…"
