"""The directory in the admin, and the menu entry in which other apps stand beside it."""

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.forms import Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import Menu, MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from hub.facts.viewset import FactViewSet
from hub.languages.choosers import FactsChooserViewSet
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation

# Whoever works with organisations registers the menu item of a list of their own with this hook.
MENU_HOOK = "register_partners_menu_item"


def _language_select() -> Select:
    return Select(choices=settings.LANGUAGES)


def _one(vocabulary: str) -> FieldPanel:
    """A plain list of one vocabulary; Wagtail's chooser would offer the terms of all of them."""
    return FieldPanel(vocabulary, widget=Select())


class OrganisationFilters(WagtailFilterSet):
    """Which organisations the list shows."""

    sector = django_filters.ModelChoiceFilter(label=_("Sector"), queryset=Term.objects.of("sector"))
    country = django_filters.ModelChoiceFilter(label=_("Country"), queryset=Term.objects.of("country"))

    class Meta:
        model = Organisation
        fields = ["status"]


class OrganisationViewSet(FactViewSet):
    """The directory's entries: facts and, per language, words."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    list_display = ["name", "sector", "country", "status"]
    filterset_class = OrganisationFilters
    chooser_viewset_class = FactsChooserViewSet
    search_fields = ["name", "slug", "enterprise_number", "pic"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
            FieldRowPanel([FieldPanel("status"), FieldPanel("original_language", widget=_language_select())]),
            FieldRowPanel([_one("sector"), _one("country"), _one("region")]),
            InlinePanel(
                "texts",
                heading=_("Words, one per language"),
                label=_("language"),
                min_num=1,
                max_num=len(settings.LANGUAGES),
                panels=[
                    FieldPanel("language", widget=_language_select()),
                    FieldPanel("summary"),
                    FieldPanel("body"),
                ],
            ),
            FieldPanel("terms"),
            MultiFieldPanel(
                [FieldPanel("website"), FieldPanel("email"), FieldPanel("logo"), FieldPanel("networks")],
                _("Where to find it"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("enterprise_number"), FieldPanel("vcode"), FieldPanel("pic")])],
                _("Numbers in registers"),
            ),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return Organisation.objects.select_related("sector", "country")


class PartnersGroup(SnippetViewSetGroup):
    """The menu entry."""

    items = (OrganisationViewSet,)
    menu_icon = "group"
    menu_label = _("Partners")
    menu_name = "partners"
    menu_order = 230

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        item = super().get_menu_item(order)
        item.menu = Menu(MENU_HOOK, items=self.get_submenu_items())
        return item
