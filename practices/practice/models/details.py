"""What can be counted, downloaded and visited of a practice."""

from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable

from practices.practice.models.practice import YEARS, Practice

_ON_THE_WEB = URLValidator(schemes=["https", "http"])


def _a_year(field: str, name: str) -> models.CheckConstraint:
    within = models.Q(**{f"{field}__gte": YEARS.start, f"{field}__lt": YEARS.stop})
    return models.CheckConstraint(condition=models.Q(**{f"{field}__isnull": True}) | within, name=name)


def _check_year(field: str, year: int | None) -> None:
    if year is not None and year not in YEARS:
        raise ValidationError({field: _("Write the year in four figures, for example 2015.")})


class PracticeFigure(Orderable):
    """One result in figures, with the year that it is about and where it can be read."""

    practice = ParentalKey(Practice, on_delete=models.CASCADE, related_name="figures")
    value = models.CharField(
        _("figure"),
        max_length=40,
        help_text=_("For example 12500, 3.5 or 7 of 10. The page writes numbers as readers of each language do."),
    )
    label = I18nCharField(_("what it counts"), help_text=_("For example: people who still had their home a year later"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.URLField(_("where it can be read"), blank=True, validators=[_ON_THE_WEB])

    class Meta(Orderable.Meta):
        verbose_name = _("result in figures")
        verbose_name_plural = _("results in figures")
        constraints = [_a_year("year", "practice_figure_of_a_year")]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"

    def clean(self) -> None:
        super().clean()
        _check_year("year", self.year)


class PracticeDocument(Orderable):
    """A file that helps to do it: a manual, a form, a report."""

    practice = ParentalKey(Practice, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        get_document_model_string(), verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("In the language of the document."))
    language = models.CharField(_("language"), max_length=5)

    class Meta(Orderable.Meta):
        verbose_name = _("document of a practice")
        verbose_name_plural = _("documents of a practice")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.language and self.language not in LANG_INFO:
            raise ValidationError({"language": _("This language is not known.")})


class PracticeUse(Orderable):
    """A place where it is used: by whom, where, since when."""

    practice = ParentalKey(Practice, on_delete=models.CASCADE, related_name="uses")
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    country = models.ForeignKey(
        "hub.Term",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "country"},
    )
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    website = models.URLField(_("address"), blank=True, validators=[_ON_THE_WEB])

    class Meta(Orderable.Meta):
        verbose_name = _("place of use")
        verbose_name_plural = _("places of use")
        constraints = [
            _a_year("since", "practice_use_since_a_year"),
            models.CheckConstraint(
                condition=~models.Q(organisation="") | ~models.Q(place="") | models.Q(country__isnull=False),
                name="practice_use_is_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.organisation, self.place, str(self.country or "")) if part)

    def clean(self) -> None:
        super().clean()
        _check_year("since", self.since)
        if self.country and self.country.vocabulary != "country":
            raise ValidationError({"country": _("This term belongs to another vocabulary.")})
        if not (self.organisation or self.place or self.country_id):
            raise ValidationError(_("Name an organisation, a place or a country."))
