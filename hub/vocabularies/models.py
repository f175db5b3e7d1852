from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from wagtail.admin.panels import FieldPanel


class Vocabulary(models.TextChoices):
    """The lists of terms that practices, organisations, calls and events are described with."""

    KIND = "kind", _("kind of practice")
    THEME = "theme", _("theme (European Pillar of Social Rights)")
    TARGET = "target", _("target group")
    STAGE = "stage", _("stage")
    SCALING = "scaling", _("scaling route")
    EVIDENCE = "evidence", _("evidence")
    SECTOR = "sector", _("sector")
    TRACK = "track", _("action track")
    SDG = "sdg", _("Sustainable Development Goal")
    ESF = "esf", _("ESF+ objective")
    COUNTRY = "country", _("country")
    REGION = "region", _("region")
    REACH = "reach", _("reach")
    COST = "cost", _("cost per year")
    CRITERION = "criterion", _("assessment criterion")


class TermQuerySet(models.QuerySet["Term"]):
    def of(self, vocabulary: str) -> Self:
        """The terms of one vocabulary, in its order."""
        return self.filter(vocabulary=vocabulary)

    def public(self) -> Self:
        """Every term may be seen."""
        return self.all()


class Term(models.Model):
    """One entry of a vocabulary; `code` is what addresses and open data carry, and never changes."""

    vocabulary = models.CharField(_("vocabulary"), max_length=20, choices=Vocabulary)
    code = models.SlugField(_("code"), max_length=40, allow_unicode=False)
    label = I18nCharField(_("label"))
    help = I18nTextField(_("explanation"), blank=True, default="")
    synonyms = I18nTextField(
        _("synonyms"),
        blank=True,
        default="",
        help_text=_("What people also call it, one on a line. A search for one of these finds this term."),
    )
    introduction = I18nTextField(
        _("introduction"),
        blank=True,
        default="",
        help_text=_("Stands on top of the page of a theme or a target group; a blank line begins a paragraph."),
    )
    uri = models.URLField(_("URI"), blank=True, help_text=_("Where an authority names this term."))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TermQuerySet.as_manager()

    panels = [
        FieldPanel("vocabulary"),
        FieldPanel("code"),
        FieldPanel("label"),
        FieldPanel("help"),
        FieldPanel("synonyms"),
        FieldPanel("introduction"),
        FieldPanel("uri"),
        FieldPanel("parent"),
        FieldPanel("position"),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["vocabulary", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="term_code_once_per_vocabulary")]

    def __str__(self) -> str:
        return str(self.label)
