"""The notes of a consortium: the list with the form for a new one, changing and removing one."""

from functools import partial
from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.users.models import User
from consortia.consortium.acting import actor, actors, seen_by
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.removing import removed
from consortia.consortium.stale import ChangedError
from consortia.consortium.ways import crumbs
from consortia.notes import writing
from consortia.notes.forms import NoteForm
from consortia.notes.models import Note
from consortia.notes.shown import listed

SHOWN = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All of them, the newest first, below the form for a new one."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            writing.write(found, key=said["key"] or uuid4(), text=said["text"], by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("The note is there."))
            return redirect("consortia:notes", uuid=uuid)
    page = Paginator(listed(found), SHOWN).get_page(request.GET.get("page"))
    acting = actors(found, user)
    context = {
        "consortium": found,
        "form": form,
        "refusal": actor(found, user, "add_note").refusal("add_note"),
        "page_obj": page,
        "may_change": any(not each.refusal("change_note") for each in acting),
        "removable": {
            one.pk for one in page for each in acting if not each.refusal("remove_note", is_own=one.by_id == user.pk)
        },
        "crumbs": crumbs(found),
    }
    return render(request, "consortia/notes/notes.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_note(request: HttpRequest, uuid: UUID, note: int) -> HttpResponse:
    """Other words; a refused form keeps them."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    one = get_object_or_404(found.notes.select_related("consortium"), pk=note)
    form = NoteForm(request.POST if request.method == "POST" else None, text=one.text, seen=writing.seen(one))
    if form.is_valid():
        said = form.cleaned_data
        try:
            writing.change(one, text=said["text"], was=said["seen"], by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        except ChangedError as changed:
            one.refresh_from_db()
            form.add_error(None, str(changed))
            form.show_again(writing.seen(one))
        else:
            messages.success(request, gettext("The note is changed."))
            return redirect("consortia:notes", uuid=uuid)
    context = {
        "consortium": found,
        "form": form,
        "title": gettext("Change the note"),
        "refusal": actor(found, user, "change_note").refusal("change_note"),
        "now": one.text if form.errors else "",
        "back": reverse("consortia:notes", args=[uuid]),
        "crumbs": [*crumbs(found), _list(found)],
    }
    return render(request, "consortia/drafts/change.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_note(request: HttpRequest, uuid: UUID, note: int) -> HttpResponse:
    """GET asks, POST does it, once."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    if request.method == "POST":
        one = Note(pk=note, consortium=found)
        return removed(request, partial(writing.remove, one, by=user), back=reverse("consortia:notes", args=[uuid]))
    one = get_object_or_404(found.notes, pk=note)
    acting = actor(found, user, "remove_note")
    context = {
        "consortium": found,
        "title": gettext("Remove the note"),
        "words": gettext("The note is deleted for everybody. This cannot be undone."),
        "quoted": one.text,
        "button": gettext("Remove the note"),
        "refusal": acting.refusal("remove_note", is_own=one.by_id == user.pk),
        "back": reverse("consortia:notes", args=[uuid]),
        "crumbs": [*crumbs(found), _list(found)],
    }
    return render(request, "consortia/drafts/remove.html", context)


def _list(found: Consortium) -> dict[str, str]:
    return {"title": gettext("Notes"), "url": reverse("consortia:notes", args=[found.uuid])}
