"""The board of one call's interests, and the screen on which the centre writes to some of them."""

from typing import Any, cast

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from accounts.records import lists
from accounts.users.models import User
from calls.chain.models import Call
from consortia.board.gaps import figures, gaps
from consortia.board.page import allow
from consortia.coverage.coverage import LEADS, asked_for, coverage
from consortia.interest.models import Contribution, Interest
from consortia.staff import writing
from consortia.staff.forms import WriteForm
from hub.changes.headers import header
from hub.changes.screens import BACK, CONFIRM, Preview
from hub.vocabularies.models import Term

_NAMES = 50


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """What the interested organisations of a call cover, at a glance: tracks by sectors, who leads, who is missing."""
    allow(request, "view", "change")
    call = get_object_or_404(Call, pk=pk)
    counting = Interest.objects.confirmed().filter(call=call)
    covered, sectors = coverage(call, with_namesakes=True), list(Term.objects.of("sector"))
    facts = {
        "coverage": covered,
        "sectors": sectors,
        "totals": [
            (each.count, f"{_counting_url(call)}&sector={sector.pk}")
            for each, sector in zip(covered.sectors, sectors, strict=True)
        ],
        "rows": _rows(call),
        "leading": counting.filter(role__in=LEADS)
        .select_related("sector")
        .order_by("role", "organisation_name")[:_NAMES],
        "waiting": Interest.objects.filter(call=call, status=Interest.Status.PENDING).count(),
        "figures": figures(call),
        "gaps": gaps(call),
        "list_url": f"{_list_url()}?call={call.pk}",
        "can_write": request.user.has_perm("consortia.change_interest"),
    }
    return render(request, "consortia/admin/board.html", _around(call) | facts)


def _rows(call: Call) -> list[dict[str, Any]]:
    """By action track: how many from each sector contribute, with the list behind each number."""
    counting = Contribution.objects.filter(interest__call=call, interest__status=Interest.Status.CONFIRMED).order_by()
    numbers = {
        (track, sector): number
        for track, sector, number in counting.values_list("track", "interest__sector").annotate(number=Count("pk"))
    }
    of_call = _counting_url(call)
    sectors = list(Term.objects.of("sector"))
    return [
        {
            "track": track,
            "cells": [
                (numbers.get((track.pk, sector.pk), 0), f"{of_call}&tracks={track.pk}&sector={sector.pk}")
                for sector in sectors
            ],
        }
        for track in asked_for(call)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose and write, look at the mail in each language and at who gets it, send it once."""
    allow(request, "change")
    call = get_object_or_404(Call, pk=pk)
    if request.method != "POST":
        chosen = {name: request.GET.getlist(name) for name in ("role", "tracks", "sector")}
        return _asking(request, WriteForm(call=call, initial=chosen))
    form = WriteForm(request.POST, call=call)
    if BACK in request.POST or not form.is_valid():
        return _asking(request, form)
    if CONFIRM not in request.POST:
        return _previewed(request, form)
    try:
        number = writing.write(
            form.selection,
            subject=form.words("subject"),
            text=form.words("text"),
            seen=request.POST.get("seen", ""),
            key=form.cleaned_data["key"].hex,
            by=cast(User, request.user),
        )
    except writing.SentBeforeError:
        messages.info(request, gettext("This was sent before; nothing was sent now."))
        return redirect("consortia_admin_board", pk=pk)
    except writing.OtherReceiversError:
        messages.warning(request, gettext("The list of receivers has changed: check it again. Nothing was sent."))
        return _previewed(request, form)
    said = ngettext("%(number)d mail is on its way.", "%(number)d mails are on their way.", number)
    messages.success(request, said % {"number": number})
    return redirect("consortia_admin_board", pk=pk)


def _asking(request: HttpRequest, form: WriteForm) -> HttpResponse:
    return render(
        request,
        "consortia/admin/write.html",
        _around(form.call, gettext("Write to the interested")) | {"form": form, "back_url": _board_url(form.call)},
    )


def _previewed(request: HttpRequest, form: WriteForm) -> HttpResponse:
    selection = form.selection
    subject, text = form.words("subject"), form.words("text")
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "preview", "seen", CONFIRM, BACK}
    ]
    facts = {
        "previews": [
            Preview(code, writing.preview(form.call, code, subject=subject, text=text)) for code in selection.languages
        ],
        "number": len(selection.receivers),
        "names": list(selection.interests.values_list("organisation_name", flat=True)),
        "typed": [*typed, ("seen", selection.digest)],
    }
    return render(request, "consortia/admin/write_preview.html", _around(form.call, gettext("Look once more")) | facts)


def _around(call: Call, title: str = "") -> dict[str, Any]:
    """The header: where this stands, and the call."""
    crumbs = [(gettext("Interests"), _list_url())]
    if title:
        crumbs.append((str(call.title), _board_url(call)))
    return {"call": call} | header(title or gettext("Board"), *crumbs, icon="form", of=str(call.title))


def _board_url(call: Call) -> str:
    return reverse("consortia_admin_board", args=[call.pk])


def _counting_url(call: Call) -> str:
    """The list of those that the board counts."""
    return f"{_list_url()}?call={call.pk}&status=confirmed"


def _list_url() -> str:
    return lists.url(Interest)


urlpatterns: list[URLPattern] = [
    path("consortia/calls/<int:pk>/", board, name="consortia_admin_board"),
    path("consortia/calls/<int:pk>/write/", write, name="consortia_admin_write"),
]
