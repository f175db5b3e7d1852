from django.core.exceptions import ValidationError
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from hub.site import funding


@register_setting(icon="site")
class SiteSettings(ClusterableModel, BaseGenericSetting):
    """What makes this portal the portal of one centre: its name, funding statement and menus."""

    class Funding(models.TextChoices):
        FUNDED = "funded", _("Funded by the European Union")
        CO_FUNDED = "co-funded", _("Co-funded by the European Union")

    name = models.CharField(_("name"), max_length=60, default="NCCSI")
    tagline = I18nCharField(_("what it is"), blank=True, default="")
    description = I18nTextField(_("description for search engines"), blank=True, default="")
    contact_email = models.EmailField(_("mailbox of the centre"), blank=True)
    address = models.TextField(_("postal address"), blank=True)
    funding = models.CharField(
        _("funding statement"),
        max_length=10,
        choices=Funding,
        default=Funding.FUNDED,
        help_text=_("Stands beside the EU emblem on every page (Regulation (EU) 2021/1060, Annex IX)."),
    )
    disclaimer = I18nTextField(_("disclaimer"), blank=True, default="")

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("description")],
            _("Name"),
        ),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("address")], _("Contact")),
        MultiFieldPanel([FieldPanel("funding"), FieldPanel("disclaimer")], _("European funding")),
        InlinePanel("menu_items", heading=_("Menus"), label=_("menu entry")),
    ]

    class Meta:
        verbose_name = _("site settings")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if wrong := funding.faults(self.disclaimer, is_co_funded=self.funding == self.Funding.CO_FUNDED):
            raise ValidationError({"disclaimer": wrong})


class MenuItem(Orderable):
    """One entry of the header's or the footer's menu: a page of the tree, or a section by its route name."""

    class Place(models.TextChoices):
        HEADER = "header", _("header")
        FOOTER = "footer", _("footer")

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_items")
    place = models.CharField(_("place"), max_length=10, choices=Place, default=Place.HEADER)
    label = I18nCharField(_("label"))
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Any language: the reader gets the translation."),
    )
    route = models.CharField(
        _("section"),
        max_length=60,
        blank=True,
        help_text=_("For example practices:library, partners:directory."),
    )
    is_below = models.BooleanField(
        _("belongs below the entry before it"),
        default=False,
        help_text=_("It then shows with that entry, as a part of its section. In the header only."),
    )

    panels = [
        FieldPanel("place"),
        FieldPanel("label"),
        FieldPanel("page"),
        FieldPanel("route"),
        FieldPanel("is_below"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu entries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, route="") | (models.Q(page__isnull=True) & ~models.Q(route="")),
                name="menuitem_page_or_section",
            )
        ]

    def __str__(self) -> str:
        return str(self.label)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.route):
            raise ValidationError(_("Choose a page or a section, one of the two."))
        if self.route:
            try:
                reverse(self.route)
            except NoReverseMatch:
                raise ValidationError({"route": _("There is no section with this name.")}) from None
