"""The list of offers and requests, the page of one, and the form that answers it."""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.search.listing import render_listing
from partners.contact.views import is_sent, message_form
from partners.exchange import answering
from partners.exchange.filters import Exchange, card
from partners.exchange.models import Notice


def crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    return [{"title": gettext("Offers and requests"), "url": reverse("exchange:notices")}, *more]


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What organisations offer and seek now; with htmx only the part that changes."""
    language = get_language() or settings.LANGUAGE_CODE
    asked = Exchange(request.GET, language)
    return render_listing(
        request,
        "partners/exchange",
        "notices",
        asked,
        heading=gettext("Offers and requests"),
        search_label=gettext("Search offers and requests"),
        exchange=asked,
        cards=[card(notice, language) for notice in asked.page],
    )


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; what is over or withdrawn says so and leads to the list."""
    found = _public(pk)
    if found is None:
        return _gone(request, pk)
    terms = list(found.terms.all())
    facts = {
        "notice": found,
        "foreign_language": _foreign_language(found),
        "tracks": [term for term in terms if term.vocabulary == "track"],
        "themes": [term for term in terms if term.vocabulary == "theme"],
        "can_answer": bool(answering.who_hears(found)),
        "crumbs": crumbs(),
    }
    return render(request, "partners/exchange/notice.html", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one of them; nobody sees where the answer goes."""
    found = _public(pk)
    if found is None:
        return _gone(request, pk)
    if not answering.who_hears(found):
        raise Http404
    form = message_form(request)
    if is_sent(request, form, partial(answering.answer, found), about=f"notice:{found.pk}"):
        return redirect("exchange:answered", pk=pk)
    facts = {"notice": found, "form": form, "crumbs": _to(found), "foreign_language": _foreign_language(found)}
    return render(request, "partners/exchange/answer.html", facts, status=422 if form.errors else 200)


@require_safe
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that the answer is on its way."""
    found = _public(pk)
    if found is None:
        return _gone(request, pk)
    return render(request, "partners/exchange/answered.html", {"notice": found, "crumbs": _to(found)})


def _public(pk: int) -> Notice | None:
    return Notice.objects.public().with_facts().filter(pk=pk).first()


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """What visitors once saw; of what never was, or is hidden with its organisation, nothing is told."""
    found = get_object_or_404(Notice.objects.filter(organisation__status="listed"), pk=pk)
    facts = {"crumbs": crumbs(), "is_withdrawn": found.is_withdrawn}
    return render(request, "partners/exchange/gone.html", facts, status=410)


def _foreign_language(notice: Notice) -> str:
    """The language of its words where it is not the reader's."""
    return notice.language if notice.language != (get_language() or settings.LANGUAGE_CODE) else ""


def _to(notice: Notice) -> list[dict[str, str]]:
    return crumbs({"title": notice.title, "url": notice.get_absolute_url(), "language": _foreign_language(notice)})
