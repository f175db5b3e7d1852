"""Who signed up, in the admin: read, taken away as a file, and a seat given back."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import InspectView

from accounts.menu.groups import EVENTS
from accounts.records import lists
from accounts.records.readonly_admin import RecordIndexView, RecordViewSet
from events.agenda.models import Event
from events.organisers import rights
from events.organisers.views import OfOwnEvents, OwnSeatChooserViewSet
from events.questions import answering
from events.seats.models import Registration
from events.seats.own_seat import cancel
from hub.dates.words import moment
from hub.facts.readonly_admin import moment_column


def registrations_url(event: Event) -> str:
    """The list of who signed up for this event."""
    return f"{lists.url(Registration)}?event={event.pk}"


def _seat(registration: Registration) -> str:
    """Whether somebody has a seat or waits; one that is reserved waits for a click in the mail about it."""
    if registration.has_lapsed:
        return gettext("not confirmed in time")
    if registration.reserved_until:
        said = gettext("to be confirmed until %(moment)s") % {"moment": moment(registration.reserved_until)}
        return f"{registration.get_status_display()}, {said}" if registration.is_waiting else said
    if registration.has_offer and registration.offered_until:
        return gettext("offered until %(moment)s") % {"moment": moment(registration.offered_until)}
    said = registration.get_status_display()
    return f"{said}, {registration.get_seat_display()}" if registration.seat else said


def _events(request: HttpRequest) -> QuerySet[Event]:
    events: QuerySet[Event] = rights.own(Event.objects.order_by("-starts_at", "-pk"), request.user)
    return events


class RegistrationFilters(WagtailFilterSet):
    """Which registrations the list shows; an organiser chooses among their events."""

    event = django_filters.ModelChoiceFilter(label=_("event"), queryset=_events)

    class Meta:
        model = Registration
        fields = ["event", "status", "language"]


class RegistrationIndexView(RecordIndexView):
    """Who comes and who waits; each can be cancelled."""

    def get_list_more_buttons(self, instance: Registration) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        counts = instance.status != Registration.Status.CANCELLED and not instance.has_lapsed
        if counts and rights.may_cancel_seats(self.request.user, instance.event):
            url = reverse("events_admin_cancel_registration", args=[instance.pk])
            buttons.append(Button(gettext("Cancel this registration"), url=url, icon_name="cross", priority=40))
        return buttons


def cancel_registration(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Asks once, frees the seat, and the person hears by mail."""
    registration = Registration.objects.select_related("event").filter(pk=registration_id).first()
    if registration is None or not rights.may_cancel_seats(request.user, registration.event):
        raise PermissionDenied
    back = registrations_url(registration.event)
    if request.method == "POST":
        if cancel(registration):
            said = gettext("Cancelled. A mail is on its way to the person; the seat goes to the first who waits.")
            messages.success(request, said)
        return redirect(back)
    return render(request, "events/admin/cancel_registration.html", {"registration": registration, "back": back})


class RegistrationInspectView(OfOwnEvents, InspectView):
    """One registration, with what was answered to the event's own questions."""

    template_name = "events/admin/registration.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"answers": answering.in_words(self.object.pk)}


class RegistrationViewSet(RecordViewSet):
    """Who signed up for what."""

    model = Registration
    icon = "group"
    menu_label = _("Registrations")
    menu_hook = EVENTS.hook
    menu_order = 2
    index_view_class = RegistrationIndexView
    inspect_view_class = RegistrationInspectView
    chooser_viewset_class = OwnSeatChooserViewSet
    list_display = [
        "name",
        "email",
        "organisation_name",
        "event",
        Column("status", label=_("Status"), accessor=_seat),
        moment_column("waiting_since", _("Waiting since (Brussels)")),
        moment_column("created_at", _("Signed up (Brussels)")),
    ]
    list_export = [
        *("name", "email", "organisation_name", "access_needs", "language"),
        *("status", "wish", "seat", "reserved_until", "waiting_since", "moved_up_at", "party", "event", "created_at"),
        "said",
    ]
    export_headings: dict[str, Any] = {"said": _("answers to the event’s own questions")}
    export_filename = "registrations"
    filterset_class = RegistrationFilters
    search_fields = ["name", "email", "organisation_name"]
    list_per_page = 50
    inspect_view_fields = list_export[:-1]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        seats = Registration.objects.select_related("event").prefetch_related("answers__question")
        own: QuerySet[Registration] = rights.own(seats, request.user, event="event")
        return own

    @property
    def permission_policy(self) -> rights.SeatPolicy:
        return rights.SeatPolicy(self.model)
