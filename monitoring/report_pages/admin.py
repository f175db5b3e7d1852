"""Reports and their templates in the admin."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton, ListingButton
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.views.snippets import IndexView

from hub.facts.readonly_admin import day_column, moment_column
from hub.facts.views import FactEditView
from hub.facts.viewset import FactViewSet
from hub.languages.names import language_name
from monitoring.report_pages import screens
from monitoring.report_pages.forms import PartsForm, ReportForm, languages
from monitoring.reports.models import Report, Template, breakdown_names

_SCREEN, _LOOK = _("Look at it and publish it"), _("Look at it")


def _breakdowns() -> list[tuple[str, str]]:
    return [("", "---------"), *breakdown_names().items()]


def _select(choices: Any) -> Select:
    """With choices that are known once all apps are ready."""
    return Select(choices=choices)


def _figure_panels() -> list[Any]:
    return [FieldPanel("indicator", widget=Select), FieldPanel("breakdown", widget=_select(_breakdowns))]


class TemplateIndexView(IndexView):
    """Each begins a report."""

    def get_list_more_buttons(self, instance: Template) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if screens.may_edit(self.request.user):
            url = f"{reverse('monitoring_admin_begin_report')}?template={instance.pk}"
            buttons.append(ListingButton(gettext("Begin a report"), url=url, icon_name="doc-full", priority=15))
        return buttons


class TemplateViewSet(FactViewSet):
    """What every report of a kind has."""

    model = Template
    icon = "doc-empty-inverse"
    menu_label = _("Templates of reports")
    menu_name = "report-templates"
    copy_view_enabled = False
    index_view_class = TemplateIndexView
    list_display = ["__str__"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            InlinePanel(
                "parts",
                [FieldPanel("heading"), FieldPanel("hint"), FieldRowPanel(_figure_panels())],
                heading=_("Parts"),
                label=_("part"),
            ),
        ],
        base_form_class=PartsForm,
    )


class ReportFilters(WagtailFilterSet):
    """Which reports the list shows."""

    class Meta:
        model = Report
        fields = ["state"]


class ReportIndexView(IndexView):
    """Each leads to its screen; a new one is begun from a template."""

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_buttons
        if screens.may_edit(self.request.user):
            url = reverse("monitoring_admin_begin_report")
            buttons.append(HeaderButton(gettext("Begin a report from a template"), url=url, icon_name="copy"))
        return buttons

    def get_list_more_buttons(self, instance: Report) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if screens.may_edit(self.request.user):
            label = _LOOK if instance.is_published else _SCREEN
            buttons.append(ListingButton(label, url=screens.screen_url(instance), icon_name="view", priority=15))
        return buttons


class ReportEditView(FactEditView):
    """A draft; what was published is shown and not edited."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.is_published:
            messages.error(request, gettext("It is published, and stays as it is."))
            return redirect(screens.screen_url(self.object))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class ReportViewSet(FactViewSet):
    """What the centre reports."""

    model = Report
    icon = "doc-full"
    menu_label = _("Reports")
    menu_name = "reports"
    copy_view_enabled = False
    index_view_class = ReportIndexView
    edit_view_class = ReportEditView
    filterset_class = ReportFilters
    search_fields = ["title"]
    list_per_page = 50
    list_display = [
        "__str__",
        Column("language", label=_("Language"), accessor=lambda row: language_name(row.language), sort_key="language"),
        day_column("since", _("From")),
        day_column("until", _("Until")),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        moment_column("published_at", _("Published (Brussels)")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("language", widget=_select(languages)),
            FieldRowPanel([FieldPanel("since"), FieldPanel("until"), FieldPanel("as_of")]),
            InlinePanel(
                "parts",
                [
                    FieldPanel("heading"),
                    FieldPanel("hint", read_only=True),
                    FieldPanel("text"),
                    FieldRowPanel(_figure_panels()),
                ],
                heading=_("Parts"),
                label=_("part"),
            ),
        ],
        base_form_class=ReportForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return Report.objects.defer("content")


class ScreenItem(ActionMenuItem):
    """From the form of a report to its screen."""

    name = "action-report-screen"
    label: Promise = _SCREEN
    icon_name = "view"

    def is_shown(self, context: Any) -> bool:
        return context["view"] == "edit" and screens.may_edit(context["request"].user)

    def get_url(self, context: Any) -> str | None:
        return screens.screen_url(context["instance"])


@hooks.register("register_snippet_action_menu_item")
def screen_item(model: type) -> ActionMenuItem | None:
    """Only where it belongs."""
    return ScreenItem(order=75) if model is Report else None
