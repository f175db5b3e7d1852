"""What the citations of policy notes said when they were made."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from learning.notes.records import KINDS, Name
from practices.practice.models.details import PracticeFigure
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse


class CitationQuerySet(models.QuerySet["Citation"]):
    def current(self) -> Self:
        """Those that stand on the page of their note."""
        return self.filter(ended_at=None)


class Citation(models.Model):
    """What a cited record said when a note cited it; triggers keep it as it is (`learning/sql/citations_stay.sql`).

    Where a note cites the record anew, or no more, the row gets its end and stays.
    """

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("practice")
        FIGURE = "figure", _("figure of a practice")
        REUSE = "reuse", _("report of reuse")

    page = models.ForeignKey(
        "learning.NotePage", verbose_name=_("policy note"), on_delete=models.CASCADE, related_name="citations"
    )
    block = models.UUIDField(editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    key = models.PositiveBigIntegerField(editable=False)
    # Of each the same as `key`, as long as it is there; of a figure and of a report also their practice.
    practice = models.ForeignKey(
        Practice, verbose_name=_("practice"), null=True, on_delete=models.SET_NULL, related_name="cited_in"
    )
    figure = models.ForeignKey(
        PracticeFigure, verbose_name=_("figure"), null=True, on_delete=models.SET_NULL, related_name="cited_in"
    )
    reuse = models.ForeignKey(
        Reuse, verbose_name=_("report of reuse"), null=True, on_delete=models.SET_NULL, related_name="cited_in"
    )
    said = models.JSONField(editable=False)
    at = models.DateTimeField(_("cited at"), db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(_("cited until"), null=True, editable=False)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["block", "page"], condition=Q(ended_at=None), name="citation_once_per_block"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="citation_kind_is_known"),
            models.CheckConstraint(
                condition=Q(figure=None) | Q(kind="figure", figure=models.F("key")), name="citation_figure_is_its_key"
            ),
            models.CheckConstraint(
                condition=Q(reuse=None) | Q(kind="reuse", reuse=models.F("key")), name="citation_reuse_is_its_key"
            ),
        ]

    def __str__(self) -> str:
        return str(self.said.get("title", ""))

    @property
    def name(self) -> Name:
        """Which record it cites."""
        return self.kind, self.key
