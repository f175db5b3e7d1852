from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from calls.chain.models import Call
from calls.pages.call_calendars import call_pages
from hub.pages.renaming import follows_renaming
from hub.search.listing import render_listing
from partners import links
from partners.cards import card
from partners.correcting import confirm_correction, proposed_facts
from partners.filters import Directory
from partners.interests import ask_again, confirm, withdraw
from partners.models import Interest, Organisation
from partners.structured_data import organisation_data
from partners.templatetags.partners_tags import organisations_per_sector


def reader_language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Who is there: filters, counts, and the pentagon of sectors; with htmx only the part that changes."""
    language = reader_language()
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
    )


@require_safe
@follows_renaming(Organisation.objects.public)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: facts, words, what it knows and belongs to."""
    found = get_object_or_404(Organisation.objects.public().with_facts(), slug=slug)
    language = reader_language()
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
        "data": organisation_data(found, text),
    }
    return render(request, "partners/organisation.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_interest(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the first mail leads: GET shows what was filled in, POST confirms it."""
    found = links.interest_to_confirm(token)
    if found is None:
        return _too_late(request, token)
    if request.method == "POST":
        confirm(found)
        return redirect("partners:confirm_interest", token=token)
    return render(request, "partners/confirm_interest.html", interest_context(found))


def _too_late(request: HttpRequest, token: str) -> HttpResponse:
    """A link that became too old lost nothing: one press mails another one."""
    waiting = links.interest_asked_long_ago(token)
    if waiting is None:
        return render(request, "partners/link_unknown.html", status=404)
    if request.method == "POST":
        ask_again(waiting)
        return redirect("partners:interest_sent", call_id=waiting.call_id)
    return render(request, "partners/link_expired.html", call_context(waiting.call), status=410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_interest(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link about other answers leads: GET shows them, POST lets them replace what counted."""
    found = links.interest_to_correct(token)
    if found is None or (request.method == "POST" and not confirm_correction(found)):
        return render(request, "partners/link_unknown.html", status=404)
    if request.method == "POST":
        return redirect("partners:interest_registered", call_id=found.call_id)
    shown, tracks = proposed_facts(found)
    return render(request, "partners/correct_interest.html", interest_context(shown) | {"tracks": tracks})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_interest(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the receipt leads: GET asks, POST withdraws."""
    found = links.interest_to_withdraw(token)
    if found is None:
        return render(request, "partners/link_unknown.html", status=404)
    if request.method == "POST":
        withdraw(found)
        return redirect("partners:withdraw_interest", token=token)
    return render(request, "partners/withdraw_interest.html", interest_context(found))


def interest_context(interest: Interest) -> dict[str, Any]:
    return call_context(interest.call) | {"interest": interest, "tracks": interest.tracks.all()}


def call_context(call: Call) -> dict[str, Any]:
    """The call with its words in the reader's language."""
    page = call_pages([call], reader_language()).get(call.pk)
    title = page.title if page else str(call.title)
    steps = [page.get_parent(), page] if page else []
    crumbs = [{"title": step.title, "url": step.url} for step in steps]
    return {"call": call, "call_page": page, "call_title": title, "crumbs": crumbs}
