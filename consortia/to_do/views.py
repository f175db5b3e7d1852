"""The tasks of a consortium: the list, adding and changing one, ticking it off, removing it."""

from functools import partial
from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.users.models import User
from consortia.consortium.acting import actor, actors, seen_by
from consortia.consortium.actions import ACTIONS, RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.removing import removed
from consortia.consortium.stale import ChangedError
from consortia.consortium.ways import crumbs
from consortia.to_do import tasks as verbs
from consortia.to_do.forms import TaskForm
from consortia.to_do.models import Task
from consortia.to_do.shown import listed

SHOWN = 20


@never_cache
@login_required
@require_safe
def tasks(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All of them: what is open first, by its day."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    page = Paginator(listed(found), SHOWN).get_page(request.GET.get("page"))
    acting = actors(found, user)
    may = {action: any(not each.refusal(action) for each in acting) for action in ("change_task", "finish_task")}
    context = {
        "consortium": found,
        "refusal": actor(found, user, "add_task").refusal("add_task"),
        "page_obj": page,
        "rows": [
            (one, any(not each.refusal("remove_task", is_own=verbs.is_own(one, each.member)) for each in acting))
            for one in page
        ],
        "may": may,
        "finish": ACTIONS["finish_task"].button,
        "reopen": ACTIONS["reopen_task"].button,
        "crumbs": crumbs(found),
    }
    return render(request, "consortia/to_do/tasks.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_task(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What, who, until when; a refused form keeps everything."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    form = TaskForm(request.POST if request.method == "POST" else None, consortium=found)
    if form.is_valid():
        try:
            verbs.add(found, form.said, key=form.cleaned_data["key"] or uuid4(), by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("The task is added."))
            return redirect("consortia:tasks", uuid=uuid)
    return _form_page(request, found, form, "add_task", user)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_task(request: HttpRequest, uuid: UUID, task: int) -> HttpResponse:
    """The same for one that is there."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    one = get_object_or_404(found.tasks.select_related("consortium"), pk=task)
    form = TaskForm(request.POST if request.method == "POST" else None, consortium=found, said=verbs.Said.of(one))
    now = ""
    if form.is_valid():
        try:
            verbs.change(one, form.said, was=form.cleaned_data["seen"], by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        except ChangedError as changed:
            one = found.tasks.get(pk=one.pk)
            form.add_error(None, str(changed))
            form.show_again(verbs.Said.of(one).stands_for)
            now = one.what
        else:
            messages.success(request, gettext("The task is changed."))
            return redirect("consortia:tasks", uuid=uuid)
    return _form_page(request, found, form, "change_task", user, now)


@never_cache
@login_required
@require_POST
def tick_task(request: HttpRequest, uuid: UUID, task: int, action: str) -> HttpResponse:
    """Done, or not done after all."""
    if action not in {"finish", "reopen"}:
        raise Http404
    user = cast(User, request.user)
    one = get_object_or_404(seen_by(user, uuid).tasks.select_related("consortium"), pk=task)
    try:
        (verbs.finish if action == "finish" else verbs.reopen)(one, by=user)
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        said = gettext("“%(what)s” is done.") if action == "finish" else gettext("“%(what)s” is open again.")
        messages.success(request, said % {"what": one.what})
    return redirect("consortia:tasks", uuid=uuid)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_task(request: HttpRequest, uuid: UUID, task: int) -> HttpResponse:
    """GET asks, POST does it, once."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    if request.method == "POST":
        one = Task(pk=task, consortium=found)
        return removed(request, partial(verbs.remove, one, by=user), back=reverse("consortia:tasks", args=[uuid]))
    one = get_object_or_404(found.tasks, pk=task)
    refusals = [each.refusal("remove_task", is_own=verbs.is_own(one, each.member)) for each in actors(found, user)]
    context = {
        "consortium": found,
        "title": gettext("Remove the task"),
        "words": gettext("The task is deleted for everybody. If it is done, tick it off instead."),
        "quoted": one.what,
        "button": gettext("Remove the task"),
        "refusal": "" if not all(refusals) else refusals[0],
        "back": reverse("consortia:tasks", args=[uuid]),
        "crumbs": [*crumbs(found), _list(found)],
    }
    return render(request, "consortia/drafts/remove.html", context)


def _list(found: Consortium) -> dict[str, str]:
    return {"title": gettext("Tasks"), "url": reverse("consortia:tasks", args=[found.uuid])}


def _form_page(
    request: HttpRequest, found: Consortium, form: TaskForm, action: str, user: User, now: str = ""
) -> HttpResponse:
    context = {
        "consortium": found,
        "form": form,
        "title": ACTIONS[action].button,
        "refusal": actor(found, user, action).refusal(action),
        "now": now,
        "back": reverse("consortia:tasks", args=[found.uuid]),
        "crumbs": [*crumbs(found), _list(found)],
    }
    return render(request, "consortia/drafts/change.html", context, status=422 if form.errors else 200)
