"""Where a practice was taken up: the list, and the page of each report."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from hub.pages.renaming import follows_renaming
from hub.search.listing import render_listing
from practices.practice.models.practice import Practice
from practices.reuse import rules
from practices.reuse.models.reuses import Reuse
from practices.reuse_reports import presentation
from practices.reuse_reports.listing import Reuses
from practices.reuse_reports.structured_data import reuse_data


def practice_of(slug: str) -> Practice:
    """The published practice of this address."""
    return get_object_or_404(Practice.objects.public().select_related("owner"), slug=slug)


def reuse_of(slug: str, uuid: UUID) -> Reuse:
    """A report about a published practice, whoever may see it."""
    practice = practice_of(slug)
    found = get_object_or_404(Reuse.objects.with_facts().filter(practice=practice), uuid=uuid)
    found.practice = practice
    return found


@require_safe
@follows_renaming(Practice.objects.public)
def reuses(request: HttpRequest, slug: str) -> HttpResponse:
    """Who took a practice up, failures as well as what works; with htmx only the part that changes."""
    practice = practice_of(slug)
    asked = Reuses(practice, request.GET, get_language() or settings.LANGUAGE_CODE)
    return render_listing(
        request,
        "practices/reuse",
        "reuses",
        asked,
        heading=gettext("Taken up elsewhere"),
        search_label=gettext("Search these reports"),
        asked=asked,
        cards=presentation.cards(asked.page, practice),
        **presentation.about(practice),
    )


@require_safe
@follows_renaming(Practice.objects.public)
def reuse(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """One report with its history; who reported or checks it also sees what waits."""
    found = reuse_of(slug, uuid)
    is_reporter = rules.is_reporter(request.user, found)
    # What was taken back or taken down only its own organisation reads here, and staff in the admin.
    checks = found.is_standing and bool(rules.checks_as(request.user, found))
    is_public = Reuse.objects.public().filter(pk=found.pk).exists()
    if not (is_public or is_reporter or checks):
        raise Http404
    told = presentation.tellings(found, only_accepted=not (is_reporter or checks))
    now = next((each for each in told if each.version.pk == found.shown_id), told[0] if told else None)
    facts = {
        "reuse": found,
        "now": now,
        "history": told if len(told) > 1 else [],
        "is_public": is_public,
        "is_reporter": is_reporter,
        "can_check": checks and found.is_waiting,
        "ask_url": presentation.ask_url(found) if is_public else "",
        **presentation.about(found.practice, presentation.list_crumb(found.practice)),
    }
    if is_public and found.shown:
        facts["json_ld"] = reuse_data(found, found.shown, found.practice, str(facts["title"]))
    return render(request, "practices/reuse/reuse.html", facts)
