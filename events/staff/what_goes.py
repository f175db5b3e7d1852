"""What goes when: a screen on which staff and organisers read, per event, what will be erased, and change nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.agenda.models import Event
from events.erasing import plan
from events.organisers import rights

PER_PAGE = 20


@require_safe
def what_goes(request: HttpRequest) -> HttpResponse:
    """The events that somebody may see, the latest first; `?event=` narrows it to one."""
    if not (rights.sees_all(request.user, Event) or rights.given(request.user).exists()):
        raise PermissionDenied
    events: Any = rights.own(Event.objects.order_by("-starts_at", "-pk"), request.user)
    asked = request.GET.get("event", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:  # the longest key
        events = events.filter(pk=int(asked))
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "events/admin/what_goes.html", {"page_obj": page, "plans": plan.plans(list(page))})
