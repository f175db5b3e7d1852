"""Who signed up, in the admin: read, taken away as a file, and a seat given back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import InspectView

from accounts.records.readonly_admin import RecordIndexView, RecordViewSet
from events.agenda.models import Event
from events.questions import answering
from events.seats.models import Registration
from events.seats.own_seat import cancel
from hub.dates.words import moment
from hub.facts.readonly_admin import moment_column


def registrations_url(event: Event) -> str:
    """The list of who signed up for this event."""
    return f"{reverse('wagtailsnippets_events_registration:list')}?event={event.pk}"


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


class RegistrationFilters(WagtailFilterSet):
    """Which registrations the list shows."""

    class Meta:
        model = Registration
        fields = ["event", "status", "language"]


class RegistrationIndexView(RecordIndexView):
    """Who comes and who waits; each can be cancelled."""

    def get_list_more_buttons(self, instance: Registration) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        counts = instance.status != Registration.Status.CANCELLED and not instance.has_lapsed
        if counts and may_cancel(self.request):
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
    back = registrations_url(registration.event)
    if request.method == "POST":
        if cancel(registration):
            said = gettext("Cancelled. A mail is on its way to the person; the seat goes to the first who waits.")
            messages.success(request, said)
        return redirect(back)
    return render(request, "events/admin/cancel_registration.html", {"registration": registration, "back": back})


class RegistrationInspectView(InspectView):
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
    index_view_class = RegistrationIndexView
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
    inspect_view_class = RegistrationInspectView
    inspect_view_fields = list_export[:-1]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        return Registration.objects.select_related("event").prefetch_related("answers__question")
