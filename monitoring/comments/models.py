"""A few sentences about a figure of a day, or of the days between two."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5, Now
from django.utils.translation import gettext_lazy as _

from monitoring.indicators.models import Indicator


class CommentQuerySet(models.QuerySet["Comment"]):
    def public(self) -> Self:
        """Those that everybody reads."""
        return self.filter(is_public=True, indicator__in=Indicator.objects.public())


class Comment(models.Model):
    """What somebody of the centre says about a figure: why it fell, what it leaves out.

    It is about the day `until`; with `since`, about all days from one to the other.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="comments"
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("day, or last day"))
    text = models.TextField(_("comment"))
    language = models.CharField(_("language"), max_length=10)
    is_public = models.BooleanField(_("everybody reads it"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("comment on a figure")
        verbose_name_plural = _("comments on figures")
        ordering = ["-until", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lte=F("until")), name="comment_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            # The same words about the same days are one comment, however often they are sent.
            models.UniqueConstraint(
                "indicator", "since", "until", "language", MD5("text"), name="comment_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.until}: {self.text[:60]}"
