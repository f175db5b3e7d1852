"""The documents of a consortium: the list, adding one, its versions, removing it."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.users.models import User
from consortia.consortium.acting import Actor, actor, actors, seen_by
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.removing import removed
from consortia.consortium.ways import crumbs
from consortia.documents import adding
from consortia.documents.forms import DocumentForm, VersionForm
from consortia.documents.models import Document
from consortia.documents.shown import listed, with_versions

SHOWN = 20


@never_cache
@login_required
@require_safe
def documents(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All of them, the newest first."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    page = Paginator(listed(found), SHOWN).get_page(request.GET.get("page"))
    context = {
        "consortium": found,
        "page_obj": page,
        "rows": with_versions(list(page)),
        "refusal": actor(found, user, "add_document").refusal("add_document"),
        "crumbs": crumbs(found),
    }
    return render(request, "consortia/documents/documents.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A title and a file; a refused form keeps both."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    form = DocumentForm(*_posted(request), consortium=found, user=user)
    if form.is_bound and _is_added(found, form):
        return redirect("consortia:documents", uuid=uuid)
    if form.is_valid():
        said = form.cleaned_data
        try:
            with transaction.atomic():
                form.done()
                adding.add(
                    found, said["file"], key=said["key"], title=said["title"], endorses=said["endorses"], by=user
                )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("“%(title)s” is added.") % {"title": said["title"]})
            return redirect("consortia:documents", uuid=uuid)
    refusal = actor(found, user, "add_document").refusal("add_document")
    back = {"title": gettext("Documents"), "url": reverse("consortia:documents", args=[uuid])}
    return _form_page(request, found, form, gettext("Add a document"), refusal, back)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, uuid: UUID, document: int) -> HttpResponse:
    """Its versions, each to download, and the form for the next one."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    one = _one(found, document)
    form = VersionForm(*_posted(request), consortium=found, user=user)
    if form.is_valid():
        try:
            with transaction.atomic():
                form.done()
                made = adding.replace(one, form.cleaned_data["file"], by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _said(made.number if made else 0))
            return redirect(one)
    page = Paginator(one.file.versions.select_related("by", "removed_by"), SHOWN).get_page(request.GET.get("page"))
    context = {
        "consortium": found,
        "document": one,
        "page_obj": page,
        "form": form,
        "refusal": actor(found, user, "replace_document").refusal("replace_document")
        or adding.not_replaced(one, found, user),
        "may_remove": any(not _not_removed(one, each) for each in actors(found, user)),
        "begin": reverse("consortia:begin_upload", args=[uuid]),
        "crumbs": [*crumbs(found), _list(found)],
    }
    return render(request, "consortia/documents/document.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_document(request: HttpRequest, uuid: UUID, document: int) -> HttpResponse:
    """GET asks, POST does it, once."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    if request.method == "POST":
        one = Document(pk=document, consortium=found)
        return removed(request, partial(adding.remove, one, by=user), back=reverse("consortia:documents", args=[uuid]))
    one = _one(found, document)
    refusals = [_not_removed(one, each) for each in actors(found, user)]
    context = {
        "consortium": found,
        "title": gettext("Remove “%(title)s”") % {"title": one.title},
        "words": gettext("The document is deleted with all its versions, for everybody. This cannot be undone."),
        "button": gettext("Remove the document"),
        "refusal": "" if not all(refusals) else refusals[0],
        "back": one.get_absolute_url(),
        "crumbs": [*crumbs(found), _list(found)],
    }
    return render(request, "consortia/drafts/remove.html", context)


def _not_removed(one: Document, acting: Actor) -> str:
    said = acting.refusal("remove_document", is_own=adding.is_own(one, acting.member))
    return said or adding.is_needed(one, acting.consortium)


def _is_added(found: Consortium, form: DocumentForm) -> bool:
    """The same form once more: what it brought is there, and the upload is over."""
    key = form["key"].value()
    try:
        return bool(key) and found.documents.filter(key=UUID(str(key))).exists()
    except ValueError:
        return False


def _one(found: Consortium, key: int) -> Document:
    return get_object_or_404(found.documents.select_related("consortium", "file", "endorses__organisation"), pk=key)


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _said(number: int) -> str:
    if not number:
        return gettext("That is the version that was there last. Nothing was added.")
    return gettext("Version %(number)d is added. The versions before it stay.") % {"number": number}


def _list(found: Consortium) -> dict[str, str]:
    return {"title": gettext("Documents"), "url": reverse("consortia:documents", args=[found.uuid])}


def _form_page(
    request: HttpRequest, found: Consortium, form: DocumentForm, title: str, refusal: str, back: dict[str, str]
) -> HttpResponse:
    context = {
        "consortium": found,
        "form": form,
        "title": title,
        "refusal": refusal,
        "begin": reverse("consortia:begin_upload", args=[found.uuid]),
        "back": back["url"],
        "crumbs": [*crumbs(found), back],
    }
    return render(request, "consortia/documents/add.html", context, status=422 if form.errors else 200)
