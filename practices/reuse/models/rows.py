"""What belongs to one version of a reuse: its figures, its sources, and what came of its check."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from practices.practice.models.practice import YEARS
from practices.reuse.models.versions import ReuseVersion

ON_THE_WEB = URLValidator(schemes=["https", "http"])


class ReuseFigure(models.Model):
    """A result in figures, in one version: what it counts, of which unit and year, and where it can be read."""

    version = models.ForeignKey(ReuseVersion, on_delete=models.CASCADE, related_name="figures")
    what = models.CharField(_("what it counts"), max_length=160)
    value = models.DecimalField(_("figure"), max_digits=16, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.URLField(_("where it can be read"), max_length=500, blank=True, validators=[ON_THE_WEB])

    class Meta:
        verbose_name = _("figure of a report of reuse")
        verbose_name_plural = _("figures of reports of reuse")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(unit=""), name="reuse_figure_says_what_it_counts"),
            models.CheckConstraint(
                condition=Q(year__gte=YEARS.start, year__lt=YEARS.stop), name="reuse_figure_of_a_year"
            ),
            models.CheckConstraint(condition=Q(source="") | Q(source__regex="^https?://"), name="reuse_figure_on_web"),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.value} {self.unit} ({self.year})"

    def clean(self) -> None:
        super().clean()
        if self.year is not None and self.year not in YEARS:
            raise ValidationError({"year": _("Write the year in four figures, for example 2015.")})


class ReuseSource(models.Model):
    """Where something of a version can be read; a version without any is told and not shown."""

    version = models.ForeignKey(ReuseVersion, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500, validators=[ON_THE_WEB])

    class Meta:
        verbose_name = _("source of a report of reuse")
        verbose_name_plural = _("sources of reports of reuse")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & Q(url__regex="^https?://"), name="reuse_source_on_web"),
        ]

    def __str__(self) -> str:
        return self.title


class ReuseCheck(models.Model):
    """What somebody else said of a version: it can be shown, or it goes back with a reason."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("sent back")

    class As(models.TextChoices):
        """In whose name it was checked."""

        CENTRE = "centre", _("the centre")
        OWNER = "owner", _("the organisation that answers for the practice")

    version = models.OneToOneField(ReuseVersion, on_delete=models.CASCADE, related_name="check_made")
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict)
    checked_as = models.CharField(_("checked by"), max_length=10, choices=As)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    at = models.DateTimeField(_("checked at"), db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("check of a report of reuse")
        verbose_name_plural = _("checks of reports of reuse")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="accepted") | (Q(verdict="returned") & ~Q(reason="")),
                name="reuse_sent_back_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(checked_as__in=["centre", "owner"]), name="reuse_checked_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.verdict}"
