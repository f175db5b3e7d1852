"""The pages at the door: the list, one person, somebody new, and the ways in and out for helpers."""

import uuid as uuids
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from events.door import check_in, doors, passes, people
from events.door.doors import Door
from events.door.forms import SHOWN, ListForm, NoteForm, StartForm, WalkInForm
from events.door.models import Scan
from hub.dates.words import clock

PER_PAGE = 50
_GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


def said_of(noted: check_in.Noted, kind: str) -> str:
    """What the door says once something is noted."""
    named = {"name": noted.person.name}
    if kind == Scan.Kind.UNDO:
        return gettext("Taken back: %(name)s is not in.") % named
    if noted.earlier:
        earlier = {"time": clock(noted.earlier.happened_at), "door": noted.earlier.device}
        return gettext("%(name)s was already in at %(time)s, door “%(door)s”.") % (named | earlier)
    return gettext("%(name)s is in.") % named


def person_context(door: Door, row: people.Row) -> dict[str, Any]:
    """What `events/door/person.html` reads."""
    return {"row": row, "door": door, "event": door.event, "scan": uuids.uuid4()}


def _shut(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same for every event, and for none: it says what such an address is for, and the phone forgets the names."""
    return render(request, "events/door/shut.html", {"uid": uid}, status=403)


@never_cache
@require_http_methods(["GET", "HEAD"])
def door_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who is expected and who is in, with a search by name."""
    found = doors.door_at(request, uid)
    if found is None:
        return _shut(request, uid)
    form = ListForm(request.GET)
    asked = form.said()
    door = found.on(asked["day"])
    if door is None:
        raise Http404
    lines = people.at_the_door(door.event, door.day, q=asked["q"] or "", show=asked["show"] or "")
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    kept = {name: asked[name] for name in ("q", "show", "day") if asked[name]}
    context = {
        "page_obj": page,
        "people": [person_context(door, row) for row in people.rows_of(list(page), door.day)],
        "figures": people.figures(door.event, door.day),
        "asked": asked,
        "base_query": urlencode(kept),
        "shows": [
            (urlencode({name: value for name, value in {**kept, "show": show}.items() if value}), label, show)
            for show, label in SHOWN
        ],
        "walk_in_form": WalkInForm(initial={"name": asked["q"], "day": door.day}),
    }
    return render(request, "events/door/page.html", _frame(door) | context)


@never_cache
@require_http_methods(["GET", "HEAD"])
def seat(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Where the code of a seat leads: at a door to the person's line, elsewhere to a word about what it is for."""
    door = doors.door_at(request, uid)
    if door is None:
        return render(request, "events/door/code.html")
    row = people.row_of(door.event, door.day, person)
    context = {"person": person_context(door, row)} if row else {}
    return render(request, "events/door/seat.html", _frame(door) | context, status=200 if row else 404)


@never_cache
@require_POST
def note(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A press of a button: somebody is in, or that is taken back."""
    form = NoteForm(request.POST)
    door = doors.door_at(request, uid)
    if door is None:
        return _shut(request, uid)
    door = door.on(form.cleaned_data["day"]) if form.is_valid() else None
    if door is None:
        raise Http404
    asked = form.cleaned_data
    try:
        noted = check_in.note(door, scan=asked["scan"], person=asked["person"], kind=asked["kind"])
    except check_in.UnknownPersonError:
        messages.error(request, gettext("This person is not on the list any more. Nothing was noted."))
    except check_in.NotOpenError:
        messages.error(request, _not_open())
    else:
        messages.success(request, said_of(noted, asked["kind"]))
    if "alone" in request.POST:
        return redirect("door:seat", uid=uid, person=asked["person"])
    return redirect(_list_url(door, request))


@never_cache
@_GET_AND_POST
def walk_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody who came without having signed up."""
    found = doors.door_at(request, uid)
    if found is None:
        return _shut(request, uid)
    door = found
    form = WalkInForm(request.POST or None, initial={"day": door.day})
    if request.method == "POST" and form.is_valid():
        on_day = found.on(form.cleaned_data["day"])
        if on_day is None:
            raise Http404
        door = on_day
        asked = {name: form.cleaned_data[name] for name in ("scan", "person", *form.Meta.fields)}
        try:
            noted = check_in.note_walk_in(door, **asked, language=get_language() or "en")
        except check_in.UnknownPersonError:
            form.add_error(None, gettext("This form was used already. Open the list and start anew."))
        except check_in.NotOpenError:
            form.add_error(None, _not_open())
        else:
            messages.success(request, said_of(noted, Scan.Kind.IN))
            return redirect(_list_url(door, request))
    return render(request, "events/door/walk_in.html", _frame(door) | {"form": form})


@never_cache
@_GET_AND_POST
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link for helpers leads: GET asks, POST opens the door in this browser."""
    held = passes.pass_for(token)
    if held is None:
        return render(request, "events/door/shut.html", status=404)
    if held.day != doors.today():
        return render(request, "events/door/other_day.html", {"day": held.day}, status=403)
    form = StartForm(request.POST or None, initial={"device": held.label})
    if request.method == "POST" and form.is_valid():
        doors.start(request, held, device=form.cleaned_data["device"])
        return redirect("door:page", uid=held.event.uid)
    return render(request, "events/door/start.html", {"form": form, "pass": held, "event": held.event})


@never_cache
@_GET_AND_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the door; the page empties what the phone kept before it sends this."""
    if request.method == "POST":
        doors.end(request)
        return redirect("door:leave")
    return render(request, "events/door/left.html")


def _frame(door: Door) -> dict[str, Any]:
    return {"door": door, "event": door.event}


def _list_url(door: Door, request: HttpRequest) -> str:
    """The list as it was before the button was pressed."""
    form = ListForm(request.POST)
    asked = form.said()
    kept = {name: asked[name] for name in ("q", "show") if asked[name]}
    if not door.door_pass:
        kept["day"] = door.day.isoformat()
    page = request.POST.get("page", "")
    kept |= {"page": page} if page.isdecimal() else {}
    return reverse("door:page", args=[door.event.uid]) + (f"?{urlencode(kept)}" if kept else "")


def _not_open() -> str:
    return gettext("Its day has not begun. Nothing was noted.")
