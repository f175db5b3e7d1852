"""Policy hooks in the admin, and the ways to the screens on which stages and statuses move."""

from typing import Any

from django.db.models import Count, QuerySet
from django.forms import Select
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.views.snippets import IndexView

from accounts.menu.groups import LIBRARY
from hub.facts.readonly_admin import day_column
from hub.facts.viewset import FactViewSet
from practices.mainstreaming import screens
from practices.mainstreaming.models import PolicyHook
from practices.practice.models.practice import Practice

_STAGE, _STATUS = _("Move the stage"), _("Change the status")


class PolicyHookFilters(WagtailFilterSet):
    """Which policy hooks the list shows."""

    class Meta:
        model = PolicyHook
        fields = ["level", "kind", "status"]


def _status(hook: PolicyHook) -> str:
    return str(hook.get_status_display() or gettext("none yet: not shown"))


class PolicyHookIndexView(IndexView):
    """Each leads to its history."""

    def get_list_more_buttons(self, instance: PolicyHook) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("practices.change_policyhook"):
            url = screens.status_url(instance)
            buttons.append(ListingButton(_STATUS, url=url, icon_name="history", priority=15))
        return buttons


class PolicyHookViewSet(FactViewSet):
    """Laws, budget lines, tenders and the like that took practices up, or could."""

    model = PolicyHook
    icon = "link"
    menu_label = _("Policy hooks")
    menu_name = "policy-hooks"
    menu_hook = LIBRARY.hook
    menu_order = 4
    copy_view_enabled = False
    index_view_class = PolicyHookIndexView
    filterset_class = PolicyHookFilters
    search_fields = ["title", "place"]
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("level", label=_("Level"), accessor="get_level_display", sort_key="level"),
        Column("status", label=_("Status"), accessor=_status, sort_key="status"),
        day_column("status_since", _("Since")),
        Column("practice_count", label=_("Practices"), sort_key="practice_count"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("level")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("country", widget=Select()), FieldPanel("region", widget=Select())]),
                    FieldPanel("place"),
                ],
                _("Where"),
            ),
            FieldPanel("website"),
            InlinePanel("practices", heading=_("Practices that it took up, or could"), label=_("practice"), min_num=1),
            InlinePanel("organisations", heading=_("Organisations"), label=_("organisation")),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PolicyHook]:
        rows: QuerySet[PolicyHook] = PolicyHook.objects.all()
        return rows.annotate(practice_count=Count("practices"))


class _ScreenItem(ActionMenuItem):
    """A button below a form that leads to a screen."""

    icon_name = "history"
    right = ""

    def is_shown(self, context: Any) -> bool:
        return context["view"] == "edit" and context["request"].user.has_perm(self.right)


class StageItem(_ScreenItem):
    """From a practice to how it moves."""

    name = "action-move-stage"
    label: Promise = _STAGE
    right = "practices.change_practice"

    def get_url(self, context: Any) -> str | None:
        return screens.stage_url(context["instance"])


class StatusItem(_ScreenItem):
    """From a policy hook to how far it came."""

    name = "action-change-status"
    label: Promise = _STATUS
    right = "practices.change_policyhook"

    def get_url(self, context: Any) -> str | None:
        return screens.status_url(context["instance"])


@hooks.register("register_snippet_action_menu_item")
def screen_item(model: type) -> ActionMenuItem | None:
    """Each only where it belongs."""
    if model is Practice:
        return StageItem(order=75)
    return StatusItem(order=75) if model is PolicyHook else None


@hooks.register("register_snippet_listing_buttons")
def stage_button(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    """In the list of practices."""
    if isinstance(snippet, Practice) and user.has_perm("practices.change_practice"):
        yield ListingButton(_STAGE, url=screens.stage_url(snippet), icon_name="history", priority=15)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """The screens."""
    return screens.urlpatterns()
