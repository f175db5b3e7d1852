from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from hub.pages.renaming import follows_renaming
from hub.search.listing import render_listing
from hub.search.places import lies_open
from partners.contact.receivers import receivers
from partners.directory.cards import card
from partners.directory.filters import Directory
from partners.directory.sectors import organisations_per_sector
from partners.directory.structured_data import organisation_data
from partners.exchange.filters import FACETS as EXCHANGE_FACETS
from partners.exchange.filters import Exchange
from partners.organisations.models import Organisation


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Who is there: filters, counts, and the pentagon of sectors; with htmx only the part that changes."""
    language = get_language() or settings.LANGUAGE_CODE
    asked = Directory(request.GET, language)
    return render_listing(
        request,
        "partners",
        "directory",
        asked,
        heading=gettext("Partners"),
        search_label=gettext("Search organisations"),
        directory=asked,
        cards=[card(organisation, language) for organisation in asked.page],
        sectors=organisations_per_sector(),
        notices=_notices(asked),
        map_there=_shows_map(asked),
    )


def _shows_map(asked: Directory) -> bool:
    by_place = bool(asked.chosen["country"] or asked.chosen["region"])
    return lies_open(page=asked.page.number, is_narrowed=asked.is_filtered, by_place=by_place)


def _notices(asked: Directory) -> Exchange | None:
    """What organisations offer and seek that fits the same choices; facets of the directory go by profiles alone."""
    if not any(asked.chosen[name] for name in ("track", "theme")):
        return None
    same = QueryDict(mutable=True)
    for name in EXCHANGE_FACETS:
        same.setlist(name, asked.chosen.get(name, []))
    found = Exchange(same, asked.language)
    return found if found.page.paginator.count else None


@require_safe
@follows_renaming(Organisation.objects.public)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: facts, words, what it knows and belongs to."""
    found = get_object_or_404(Organisation.objects.public().with_facts(), slug=slug)
    language = get_language() or settings.LANGUAGE_CODE
    text = found.text_in(language)
    by_vocabulary: dict[str, list[Any]] = {}
    for term in found.terms.all():
        by_vocabulary.setdefault(term.vocabulary, []).append(term)
    context = {
        "organisation": found,
        "crumbs": [{"title": gettext("Partners"), "url": reverse("partners:directory")}],
        "text": text,
        "foreign_language": text.language if text and text.language != language else "",
        "sector_codes": [found.sector.code],
        "website_name": urlsplit(found.website).netloc.removeprefix("www."),
        "tracks": by_vocabulary.get("track", []),
        "themes": by_vocabulary.get("theme", []),
        "targets": by_vocabulary.get("target", []),
        "active": by_vocabulary.get("region", []),
        "can_write": bool(receivers(found)),
        "is_own": request.user.is_authenticated and found.memberships.filter(user=request.user).exists(),
        "data": organisation_data(found, text),
    }
    return render(request, "partners/organisation.html", context)
