"""Addresses that something had before it was renamed lead to the one that it has now.

Triggers keep the earlier slugs of what visitors could see, whatever program renames it. Who has a slug now comes before
who had it earlier; of those who had it, who gave it up last. What is not public is as if it had never been there.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

Records = Callable[[], "models.QuerySet[Any]"]
View = Callable[..., HttpResponse]
# Browsers keep a permanent redirect for good unless told otherwise; renamed back, the two would lead in a circle.
KEPT = "no-cache"


class EarlierSlug(models.Model):
    """A slug under which something was public; a subclass says what, with `earlier_slugs` as the way back."""

    slug = models.SlugField(max_length=80)
    left_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class _SameFormElsewhere(HttpResponsePermanentRedirect):
    """Sends a form on with all that was typed; after a 301 browsers ask for the new page without it."""

    status_code = 308


def slugs_now(records: "models.QuerySet[Any]", slugs: Iterable[str]) -> list[str]:
    """These slugs, in this order and each once, with those that are in use no more replaced by the present ones."""
    wanted = list(dict.fromkeys(slugs))
    held = set(records.filter(slug__in=wanted).values_list("slug", flat=True))
    given_up = [slug for slug in wanted if slug not in held]
    if not given_up:
        return wanted
    earlier = records.filter(earlier_slugs__slug__in=given_up).order_by("earlier_slugs__left_at", "earlier_slugs__pk")
    now = dict(earlier.values_list("earlier_slugs__slug", "slug"))
    return list(dict.fromkeys(now.get(slug, slug) for slug in wanted))


def slug_now(records: "models.QuerySet[Any]", slug: str) -> str | None:
    """The present slug of what had this one earlier; None when something has it now, or nothing public had it."""
    (now,) = slugs_now(records, [slug])
    return now if now != slug else None


def follows_renaming(records: Records) -> Callable[[View], View]:
    """For a view of `<slug:slug>`: where it finds nothing, the same view of what was called so leads on."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, slug=slug, **kwargs)
            except Http404:
                now = slug_now(records(), slug)
                if now is None:
                    raise
            return _there(request, now)

        return wrapped

    return decorate


def _there(request: HttpRequest, slug: str) -> HttpResponse:
    match = request.resolver_match
    assert match is not None  # noqa: S101  # a view is running
    address = reverse(match.view_name, args=match.args, kwargs={**match.kwargs, "slug": slug})
    query = request.META.get("QUERY_STRING", "")
    kind = HttpResponsePermanentRedirect if request.method in {"GET", "HEAD"} else _SameFormElsewhere
    return kind(f"{address}?{query}" if query else address, headers={"Cache-Control": KEPT})
