"""Events in the admin: their facts, and the screens that change what people know."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import CreateView, SnippetViewSetGroup

from calls.chain.models import Call
from events.afterwards import screens as afterwards_screens
from events.agenda.models import Event, EventQuerySet
from events.moving import screens
from events.sign_up.admin import RegistrationViewSet, registrations_url
from events.staff.forms import PANELS, EventFactsForm, NewEventForm
from hub.changes.warning_views import WarningMixin
from hub.dates.words import day
from hub.facts.readonly_admin import moment_column
from hub.facts.views import FactEditView
from hub.facts.viewset import FactViewSet
from hub.languages.choosers import FactsChooserViewSet


def _seats(event: Event) -> str:
    if event.capacity is None:
        return ngettext("%(taken)d taken, no limit", "%(taken)d taken, no limit", event.seats_taken) % {
            "taken": event.seats_taken
        }
    over = event.seats_taken - event.capacity
    if over > 0:
        said = gettext("%(taken)d taken, %(over)d more than there are") % {"taken": event.seats_taken, "over": over}
    else:
        said = gettext("%(taken)d taken, %(left)d left") % {"taken": event.seats_taken, "left": event.seats_left}
    waiting = ngettext("%(number)d waiting", "%(number)d waiting", event.waiting) % {"number": event.waiting}
    return f"{said} · {waiting}" if event.waiting else said


def _state(event: Event) -> str:
    """Where it stands, and what of it people may have to unlearn."""
    changes = [*event.changes.all()]
    if event.cancelled_at:
        return gettext("cancelled")
    state = gettext("past") if event.is_over else gettext("coming")
    moved = next((change for change in changes if change.is_move), None)
    return state + (" · " + gettext("moved on %(day)s") % {"day": day(moved.made_at)} if moved else "")


class EventFilters(WagtailFilterSet):
    """Which events the list shows."""

    when = django_filters.ChoiceFilter(
        label=_("When"), choices=[("upcoming", _("coming")), ("past", _("past"))], method="filter_when"
    )
    call = django_filters.ModelChoiceFilter(label=_("Call"), queryset=Call.objects.all())

    class Meta:
        model = Event
        fields: list[str] = []

    def filter_when(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return queryset.upcoming() if value == "upcoming" else queryset.past()


class EventChooserViewSet(FactsChooserViewSet):
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


class EventViewSet(FactViewSet):
    """The facts of events."""

    add_view_class = EventCreateView
    edit_view_class = EventEditView

    model = Event
    icon = "calendar"
    menu_label = _("Events")
    list_display = [
        "__str__",
        moment_column("starts_at", _("Starts (Brussels)"), has_time="has_time"),
        Column("state", label=_("State"), accessor=_state),
        TitleColumn("seats", label=_("Seats"), accessor=_seats, get_url=registrations_url),
    ]
    filterset_class = EventFilters
    ordering = ["-starts_at", "-pk"]
    chooser_viewset_class = EventChooserViewSet
    copy_view_enabled = False
    edit_handler = ObjectList(PANELS, base_form_class=EventFactsForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return Event.objects.with_standing().with_waiting().prefetch_related("changes")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("move/<int:pk>/", screens.MoveEvent.as_view(), name="move"),
            path("call-off/<int:pk>/", screens.CallOffEvent.as_view(), name="call_off"),
            path("resume/<int:pk>/", screens.ResumeEvent.as_view(), name="resume"),
            path("feedback/<int:pk>/", afterwards_screens.feedback, name="feedback"),
            path("feedback/<int:pk>/answers.csv", afterwards_screens.feedback_csv, name="feedback_csv"),
        ]


class EventsGroup(SnippetViewSetGroup):
    """The menu entry."""

    items = (EventViewSet, RegistrationViewSet)
    menu_icon = "calendar"
    menu_label = _("Events")
    menu_name = "events"
    menu_order = 220
