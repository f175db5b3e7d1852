"""A part of a proposal: what it has, its versions, and the form for the next one."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.users.models import User
from consortia.asked_parts.counting import length
from consortia.asked_parts.models import AskedPart
from consortia.consortium.acting import actor, seen_by
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.stale import ChangedError
from consortia.consortium.ways import crumbs
from consortia.files.models import FileVersion
from consortia.filling import sending, writing
from consortia.filling.deadline import closing
from consortia.filling.forms import BackForm, PartFileForm, TextForm
from consortia.filling.models import TextVersion
from consortia.receipts import clock

SHOWN = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, uuid: UUID, part: int) -> HttpResponse:
    """A file or a text; what was not saved stays in the form."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    one = _part(found, part)
    return _file(request, found, one) if one.is_file else _text(request, found, one)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def text_version(request: HttpRequest, uuid: UUID, part: int, number: int) -> HttpResponse:
    """A text as it was; POST makes it the next version, so that nothing between is lost."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    one = _part(found, part)
    texts = _texts(found, one)
    version = get_object_or_404(texts, number=number)
    if request.method == "POST":
        return _brought_back(request, found, one, version)
    last = texts.first()
    context = {
        "consortium": found,
        "part": one,
        "version": version,
        "last": last,
        "is_last": last is not None and last.number == version.number,
        "refusal": _refusal(found, one, user),
        "crumbs": [*_way(found), {"title": str(one.title), "url": _address(found, one)}],
    }
    return render(request, "consortia/proposal/version.html", context)


def _text(request: HttpRequest, found: Consortium, one: AskedPart) -> HttpResponse:
    user, posted = cast(User, request.user), request.POST if request.method == "POST" else None
    arrived = clock.now()
    last = _texts(found, one).first()
    form, others = TextForm(posted, part=one, last=last), None
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = writing.write(found, one, text=said["text"], was=said["was"], by=user, arrived=arrived)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        except ChangedError as changed:
            others = _texts(found, one).first()
            form.add_error(None, str(changed))
            form.show_again(others.number if others else 0)
        else:
            messages.success(request, _saved(made.number if made else 0))
            return redirect(_address(found, one))
    number = length(form.words, one.unit)
    return _page(request, found, one, form, _texts(found, one), {"others": others, "number": number})


def _file(request: HttpRequest, found: Consortium, one: AskedPart) -> HttpResponse:
    user, is_sent = cast(User, request.user), request.method == "POST"
    # Reading them waits for the whole request; what is asked of the clock before the file is checked counts.
    posted, files = (request.POST, request.FILES) if is_sent else (None, None)
    arrived = clock.now()
    form = PartFileForm(posted, files, part=one, consortium=found, user=user)
    if form.is_valid():
        try:
            with transaction.atomic():
                form.done()
                made = sending.send(found, one, form.cleaned_data["file"], by=user, arrived=arrived)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _saved(made.number if made else 0))
            return redirect(_address(found, one))
    versions = FileVersion.objects.filter(file__filling__consortium=found, file__filling__part=one)
    begin = reverse("consortia:begin_upload", args=[found.uuid])
    return _page(request, found, one, form, versions.select_related("by", "removed_by"), {"begin": begin})


def _page(
    request: HttpRequest, found: Consortium, one: AskedPart, form: Any, versions: Any, more: dict[str, Any]
) -> HttpResponse:
    page = Paginator(versions, SHOWN).get_page(request.GET.get("page"))
    context = {
        "consortium": found,
        "part": one,
        "form": form,
        "page_obj": page,
        "closing": closing(found.call),
        "refusal": _refusal(found, one, cast(User, request.user)),
        "back": reverse("consortia:proposal", args=[found.uuid]),
        "crumbs": _way(found),
        **more,
    }
    return render(request, "consortia/proposal/part.html", context, status=422 if form.errors else 200)


def _brought_back(request: HttpRequest, found: Consortium, one: AskedPart, version: TextVersion) -> HttpResponse:
    form = BackForm(request.POST)
    was = form.cleaned_data["was"] if form.is_valid() else 0
    try:
        made = writing.write(found, one, text=version.text, was=was, by=cast(User, request.user))
    except RefusedError as refused:
        messages.error(request, str(refused))
    except ChangedError:
        said = gettext("Somebody saved another version meanwhile. Nothing was changed: look at it first.")
        messages.error(request, said)
    else:
        messages.success(request, _saved(made.number if made else 0))
    return redirect(_address(found, one))


def _part(found: Consortium, key: int) -> AskedPart:
    """One that is asked for, or that this consortium filled before it was closed."""
    shown = Q(closed_at=None) | Q(fillings__consortium=found)
    return get_object_or_404(AskedPart.objects.filter(shown, call=found.call_id).distinct(), pk=key)


def _texts(found: Consortium, one: AskedPart) -> Any:
    rows = TextVersion.objects.filter(filling__consortium=found, filling__part=one)
    return rows.select_related("by").order_by("-number")


def _refusal(found: Consortium, one: AskedPart, user: User) -> str:
    """Why this reader cannot fill it now; nothing where that is possible."""
    if one.closed_at:
        return gettext("The centre does not ask for this part any more. What was filled in stays readable.")
    return actor(found, user, "fill_part").refusal("fill_part") or closing(found.call).told


def _saved(number: int) -> str:
    if not number:
        return gettext("That is the version that was there last. Nothing was added.")
    return gettext("Version %(number)d is saved. The versions before it stay.") % {"number": number}


def _address(found: Consortium, one: AskedPart) -> str:
    return reverse("consortia:proposal_part", args=[found.uuid, one.pk])


def _way(found: Consortium) -> list[dict[str, str]]:
    mine = {"title": gettext("Proposal"), "url": reverse("consortia:proposal", args=[found.uuid])}
    return [*crumbs(found), mine]
