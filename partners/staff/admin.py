"""The directory in the admin."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import CharField, F, Func, Q, QuerySet
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from accounts.menu.groups import PARTNERS
from hub.facts.views import FactEditView
from hub.facts.viewset import FactViewSet
from hub.languages.choosers import FactsChooserViewSet
from hub.sheets.listing import ImportFilter, SheetIndexView
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation, OrganisationQuerySet
from partners.sheets import exporting
from partners.sheets.models import OrganisationImport
from partners.sheets.screens import SCREENS


def _language_select() -> Select:
    return Select(choices=settings.LANGUAGES)


def _one(vocabulary: str) -> FieldPanel:
    """A plain list of one vocabulary; Wagtail's chooser would offer the terms of all of them."""
    return FieldPanel(vocabulary, widget=Select())


TO_DO = [
    ("claims", _("claims wait")),
    ("changed", _("check again: changed since it was verified")),
    ("unverified", _("not verified")),
    ("verified", _("nothing to do")),
]


def _to_do(organisation: Organisation) -> str:
    """What staff have to do about it, in words; the queryset is `with_to_do`."""
    row: Any = organisation
    said = []
    if row.claims_waiting:
        said.append(ngettext("%(number)d claim waits", "%(number)d claims wait", row.claims_waiting))
    if row.is_changed:
        said.append(gettext("check again"))
    if not row.verified_at:
        said.append(gettext("not verified"))
    return " · ".join(said) % {"number": row.claims_waiting}


def _place(vocabulary: str, label: Any) -> Any:
    """A facet of which each organisation has one term; several choices mean any of them."""
    return django_filters.ModelMultipleChoiceFilter(
        label=label, field_name=vocabulary, queryset=Term.objects.of(vocabulary), widget=CheckboxSelectMultiple
    )


def _described(vocabulary: str, label: Any) -> Any:
    """The same of what organisations have several of; each is listed once."""

    def narrow(rows: OrganisationQuerySet, name: str, value: list[Term]) -> OrganisationQuerySet:
        known = Organisation.terms.through.objects.filter(term__in=value).values("organisation")
        return rows.filter(pk__in=known) if value else rows

    return django_filters.ModelMultipleChoiceFilter(
        label=label, queryset=Term.objects.of(vocabulary), method=narrow, widget=CheckboxSelectMultiple
    )


def networks() -> list[tuple[str, str]]:
    """Those that organisations say they belong to."""
    each = Func(F("networks"), function="jsonb_array_elements_text", output_field=CharField())
    found = Organisation.objects.order_by().annotate(network=each).values_list("network", flat=True).distinct()
    return [(name, name.upper()) for name in sorted(found)]


class OrganisationFilters(WagtailFilterSet):
    """Which organisations the list shows."""

    to_do = django_filters.ChoiceFilter(label=_("What needs doing"), choices=TO_DO, method="filter_to_do")

    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Organisation.Status.choices, widget=CheckboxSelectMultiple
    )
    verified = django_filters.BooleanFilter(
        label=_("Verified"), field_name="verified_at", lookup_expr="isnull", exclude=True
    )
    sector, country, region = (
        _place("sector", _("Sector")),
        _place("country", _("Country")),
        _place("region", _("Region")),
    )
    theme, track = _described("theme", _("Theme")), _described("track", _("Action track"))
    network = django_filters.MultipleChoiceFilter(
        label=_("Network"), choices=networks, method="filter_networks", widget=CheckboxSelectMultiple
    )

    imported = ImportFilter(OrganisationImport)

    class Meta:
        model = Organisation
        fields: list[str] = []

    def filter_networks(self, rows: OrganisationQuerySet, name: str, value: list[str]) -> OrganisationQuerySet:
        """Those in any of these."""
        asked = Q(pk__in=[])
        for network in value:
            asked |= Q(networks__contains=[network])
        return rows.filter(asked)

    def filter_to_do(self, rows: OrganisationQuerySet, name: str, value: str) -> OrganisationQuerySet:
        if value == "claims":
            return rows.filter(claims_waiting__gt=0)
        if value == "changed":
            return rows.filter(is_changed=True)
        if value == "unverified":
            return rows.filter(verified_at=None)
        return rows.filter(claims_waiting=0, is_changed=False).exclude(verified_at=None)


class OrganisationEditView(FactEditView):
    """The form, with where the organisation stands and the screens that change that."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found = self.object
        changed = [
            (str(Organisation._meta.get_field(name).verbose_name), *values)
            for name, values in found.changed_since_verified.items()
        ]
        waiting = found.claims.waiting().select_related("user")[:20]
        return context | {"organisation": found, "changed": changed, "claims": waiting}


class OrganisationIndexView(SheetIndexView):
    """The list, also as a file."""

    export = exporting.export
    screens = SCREENS


class OrganisationViewSet(FactViewSet):
    """The directory's entries: facts and, per language, words."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_hook = PARTNERS.hook
    menu_order = 1
    index_view_class = OrganisationIndexView
    edit_view_class = OrganisationEditView
    edit_template_name = "partners/admin/organisation.html"
    list_display = ["name", "sector", "country", "status", Column("to_do", label=_("To do"), accessor=_to_do)]
    filterset_class = OrganisationFilters
    chooser_viewset_class = FactsChooserViewSet
    search_fields = ["name", "slug", "enterprise_number", "vcode", "pic"]
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
            FieldPanel("size"),
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

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), *SCREENS.urlpatterns()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return Organisation.objects.select_related("sector", "country").with_to_do()
