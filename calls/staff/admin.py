"""Calls in the admin: the list with where each stands, its screens, and what is said when something is odd."""

from typing import Any

import django_filters
from django.db.models import CharField, Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView

from accounts.menu.groups import CALLS
from calls.chain import chain_warnings, participants
from calls.chain.models import Call, CallQuerySet, Deadline
from calls.chain.standing import call_state, chain
from calls.moving import screens
from calls.pages.models import CallPage
from calls.staff.forms import PANELS, CallFactsForm, NewCallForm
from calls.staff.page_making import make_missing
from hub.changes.warning_views import WarningMixin
from hub.dates import date_warnings
from hub.dates.words import day, moment
from hub.fact_pages.views import MakeMissingPages
from hub.facts.views import FactEditView
from hub.facts.viewset import FactViewSet
from hub.languages.choosers import FactsChooserViewSet
from notifications.subscriptions.models import Subscription


def _state(call: Call) -> str:
    """Where it stands for visitors; without a page that they can read it stands nowhere yet."""
    if getattr(call, "has_live_page", True):
        return call_state(call).label
    return gettext("Page in draft") if getattr(call, "has_page", False) else gettext("No page yet")


def _next_deadline(call: Call) -> str:
    step = chain(call).next_step
    if step is None:
        return ""
    colon = pgettext("punctuation", ":")
    return f"{step.label}{colon} {moment(step.due_at) if step.has_time else day(step.due_at)}"


def _followers() -> Any:
    """How many follow each call of a query by itself; those who follow all calls are the same everywhere."""
    topic = Concat(Value("call:"), Cast(OuterRef("pk"), CharField()))
    of_call = Subscription.objects.active().filter(topic=topic).order_by().values("topic")
    return Coalesce(Subquery(of_call.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)


class CallFilters(WagtailFilterSet):
    """Which calls the list shows."""

    due = django_filters.ChoiceFilter(
        label=_("Next deadline"), choices=[("soon", _("in the next two weeks"))], method="filter_due"
    )

    class Meta:
        model = Call
        fields: list[str] = []

    def filter_due(self, queryset: CallQuerySet, name: str, value: str) -> CallQuerySet:
        """Those of which a date is near."""
        return queryset.due_soon()


class OddDates(WarningMixin):
    """Says after saving what is odd about the dates that were typed."""

    def odd(self) -> list[str]:
        rows = self.form.formsets["deadlines"]
        kept = [row for row in rows.forms if row not in rows.deleted_forms and row.instance.due_at]
        typed = [chain_warnings.step(row.instance) for row in kept if "due_at" in row.changed_data]
        single = [warning for step in typed for warning in date_warnings.of_past(step) + date_warnings.of_date(step)]
        guessed = [_told(row.instance) for row in kept if row.left_open]
        return guessed + chain_warnings.of_order(chain_warnings.step(row.instance) for row in kept) + single


def _told(deadline: Deadline) -> str:
    """What a row was taken for whose name was to say it."""
    words = gettext("“%(name)s” was taken as: %(kind)s; who acts: %(actor)s; closes: %(closes)s. Change what is wrong.")
    return words % {
        "name": deadline.label,
        "kind": deadline.get_kind_display(),
        "actor": deadline.get_actor_display(),
        "closes": deadline.get_governs_display(),
    }


class CallCreateView(OddDates, CreateView):
    """A new call with its chain."""


class CallEditView(OddDates, FactEditView):
    """The facts of a call with its chain."""


class CallChooserViewSet(FactsChooserViewSet):
    """Choose a call, or make a new one on the spot; its chain follows under Calls."""

    creation_form_class = NewCallForm


class CallViewSet(FactViewSet):
    """Calls with where they stand, what comes next, and who wants to hear of it."""

    model = Call
    icon = "calendar-check"
    menu_label = _("Calls")
    menu_name = "calls"
    menu_hook = CALLS.hook
    menu_order = 1
    copy_view_enabled = False
    add_view_class = CallCreateView
    edit_view_class = CallEditView
    chooser_viewset_class = CallChooserViewSet
    list_display = [
        "__str__",
        "programme",
        Column("state", label=_("State"), accessor=_state),
        Column("next", label=_("Next deadline (Brussels)"), accessor=_next_deadline),
        Column("follower_count", label=_("Followers"), sort_key="follower_count"),
        Column("taking_part", label=_("Taking part"), sort_key="taking_part"),
    ]
    search_fields = ["title", "programme", "reference"]
    filterset_class = CallFilters
    edit_handler = ObjectList(PANELS, base_form_class=CallFactsForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        pages = CallPage.objects.filter(call=OuterRef("pk"))
        return Call.objects.with_chain().annotate(
            follower_count=_followers(),
            taking_part=participants.number(),
            has_page=Exists(pages),
            has_live_page=Exists(pages.filter(live=True)),
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("move/<int:pk>/<int:deadline_id>/", screens.MoveDeadline.as_view(), name="move"),
            path("withdraw/<int:pk>/", screens.WithdrawCall.as_view(), name="withdraw"),
            path("make-pages/<int:pk>/", MakeMissingPages.as_view(model=Call, make=make_missing), name="make_pages"),
            path("mails/<int:pk>/", screens.mails, name="mails"),
        ]
