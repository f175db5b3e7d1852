"""Events in the admin: their facts, and the screens that change what people know."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import CreateView, InspectView

from accounts.menu.groups import EVENTS
from calls.chain.models import Call
from events.afterwards import screens as afterwards_screens
from events.agenda.models import Event
from events.agenda.querysets import EventQuerySet
from events.door import screens as door_screens
from events.door.printing import AttendanceFile
from events.moving import screens
from events.organisers import rights
from events.organisers.views import OfOwnEvents, OwnChooserViewSet
from events.sign_up.admin import registrations_url
from events.staff.forms import PANELS, EventForm, NewEventForm
from events.staff.more_dates import MoreDates
from events.staff.page_making import MakePage, make_missing
from events.staff.seats_said import seats
from events.staff.work import soon
from hub.changes.warning_views import WarningMixin
from hub.dates.words import day
from hub.fact_pages.views import MakeMissingPages
from hub.facts.history import FactHistoryView
from hub.facts.readonly_admin import moment_column
from hub.facts.views import FactEditView
from hub.facts.viewset import FactViewSet
from hub.sheets import writing


def _state(event: Event) -> str:
    """Where it stands, and what of it people may have to unlearn."""
    changes = [*event.changes.all()]
    if event.cancelled_at:
        return gettext("cancelled")
    state = gettext("past") if event.is_over else gettext("coming")
    moved = next((change for change in changes if change.is_move), None)
    return state + (" · " + gettext("moved on %(day)s") % {"day": day(moved.made_at)} if moved else "")


INSPECTED = [
    *("title", "starts_at", "ends_at", "venue", "address", "online_url", "capacity"),
    *("registration_opens_at", "registration_closes_at", "accessibility", "directions", "to_bring", "cancelled_at"),
]


class EventFilters(WagtailFilterSet):
    """Which events the list shows."""

    when = django_filters.ChoiceFilter(
        label=_("When"),
        choices=[("soon", _("in the next two weeks")), ("upcoming", _("coming")), ("past", _("past"))],
        method="filter_when",
    )
    call = django_filters.ModelChoiceFilter(label=_("Call"), queryset=Call.objects.all())

    class Meta:
        model = Event
        fields: list[str] = []

    def filter_when(self, queryset: EventQuerySet[Event], name: str, value: str) -> EventQuerySet[Event]:
        if value == "soon":
            return soon(queryset)
        return queryset.upcoming() if value == "upcoming" else queryset.past()


class EventChooserViewSet(OwnChooserViewSet):
    """Lets an editor make the facts while writing the page."""

    creation_form_class = NewEventForm
    creation_tab_label = _("New event")


class OddDates(WarningMixin):
    """Says after saving what is odd about when an event is to be."""

    def odd(self) -> list[str]:
        if not {"starts_at", "ends_at"} & set(self.form.changed_data):
            return []
        event = self.form.instance
        return screens.odd(event.starts_at, event.ends_at, has_time=event.has_time)


class EventCreateView(OddDates, CreateView):
    """A new event."""


class EventEditView(OddDates, FactEditView):
    """The facts of an event."""


class EventInspectView(OfOwnEvents, InspectView):
    """The facts of an event, for who may not change them."""


class EventHistoryView(OfOwnEvents, FactHistoryView):
    """What happened to the facts of an event."""


class EventViewSet(FactViewSet):
    """The facts of events."""

    add_view_class = EventCreateView
    edit_view_class = EventEditView
    history_view_class = EventHistoryView
    inspect_view_class = EventInspectView
    inspect_view_enabled = True
    inspect_view_fields = INSPECTED

    model = Event
    icon = "calendar"
    menu_label = _("Events")
    menu_hook = EVENTS.hook
    menu_order = 1
    list_display = [
        "__str__",
        moment_column("starts_at", _("Starts (Brussels)"), has_time="has_time"),
        Column("state", label=_("State"), accessor=_state),
        TitleColumn("seats", label=_("Seats"), accessor=seats, get_url=registrations_url),
    ]
    filterset_class = EventFilters
    ordering = ["-starts_at", "-pk"]
    chooser_viewset_class = EventChooserViewSet
    copy_view_enabled = False
    edit_handler = ObjectList(PANELS, base_form_class=EventForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        own: QuerySet[Event] = rights.own(Event.objects.with_standing().with_waiting(), request.user)
        return own.prefetch_related("changes")

    @property
    def permission_policy(self) -> rights.EventPolicy:
        return rights.EventPolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("move/<int:pk>/", screens.MoveEvent.as_view(), name="move"),
            path("call-off/<int:pk>/", screens.CallOffEvent.as_view(), name="call_off"),
            path("more-dates/<int:pk>/", MoreDates.as_view(), name="more_dates"),
            path("make-page/<int:pk>/<str:language>/", MakePage.as_view(), name="make_page"),
            path("make-pages/<int:pk>/", MakeMissingPages.as_view(model=Event, make=make_missing), name="make_pages"),
            path("resume/<int:pk>/", screens.ResumeEvent.as_view(), name="resume"),
            path("day/<int:pk>/", door_screens.day, name="day"),
            path("day/<int:pk>/attendance/", AttendanceFile.as_view(), name="attendance"),
            path("take-link-back/<int:pk>/", door_screens.revoke, name="revoke_pass"),
            path("feedback/<int:pk>/", afterwards_screens.feedback, name="feedback"),
            *(
                path(
                    f"feedback/<int:pk>/answers.{kind}",
                    afterwards_screens.feedback_file,
                    {"kind": kind},
                    name=f"feedback_{kind}",
                )
                for kind in writing.SPREADSHEETS
            ),
        ]
