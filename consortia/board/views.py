"""The list of a call's consortia with its downloads, and one of them, as far as it lets the centre see it."""

from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from accounts.users.models import User
from calls.chain.models import Call
from consortia.board import reading, reminder_views
from consortia.board.forms import ListForm
from consortia.board.gaps import list_url
from consortia.board.listing import Asked, Row, hidden, listed
from consortia.board.page import allow, around
from consortia.board.stages import STAGES
from consortia.conflicts.staff import refusal_to_decide, refusal_to_read
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.sharing.shown import sight
from hub.sheets import writing

PER_PAGE = 50
_DOWNLOADS = writing.SPREADSHEETS
# So many rows are read at once for a file.
_CHUNK = 100


@require_safe
def consortia(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Narrowed by stage, track, sector, place, words; or all that is found as a file."""
    allow(request, "view", "change")
    call = get_object_or_404(Call, pk=pk)
    form = ListForm(request.GET, call=call)
    asked = form.asked
    if asked.stage is STAGES["recommended"] and (said := refusal_to_decide(cast(User, request.user), call)):
        messages.error(request, said)
        return redirect("consortia_admin_consortia", pk=pk)
    if (kind := request.GET.get("export")) in _DOWNLOADS:
        return writing.download("consortia", str(kind), _header(), _rows(call, asked))
    page = Paginator(listed(call, asked), PER_PAGE).get_page(request.GET.get("p"))
    facts = {
        "form": form,
        "page_obj": page,
        "rows": [Row(each) for each in page],
        "hidden": hidden(call, asked) if asked.needs_names else 0,
        "files": [(writing.LABELS[kind], _with(request, export=kind)) for kind in _DOWNLOADS],
        "list_url": list_url(call),
        "can_remind": request.user.has_perm("consortia.change_interest"),
    }
    return render(request, "consortia/admin/consortia.html", around(call, gettext("Consortia")) | facts)


def _with(request: HttpRequest, **more: str) -> str:
    """The same address with something else in it, from its first page."""
    asked = request.GET.copy()
    asked.pop("p", None)
    for name, value in more.items():
        asked[name] = value
    return f"?{asked.urlencode()}"


def _header() -> list[str]:
    return [
        gettext("Consortium"),
        gettext("State"),
        gettext("Lead"),
        gettext("Number of organisations"),
        gettext("Signed"),
        gettext("Organisations"),
        gettext("Sectors"),
        gettext("Provinces and countries"),
        gettext("Action tracks"),
        gettext("Receipt"),
    ]


def _rows(call: Call, asked: Asked) -> Iterator[list[Any]]:
    """What hides itself has a state and a number."""
    not_shared = gettext("(not shared)")
    for each in listed(call, asked).iterator(chunk_size=_CHUNK):
        row = Row(each)
        signed = "" if row.signed is None else row.signed
        name = row.name if row.is_named else not_shared
        yield [
            *(name, row.state, row.lead, row.number, signed),
            *(row.organisations, row.sectors, row.places, row.tracks, row.receipt),
        ]


@require_safe
def consortium(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To read; a draft that hides itself says no more than that."""
    allow(request, "view", "change")
    every = Consortium.objects.exclude(status=Consortium.Status.GIVEN_UP).select_related("call")
    shown = get_object_or_404(every.prefetch_related("call__deadlines"), uuid=uuid)
    seen = sight(shown)
    name = shown.name if seen.has_names else gettext("A draft that is not shared")
    barred = refusal_to_read(cast(User, request.user), shown) if seen.has_all else ""
    crumb = (gettext("Consortia"), list_url(shown.call))
    facts = {
        "sight": seen,
        "has_all": seen.has_all and not barred,
        "barred": barred,
        "number": shown.members.standing().count(),
        "is_declared": shown.status == Consortium.Status.DECLARED,
        "can_remind": shown.status == Consortium.Status.DRAFT and request.user.has_perm("consortia.change_interest"),
        "uuid": shown.uuid,
        # Nothing of a consortium reaches the page but by what it lets be seen.
        **(reading.named(shown) if seen.has_names else {}),
        **(reading.whole(shown, request.GET.get("p")) if seen.has_all and not barred else {}),
    }
    return render(request, "consortia/admin/consortium.html", around(shown.call, name, crumb) | facts)


@require_safe
def download(request: HttpRequest, uuid: UUID, version: UUID) -> HttpResponse:
    """A file of a consortium that lets the centre read all but its notes."""
    allow(request, "view", "change")
    try:
        return reading.file(uuid, version, by=cast(User, request.user))
    except RefusedError:
        return redirect("consortia_admin_consortium", uuid=uuid)  # the page says why


urlpatterns: list[URLPattern] = [
    path("consortia/calls/<int:pk>/consortia/", consortia, name="consortia_admin_consortia"),
    path("consortia/calls/<int:pk>/remind/", reminder_views.remind_all, name="consortia_admin_remind_all"),
    path("consortia/<uuid:uuid>/", consortium, name="consortia_admin_consortium"),
    path("consortia/<uuid:uuid>/remind/", reminder_views.remind_one, name="consortia_admin_remind"),
    path("consortia/<uuid:uuid>/files/<uuid:version>/", download, name="consortia_admin_download"),
]
