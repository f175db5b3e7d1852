from datetime import date
from functools import cache
from typing import Any, Self

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce, Now, TruncDate
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from hub.dates import brussels
from practices.practice import preview
from practices.practice.facet_declarations import Answers, columns
from practices.practice.models import pictured
from practices.practice.models.reviewed import ReviewedMixin

ONE_OF = columns(Answers.ONE)
SEVERAL_OF = columns(Answers.SEVERAL)

YEARS = range(1200, 2101)
# How long an assessment can be relied on; then somebody has to look again.
ASSESSMENT_YEARS = 2
# Addresses below the library that are no practices (`practices/urls.py`), as they are translated.
_ADDRESSES = (
    "alert/",
    "compare/",
    "mainstreaming/",
    "my-situation/",
    "shortlist/",
    "submit/",
    "mine/",
    "still-true/<str:token>/",
)


@cache
def reserved_slugs() -> frozenset[str]:
    """What no practice may be called, because a page of the library has that address in some language."""
    found = set()
    for language in settings.ALL_LANGUAGES:
        with override(language):
            found |= {pgettext("url", each).split("/")[0] for each in _ADDRESSES}
    return frozenset(found)


def _term(vocabulary: str, verbose_name: Any, *, required: bool = False) -> Any:
    return models.ForeignKey(
        "hub.Term",
        verbose_name=verbose_name,
        null=not required,
        blank=not required,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": vocabulary},
    )


def due_again(assessed_on: date) -> date:
    """When somebody has to look again at what was assessed on that day."""
    try:
        return assessed_on.replace(year=assessed_on.year + ASSESSMENT_YEARS)
    except ValueError:  # 29 February
        return assessed_on.replace(year=assessed_on.year + ASSESSMENT_YEARS, day=28)


class Assessor(models.TextChoices):
    """Who assessed a practice: a role, never a person."""

    STAFF = "staff", _("Staff of the centre")
    EXPERT = "expert", _("Expert from outside")
    PEER = "peer", _("Peer from another organisation")


class PracticeQuerySet(models.QuerySet["Practice"]):
    def public(self) -> Self:
        """Practices that a visitor may see: published ones."""
        return self.filter(live=True)

    def known_until(self, day: date) -> Self:
        """Those that somebody last vouched for by then: checked, else published last; `last_known` tells when."""
        published = TruncDate("last_published_at", tzinfo=brussels.BRUSSELS)
        last = Coalesce("checked_on", published, output_field=models.DateField())
        return self.annotate(last_known=last).filter(last_known__lte=day)

    def with_facts(self) -> Self:
        """Terms, texts and owner of each, in a fixed number of queries."""
        return self.select_related(*ONE_OF, "owner").prefetch_related("texts", "terms")

    def newest_first(self) -> Self:
        """As they came in."""
        return self.order_by(models.F("first_published_at").desc(nulls_last=True), "-pk")


