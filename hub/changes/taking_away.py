"""The admin's ways of deleting, unpublishing and moving: what others still rely on stays, with the reason."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from hub.changes import consequences
from hub.changes.consequences import Act

# What Wagtail calls its bulk actions.
BULK = {"delete": Act.DELETE, "unpublish": Act.UNPUBLISH, "move": Act.MOVE}


def refuse(request: HttpRequest, things: Sequence[Model], act: Act, *, below: bool = True) -> HttpResponse | None:
    """Back to the first of these things, with the reason why it stays; None when all may go."""
    said = consequences.refusal(things, act, with_what_is_below=below)
    if not said:
        return None
    messages.error(request, said)
    return redirect(_edit_url(things[0]))


def _edit_url(thing: Model) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    try:
        return reverse(f"wagtailsnippets_{thing._meta.app_label}_{thing._meta.model_name}:edit", args=[thing.pk])
    except NoReverseMatch:
        return reverse("wagtailadmin_home")


def before_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse(request, [page], Act.DELETE)


def before_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse(request, [page], Act.UNPUBLISH, below=bool(request.POST.get("include_descendants")))


def before_moving(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    return refuse(request, [page], Act.MOVE)


def before_many(request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any) -> HttpResponse | None:
    things = list(objects)
    if action_type not in BULK or not things:
        return None
    below = action_type != "unpublish" or bool(request.POST.get("include_descendants"))
    return refuse(request, things, BULK[action_type], below=below)


def before_deleting_facts(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    return refuse(request, list(instances), Act.DELETE)


def before_unpublishing_facts(request: HttpRequest, instance: Model) -> HttpResponse | None:
    return refuse(request, [instance], Act.UNPUBLISH)


# Registered in `hub.wagtail_hooks`.
HOOKS = {
    "before_delete_page": before_deleting,
    "before_unpublish_page": before_unpublishing,
    "before_move_page": before_moving,
    "before_bulk_action": before_many,
    "before_delete_snippet": before_deleting_facts,
    "before_unpublish": before_unpublishing_facts,
}
