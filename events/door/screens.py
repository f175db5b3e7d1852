"""The day of an event, for staff in the admin: the links for helpers, what to print, who came."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.users.models import User
from events.agenda.models import Event
from events.door import doors, passes, people
from events.door.forms import PassForm
from events.door.models import DoorPass

# Doors of one event; whoever needs more takes some back.
MOST_PASSES = 50


def screen_url(event: Event) -> str:
    """Where staff prepare the day of an event."""
    return reverse("wagtailsnippets_events_event:day", args=[event.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Links for helpers: seen, made; and the ways to the door, to paper and to tables."""
    doors.demand(request)
    event = get_object_or_404(Event.objects.with_standing(), pk=pk)
    form = PassForm(request.POST or None, event=event, initial={"day": doors.nearest_day(event).isoformat()})
    held = event.door_passes.valid()
    if request.method == "POST" and form.is_valid():
        if held.count() >= MOST_PASSES:
            form.add_error(None, gettext("There are as many links as one event can have. Take some back first."))
        else:
            by = request.user if isinstance(request.user, User) else None
            passes.make(event, label=form.cleaned_data["label"], day=form.cleaned_data["day"], by=by)
            messages.success(request, gettext("The link is there. Copy it and send it to the helper."))
            return redirect(screen_url(event))
    context: dict[str, Any] = {
        "subject": event,
        "title": gettext("On the day"),
        "form": form,
        "passes": [(each, _address(each)) for each in held[:MOST_PASSES]],
        "figures": people.figures(event, doors.nearest_day(event)),
        "shown_day": doors.nearest_day(event),
        "back_url": reverse("wagtailsnippets_events_event:edit", args=[event.pk]),
    }
    return render(request, "events/admin/day.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link back."""
    doors.demand(request)
    door_pass = get_object_or_404(DoorPass.objects.select_related("event"), pk=pk)
    if passes.revoke(door_pass):
        messages.success(request, gettext("Taken back. From now on this link shows and does nothing."))
    return redirect(screen_url(door_pass.event))


def _address(door_pass: DoorPass) -> str:
    return settings.SITE_URL + reverse("door:start", args=[passes.token_of(door_pass)])
