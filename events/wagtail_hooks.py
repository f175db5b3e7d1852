from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSetGroup

from calls.chain.models import Call
from events import event_screens, moving
from events.facts import PANELS, EventFactsForm, NewEventForm
from events.models import Event, Registration
from events.querysets import EventQuerySet
from events.registration import cancel
from hub.changes.warning_views import WarningMixin
from hub.dates.words import day, moment
from hub.facts.readonly_admin import RecordIndexView, RecordViewSet, moment_column
from hub.facts.views import FactEditView
from hub.facts.viewset import FactViewSet
from hub.languages.choosers import FactsChooserViewSet


def _seats(event: Event) -> str:
    if event.capacity is None:
        return ngettext("%(taken)d taken, no limit", "%(taken)d taken, no limit", event.seats_taken) % {
            "taken": event.seats_taken
        }
    return gettext("%(taken)d taken, %(left)d left") % {"taken": event.seats_taken, "left": event.seats_left}


def _state(event: Event) -> str:
    """Where it stands, and what of it people may have to unlearn."""
    changes = [*event.changes.all()]
    if event.cancelled_at:
        return gettext("cancelled")
    state = gettext("past") if event.is_over else gettext("coming")
    moved = next((change for change in changes if change.is_move), None)
    return state + (" · " + gettext("moved on %(day)s") % {"day": day(moved.made_at)} if moved else "")


def _registrations_url(event: Event) -> str:
    return f"{reverse('wagtailsnippets_events_registration:list')}?event={event.pk}"


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
        return event_screens.odd(self.form.instance.starts_at, self.form.instance.ends_at)


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
        moment_column("starts_at", _("Starts (Brussels)")),
        Column("state", label=_("State"), accessor=_state),
        TitleColumn("seats", label=_("Seats"), accessor=_seats, get_url=_registrations_url),
    ]
    filterset_class = EventFilters
    ordering = ["-starts_at", "-pk"]
    chooser_viewset_class = EventChooserViewSet
    copy_view_enabled = False
    edit_handler = ObjectList(PANELS, base_form_class=EventFactsForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return Event.objects.with_standing().prefetch_related("changes")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("move/<int:pk>/", event_screens.MoveEvent.as_view(), name="move"),
            path("call-off/<int:pk>/", event_screens.CallOffEvent.as_view(), name="call_off"),
            path("resume/<int:pk>/", event_screens.ResumeEvent.as_view(), name="resume"),
        ]


def _seat(registration: Registration) -> str:
    """Whether somebody has a seat; one that is reserved waits for a click in the mail about it."""
    if registration.has_lapsed:
        return gettext("not confirmed in time")
    if registration.reserved_until:
        return gettext("to be confirmed until %(moment)s") % {"moment": moment(registration.reserved_until)}
    return registration.get_status_display()


class RegistrationFilters(WagtailFilterSet):
    """Which registrations the list shows."""

    class Meta:
        model = Registration
        fields = ["event", "status", "language"]


class RegistrationIndexView(RecordIndexView):
    """Who comes; each confirmed seat can be given back."""

    def get_list_more_buttons(self, instance: Registration) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        has_seat = instance.status == Registration.Status.CONFIRMED and not instance.has_lapsed
        if has_seat and may_cancel(self.request):
            url = reverse("events_admin_cancel_registration", args=[instance.pk])
            buttons.append(Button(gettext("Cancel this registration"), url=url, icon_name="cross", priority=40))
        return buttons


def may_cancel(request: HttpRequest) -> bool:
    """Staff who may change registrations may free a seat."""
    return bool(request.user.has_perm("events.change_registration"))


def cancel_registration(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Asks once, frees the seat, and the person hears by mail."""
    if not may_cancel(request):
        raise PermissionDenied
    registration = get_object_or_404(Registration.objects.select_related("event"), pk=registration_id)
    back = _registrations_url(registration.event)
    if request.method == "POST":
        if cancel(registration):
            messages.success(request, gettext("The seat is free again; a mail is on its way to the person."))
        return redirect(back)
    return render(request, "events/admin/cancel_registration.html", {"registration": registration, "back": back})


class RegistrationViewSet(RecordViewSet):
    """Who signed up for what."""

    model = Registration
    icon = "group"
    menu_label = _("Registrations")
    index_view_class = RegistrationIndexView
    list_display = [
        "name",
        "email",
        "organisation_name",
        "event",
        Column("status", label=_("Status"), accessor=_seat),
        moment_column("created_at", _("Signed up (Brussels)")),
    ]
    list_export = [
        *("name", "email", "organisation_name", "access_needs", "language"),
        *("status", "reserved_until", "event", "created_at"),
    ]
    export_filename = "registrations"
    filterset_class = RegistrationFilters
    search_fields = ["name", "email", "organisation_name"]
    list_per_page = 50
    inspect_view_fields = list_export

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        return Registration.objects.select_related("event")


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of an event says about its changes."""
    moved, cancelled, resumed = moving.ACTIONS.values()
    actions.register_action(moved, _("Move an event"), _("Moved the event"))
    actions.register_action(cancelled, _("Cancel an event"), _("Cancelled the event"))
    actions.register_action(resumed, _("Let an event take place after all"), _("Said that it takes place after all"))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path(
            "events/registrations/<int:registration_id>/cancel/",
            cancel_registration,
            name="events_admin_cancel_registration",
        )
    ]


class EventsGroup(SnippetViewSetGroup):
    """The menu entry."""

    items = (EventViewSet, RegistrationViewSet)
    menu_icon = "calendar"
    menu_label = _("Events")
    menu_name = "events"
    menu_order = 220


register_snippet(EventsGroup)