class Practice(
    ReviewedMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """The facts of a good practice, method or tool; its words are `PracticeText`s, one per language.

    Vocabularies that allow one answer are foreign keys; those that allow several share `terms`.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    original_language = models.CharField(_("original language"), max_length=5, default="nl")
    kind = _term("kind", _("kind"), required=True)
    stage = _term("stage", _("stage"))
    # Set by the database once the stage has a history (`practices/mainstreaming`); then nothing else says the stage.
    stage_since = models.DateField(_("in this stage since"), null=True, blank=True, editable=False)
    evidence = _term("evidence", _("evidence"))
    reach = _term("reach", _("reach"))
    cost = _term("cost", _("cost per year"))
    terms = ParentalManyToManyField(
        "hub.Term",
        verbose_name=_("terms"),
        blank=True,
        related_name="practices",
        limit_choices_to={"vocabulary__in": SEVERAL_OF},
    )
    staff = models.DecimalField(
        _("staff (full-time equivalents)"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("How many people it takes to run it, for example 2.5. Empty when nobody knows."),
    )
    months = models.PositiveSmallIntegerField(
        _("months until it runs"),
        null=True,
        blank=True,
        help_text=_("From the decision to the first results in practice. Empty when nobody knows."),
    )
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True)
    owner = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation that answers for it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices",
    )
    owner_name = models.CharField(
        _("owner's name"),
        max_length=160,
        blank=True,
        help_text=_("When the owner is not in the directory."),
    )
    contact_email = models.EmailField(
        _("mailbox for questions"),
        blank=True,
        help_text=_("Never shown; the contact form writes to it."),
    )
    picture = pictured.picture()
    picture_author = pictured.author()
    picture_licence = pictured.licence()
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    assessed_on = models.DateField(_("assessed on"), null=True, blank=True)
    assessed_by = models.CharField(_("assessed by"), max_length=10, choices=Assessor, blank=True)
    assessment_due_on = models.DateField(
        _("assessment due again on"),
        null=True,
        blank=True,
        help_text=_("Left empty: two years after the assessment."),
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["-first_published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since__isnull=True) | models.Q(since__gte=1200, since__lte=2100),
                name="practice_since_is_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(staff__isnull=True) | models.Q(staff__gte=0), name="practice_staff_not_below_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(assessed_on__isnull=True, assessed_by="", assessment_due_on__isnull=True)
                | (
                    models.Q(assessed_on__isnull=False, assessment_due_on__gt=models.F("assessed_on"))
                    & ~models.Q(assessed_by="")
                ),
                name="practice_assessment_is_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(stage_since__isnull=True) | models.Q(stage__isnull=False),
                name="practice_since_when_in_a_stage",
            ),
        ]
        indexes = [models.Index(fields=["stage_since"], condition=models.Q(live=True), name="practice_stage_since")]

    def __str__(self) -> str:
        texts = {text.language: text.title for text in self.texts.all()}
        return texts.get(self.original_language) or next(iter(texts.values()), self.slug)

    def clean(self) -> None:
        super().clean()
        if self.slug in reserved_slugs():
            raise ValidationError({"slug": _("The portal uses this word itself. Choose another.")})
        if self.original_language not in LANG_INFO:
            raise ValidationError({"original_language": _("This language is not known.")})
        if self.since is not None and self.since not in YEARS:
            raise ValidationError({"since": _("Write the year in four figures, for example 2015.")})
        for name in ONE_OF:
            term = getattr(self, name) if getattr(self, f"{name}_id") else None
            if term and term.vocabulary != name:
                raise ValidationError({name: _("This term belongs to another vocabulary.")})
        pictured.check_credit(self)
        self._clean_assessment()

    def _clean_assessment(self) -> None:
        if self.staff is not None and self.staff < 0:
            raise ValidationError({"staff": _("This cannot be less than zero.")})
        if self.assessed_on is None:
            if self.assessed_by or self.assessment_due_on:
                raise ValidationError({"assessed_on": _("Say on which day it was assessed.")})
            return
        if not self.assessed_by:
            raise ValidationError({"assessed_by": _("Say who assessed it.")})
        self.assessment_due_on = self.assessment_due_on or due_again(self.assessed_on)
        if self.assessment_due_on <= self.assessed_on:
            raise ValidationError({"assessment_due_on": _("This must be later than the assessment.")})

    def with_content_json(self, content: Any) -> "Practice":
        """A version of it; a stage that has a history belongs to the practice and to no version."""
        version: Practice = super().with_content_json(content)
        version.stage_since = self.stage_since
        if self.stage_since:
            version.stage_id = self.stage_id
        return version

    def get_absolute_url(self) -> str:
        """The page of this practice in the active language."""
        return reverse("practices:practice", args=[self.slug])

    def url_in(self, language: str) -> str:
        """The whole address of its page in this language."""
        with override(language):
            return settings.SITE_URL + self.get_absolute_url()

    def get_full_url(self) -> str | None:
        """Where the published practice stands; nothing before it has an address."""
        return settings.SITE_URL + self.get_absolute_url() if self.slug else None

    # Wagtail asks for both; a property of the base class does not see an overridden method.
    full_url = property(get_full_url)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """One per language of the portal."""
        return list(settings.LANGUAGES)

    @property
    def default_preview_mode(self) -> str:
        """The language in which the practice was written, where the portal has it."""
        own = self.original_language
        return own if own in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The public page with what is in the editor now."""
        with override(mode_name or get_language()):
            context = preview.page_context(self) | {"is_preview": True}
            return TemplateResponse(request, "practices/practice.html", context).render()
