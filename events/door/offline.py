"""What a phone at the door needs to go on without a network: names, a page that stands by itself, and a way to send."""

import json
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.door import check_in, doors, people
from events.door.check_in import Clock, Noted
from events.door.doors import Door
from events.door.forms import NamesForm, ScanSerializer, SendingSerializer, WalkInForm
from events.door.models import Scan
from events.door.views import person_context, said_of
from events.seats.models import Registration

NAMES_AT_ONCE = 1000


def _shut() -> JsonResponse:
    """The door is no longer theirs: the phone forgets the names, and keeps what it has not sent."""
    said = gettext("This door is closed for this phone. What was not sent yet stays on it.")
    return JsonResponse({"said": said}, status=403)


@never_cache
@require_safe
def names(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The names that the phone keeps: name, organisation and key of who has a seat, some at a time by their key."""
    found = doors.door_at(request, uid)
    asked = NamesForm(request.GET)
    if not asked.is_valid():
        return JsonResponse({}, status=400)
    door = found and found.on(asked.cleaned_data["day"])
    if door is None:
        return _shut()
    rows = Registration.objects.confirmed().filter(event=door.event, pk__gt=asked.cleaned_data["after"] or 0)
    some = list(rows.order_by("pk").values_list("pk", "uuid", "name", "organisation_name")[: NAMES_AT_ONCE + 1])
    shown = some[:NAMES_AT_ONCE]
    answer = {
        "token": get_token(request),
        "day": door.day.isoformat(),
        "people": [{"person": str(key), "name": name, "organisation": firm} for _pk, key, name, firm in shown],
        "next": shown[-1][0] if len(some) > NAMES_AT_ONCE else None,
    }
    return JsonResponse(answer)


@never_cache
@require_POST
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a phone noted, some at a time. Each is answered by itself; what comes again is answered again."""
    door = doors.door_at(request, uid, sends=True)
    if door is None:
        return _shut()
    try:
        sending = SendingSerializer(data=json.loads(request.body))
    except (ValueError, RecursionError):
        return JsonResponse({}, status=400)
    if not sending.is_valid():
        return JsonResponse({}, status=400)
    sent = sending.validated_data
    answers = [_answer(request, door, each, sent["sent_at"]) for each in sent["scans"]]
    figures = {"figures": people.figures(door.event, door.day)}
    return JsonResponse({"answers": answers, "figures": render_to_string("events/door/figures.html", figures)})


def _answer(request: HttpRequest, found: Door, data: Any, sent_at: Any) -> dict[str, Any]:
    """Whether it is noted, in words, and the line of the list as it is now."""
    answer = {"scan": data.get("scan")}
    scan = ScanSerializer(data=data)
    door = found.on(scan.validated_data["day"]) if scan.is_valid() else None
    try:
        if door is None:
            raise check_in.UnknownPersonError
        noted = _note(door, scan.validated_data, sent_at)
    except (check_in.UnknownPersonError, check_in.NotOpenError, DataError, IntegrityError, OverflowError):
        return answer | {"noted": False, "said": gettext("Not noted: this person is not on the list of this day.")}
    row = people.row_of(door.event, door.day, noted.person.uuid)
    line = render_to_string("events/door/person.html", person_context(door, row), request) if row else ""
    return answer | {"noted": True, "said": said_of(noted, scan.validated_data["kind"]), "line": line}


def _note(door: Door, scan: dict[str, Any], sent_at: Any) -> Noted:
    keys = {"scan": scan["scan"], "person": scan["person"], "clock": Clock(scan["scanned_at"], sent_at)}
    if "name" not in scan:
        return check_in.note(door, kind=scan["kind"], **keys)
    if scan["kind"] != Scan.Kind.IN:
        raise check_in.UnknownPersonError
    said = {name: scan.get(name, "") for name in ("name", "organisation_name", "email")}
    return check_in.note_walk_in(door, **said, **keys, language=get_language() or "en")


@never_cache
@require_safe
def shell(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page that the phone keeps: nobody's name is in it, and it is the same for everybody."""
    return render(request, "events/door/shell.html", {"uid": uid, "walk_in_form": WalkInForm()})


@never_cache
@require_safe
def worker(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The program that answers for this door's pages when there is no network; it sees no other pages."""
    return render(request, "events/door/worker.js", {"uid": uid}, content_type="text/javascript; charset=utf-8")
