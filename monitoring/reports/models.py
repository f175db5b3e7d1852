"""A report of a period, and the template that it is begun from. A published one stays as it is."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from hub.measures import registry
from hub.measures.spans import Span
from monitoring.indicators.genders import BY_GENDER
from monitoring.indicators.models import Indicator

LONGEST_HEADING = 160
LONGEST_TEXT = 5_000
LONGEST_HINT = 500


def breakdown_names() -> dict[str, str]:
    """By code, all that any figure can be told apart by."""
    counted = {each.code: str(each.label) for measure in registry.all_measures() for each in measure.breakdowns}
    return counted | {BY_GENDER.code: str(BY_GENDER.label)}


class _Part(Orderable):
    """What a part shows besides its words: a figure, whole or by a breakdown."""

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("figure"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    breakdown = models.CharField(
        _("breakdown"), max_length=30, blank=True, default="", help_text=_("Empty: the figure itself.")
    )

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not self.breakdown:
            return
        if self.indicator is None:
            raise ValidationError({"breakdown": _("Choose the figure that it is of.")})
        known = {each.code: str(each.label) for each in self.indicator.breakdowns}
        if self.breakdown not in known:
            said = gettext("This figure is not kept by that. It is kept by: %(known)s.")
            raise ValidationError({"breakdown": said % {"known": ", ".join(known.values()) or gettext("nothing")}})


class Template(ClusterableModel):
    """What every report of a kind has: headings, what to write below them, figures."""

    name = I18nCharField(_("name"))

    class Meta:
        verbose_name = _("template of reports")
        verbose_name_plural = _("templates of reports")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.name)


class TemplatePart(_Part):
    """A part of the reports that are begun from it, in each language."""

    template = ParentalKey(Template, on_delete=models.CASCADE, related_name="parts")
    heading = I18nCharField(_("heading"), blank=True, default="")
    hint = I18nTextField(
        _("what to write"), blank=True, default="", help_text=_("For whoever fills the report; it is not published.")
    )

    class Meta(_Part.Meta):
        verbose_name = _("part of a template")
        verbose_name_plural = _("parts of templates")

    def __str__(self) -> str:
        return str(self.heading) or str(self.indicator or "")


class ReportQuerySet(models.QuerySet["Report"]):
    def public(self) -> Self:
        """Those that everybody reads."""
        return self.filter(state=Report.State.PUBLISHED)

    def once(self) -> Self:
        """Of each that everybody reads the first one, with all its `languages`."""
        public = Report.objects.public()
        first = public.order_by("family", "pk").distinct("family").values("pk")
        languages = public.filter(family=models.OuterRef("family")).order_by().values("language")
        return self.filter(pk__in=first).defer("content").annotate(languages=ArraySubquery(languages))


class Report(ClusterableModel):
    """What the centre did in a period, in words and figures, in one language.

    `family` is the same for one report in several languages. `known_at` is the moment whose figures count: what was
    kept or corrected later is not in it. `content` is what was published, as canonical JSON, and `digest` its SHA-256.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(_("language"), max_length=5)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), help_text=_("This day included."))
    as_of = models.DateField(
        _("figures as they were known on"),
        null=True,
        blank=True,
        help_text=_("Empty: on the day of publication. What is corrected later is marked, and does not change it."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    family = models.UUIDField(default=uuid.uuid4, editable=False)
    known_at = models.DateTimeField(_("figures as of"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    content = models.TextField(editable=False, blank=True, default="")
    digest = models.CharField(_("SHA-256"), max_length=64, editable=False, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["family", "language"], name="report_once_per_language"),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="report_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(state__in=["draft", "published"]), name="report_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft", content="", digest="", published_at=None)
                | Q(state="published", known_at__isnull=False, published_at__isnull=False)
                & ~Q(content="")
                & Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="report_is_kept_as_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether everybody reads it, and nobody changes it any more."""
        return self.state == self.State.PUBLISHED

    @property
    def told(self) -> Any:
        """What was published."""
        return json.loads(self.content)

    def get_absolute_url(self) -> str:
        """Its page in its own language."""
        with override(self.language):
            return reverse("reports:report", args=[self.family])

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.since > self.until:
            raise ValidationError({"until": _("The period ends before it begins.")})
        if self.until and self.as_of and self.as_of < self.until:
            raise ValidationError({"as_of": _("On this day the period was not over. Choose a later one.")})
        if self.language not in dict(settings.LANGUAGES):
            raise ValidationError({"language": _("Choose one of the languages of the portal.")})


class ReportPart(_Part):
    """A part of a report: words, a figure, or both."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="parts")
    heading = models.CharField(_("heading"), max_length=LONGEST_HEADING, blank=True, default="")
    hint = models.TextField(_("what to write"), max_length=LONGEST_HINT, blank=True, default="")
    text = models.TextField(
        _("text"),
        max_length=LONGEST_TEXT,
        blank=True,
        default="",
        help_text=_("A blank line begins a paragraph."),
    )

    class Meta(_Part.Meta):
        verbose_name = _("part of a report")
        verbose_name_plural = _("parts of reports")

    def __str__(self) -> str:
        return self.heading or str(self.indicator or "")

    @property
    def is_unfilled(self) -> bool:
        """Whether something was to be written here and nothing is."""
        return bool(self.hint and not self.text.strip())


def moment_of(report: Report, now: datetime) -> datetime:
    """The moment whose figures count: the end of the day that staff chose, at the latest now."""
    if report.known_at:
        return report.known_at
    return min(Span(report.as_of).end - timedelta.resolution, now) if report.as_of else now
