"""Indicators in the admin: the list, their forms, and the ways to the screens of their figures."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.forms import Select
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.views.snippets import IndexView

from hub.dates.brussels import local
from hub.facts.readonly_admin import yes_column
from hub.facts.viewset import FactViewSet
from monitoring.by_hand import screens
from monitoring.by_hand.forms import IndicatorForm
from monitoring.indicators.models import Indicator, Target
from monitoring.snapshots import words
from monitoring.snapshots.models import Snapshot

_FIGURES = _("Figures")


class IndicatorFilters(WagtailFilterSet):
    """Which indicators the list shows."""

    class Meta:
        model = Indicator
        fields = ["area", "is_counted", "is_shown", "is_public"]


def _latest(indicator: Any) -> str:
    latest = indicator.latest_snapshot
    return words.of_a_day(latest) if latest else ""


def _next_target(indicator: Any) -> str:
    target = indicator.next_target
    return words.target(target) if target else ""


class IndicatorIndexView(IndexView):
    """Each leads to its figures."""

    def get_list_more_buttons(self, instance: Indicator) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("monitoring.change_indicator"):
            url = screens.figures_url(instance)
            buttons.append(ListingButton(_FIGURES, url=url, icon_name="history", priority=15))
        return buttons

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        _put(list(context["object_list"]))
        return context


def _put(rows: list[Any]) -> None:
    """The last figure and the next target of each, in two queries for all."""
    latest = Snapshot.objects.in_bulk([row.latest for row in rows if row.latest])
    targets = Target.objects.in_bulk([row.target for row in rows if row.target])
    for row in rows:
        row.latest_snapshot, row.next_target = latest.get(row.latest), targets.get(row.target)


class IndicatorViewSet(FactViewSet):
    """Figures that the centre gives account of."""

    model = Indicator
    icon = "order"
    menu_label = _("Indicators")
    menu_name = "indicators"
    copy_view_enabled = False
    index_view_class = IndicatorIndexView
    filterset_class = IndicatorFilters
    list_per_page = 50
    search_fields = ["code", "name", "definition"]
    list_display = [
        "__str__",
        Column("area", label=_("Area"), accessor="get_area_display", sort_key="area"),
        yes_column("is_counted", _("Counted by the portal")),
        yes_column("is_shown", _("In use")),
        yes_column("is_public", _("Public")),
        Column("latest", label=_("Latest figure"), accessor=_latest),
        Column("target", label=_("Next target"), accessor=_next_target),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("area"),
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("definition"), FieldPanel("unit")],
                _("Words"),
                help_text=_("Of what the portal counts empty words are the portal's own. Others need theirs."),
            ),
            FieldPanel("direction", widget=Select),
            FieldPanel("by_gender"),
            FieldRowPanel([FieldPanel("baseline"), FieldPanel("baseline_on")]),
            InlinePanel("targets", heading=_("Targets"), label=_("target")),
            FieldPanel("owner", widget=Select),
            FieldRowPanel([FieldPanel("is_shown"), FieldPanel("is_public"), FieldPanel("position")]),
        ],
        base_form_class=IndicatorForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Indicator]:
        kept = Snapshot.objects.whole().told().filter(indicator=OuterRef("pk")).order_by("-day", "-correction")
        ahead = Target.objects.filter(indicator=OuterRef("pk"), by__gte=local(timezone.now()).date()).order_by("by")
        return Indicator.objects.annotate(
            latest=Subquery(kept.values("pk")[:1]), target=Subquery(ahead.values("pk")[:1])
        )


class FiguresItem(ActionMenuItem):
    """From the form of an indicator to its figures."""

    name = "action-figures"
    label: Promise = _FIGURES
    icon_name = "history"

    def is_shown(self, context: Any) -> bool:
        return context["view"] == "edit" and context["request"].user.has_perm("monitoring.change_indicator")

    def get_url(self, context: Any) -> str | None:
        return screens.figures_url(context["instance"])


@hooks.register("register_snippet_action_menu_item")
def figures_item(model: type) -> ActionMenuItem | None:
    """Only where it belongs."""
    return FiguresItem(order=75) if model is Indicator else None
