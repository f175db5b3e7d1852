"""What a browser asks while it sends a file in parts, and the way back: downloads for those in the consortium."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.users.models import User
from consortia.consortium.acting import Actor, actor, seen_by
from consortia.consortium.removing import removed
from consortia.consortium.ways import crumbs
from consortia.files import removing, space, uploading
from consortia.files.models import FileVersion, Upload
from hub.files import private

SHOWN = 20


class AnnouncedForm(forms.Form):
    """A file that is about to come."""

    name = forms.CharField(max_length=255)
    # In bytes.
    size = forms.IntegerField(min_value=0)


class PartForm(forms.Form):
    """Where a part begins, in bytes."""

    offset = forms.IntegerField(min_value=0)


@never_cache
@login_required
@require_POST
def begin_upload(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Announced by name and size; refused in words where it would not be taken."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    if said := uploading.refusal(found, user):
        return _refused(said, 403)
    form = AnnouncedForm(request.POST)
    if not form.is_valid():
        return _refused(gettext("The name of this file is too long. Rename it and send it again."))
    try:
        made = uploading.begin(found, name=form.cleaned_data["name"], size=form.cleaned_data["size"], by=user)
    except ValidationError as refused:
        return _refused(" ".join(refused.messages))
    return JsonResponse(_told(made), status=201)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, uuid: UUID, upload: UUID) -> HttpResponse:
    """GET says how much has arrived; POST brings the next part as its body. Another offset is told with 409."""
    user = cast(User, request.user)
    found = get_object_or_404(Upload, consortium=seen_by(user, uuid), by=user, uuid=upload)
    if request.method != "POST":
        return JsonResponse(_told(found))
    if said := uploading.refusal(found.consortium, user):
        return _refused(said, 403)
    form = PartForm(request.GET)
    # Read past Django's limit for forms, up to one of our own.
    part = request.read(uploading.PART + 1)
    if not form.is_valid() or not part or len(part) > uploading.PART:
        return _refused(gettext("This part of the file cannot be read. It is sent once more."), 400)
    if uploading.is_too_small(found, part, offset=form.cleaned_data["offset"]):
        return _refused(gettext("This part of the file cannot be read. It is sent once more."), 400)
    try:
        received = uploading.receive(found, part, offset=form.cleaned_data["offset"])
    except uploading.OtherOffsetError as other:
        return JsonResponse(_told(found) | {"received": other.received}, status=409)
    return JsonResponse(_told(found) | {"received": received})


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, uuid: UUID, version: UUID) -> HttpResponse:
    """Any version of any file, for the people of the organisations in it; it is saved and never opened here."""
    kept = FileVersion.objects.there().filter(file__consortium=seen_by(cast(User, request.user), uuid))
    found = get_object_or_404(kept, uuid=version)
    return cast(HttpResponse, private.download(found.content, name=found.name))


@never_cache
@login_required
@require_safe
def space_of(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How much there is of how much, and which older versions can be removed."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    acting = actor(found, user, "remove_version")
    page = Paginator(removing.removable(found), SHOWN).get_page(request.GET.get("page"))
    context = {
        "consortium": found,
        "used": space.used(found),
        "under_way": space.under_way(found),
        "most": space.most(),
        "page_obj": page,
        "refusal": acting.refusal("remove_version"),
        "own": {each.pk for each in page if not _not_removed(acting, each)},
        "crumbs": crumbs(found),
    }
    return render(request, "consortia/files/space.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_version(request: HttpRequest, uuid: UUID, version: UUID) -> HttpResponse:
    """GET asks, POST does it, once."""
    user = cast(User, request.user)
    found, back = seen_by(user, uuid), reverse("consortia:space", args=[uuid])
    one = get_object_or_404(FileVersion.objects.filter(file__consortium=found), uuid=version)
    if request.method == "POST":
        return removed(request, partial(removing.remove, found, version, by=user), back=back)
    stays = gettext("It was removed already.") if one.removed_at else removing.why_it_stays(found, one)
    said = gettext(
        "The file is deleted for everybody, and this cannot be undone. That there was this version stays on record: "
        "its name, its hash, who added it and when, and that you removed it."
    )
    context = {
        "consortium": found,
        "title": gettext("Remove version %(number)d of “%(name)s”") % {"number": one.number, "name": one.name},
        "words": said,
        "button": gettext("Remove the version"),
        "refusal": _not_removed(actor(found, user, "remove_version"), one) or stays,
        "back": back,
        "crumbs": [*crumbs(found), {"title": gettext("Space"), "url": back}],
    }
    return render(request, "consortia/drafts/remove.html", context)


def _not_removed(acting: Actor, version: FileVersion) -> str:
    return acting.refusal("remove_version", is_own=removing.is_own(version, acting.member))


def _told(upload: Upload) -> dict[str, Any]:
    address = reverse("consortia:upload", args=[upload.consortium.uuid, upload.uuid])
    return {
        "upload": str(upload.uuid),
        "url": address,
        "received": uploading.arrived(upload),
        "size": upload.size,
        "part": uploading.PART,
    }


def _refused(said: str, status: int = 422) -> JsonResponse:
    return JsonResponse({"error": said}, status=status)
