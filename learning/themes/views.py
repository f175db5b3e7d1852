"""All themes and target groups, the page of one, and the lists that no other page has."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from hub.languages.names import language_name
from hub.vocabularies.models import Term
from learning.themes import sections
from practices.practice.presentation import said

PER_PAGE = 20


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """Every theme and target group, in the order of the vocabularies."""
    terms = list(Term.objects.public().filter(vocabulary__in=sections.SUBJECTS))
    titles = {"theme": gettext("Themes"), "target": gettext("Target groups")}
    groups = [
        (title, [(term, address(term)) for term in terms if term.vocabulary == vocabulary])
        for vocabulary, title in titles.items()
    ]
    return render(request, "learning/themes/themes.html", {"groups": groups, "crumbs": _crumbs()[:1]})


@require_safe
def theme(request: HttpRequest, vocabulary: str, code: str) -> HttpResponse:
    """What is known, tried and open about one."""
    term = get_object_or_404(Term.objects.public().of(vocabulary), code=code)
    told = said(term.introduction, get_language() or "")
    facts = {
        "term": term,
        "introduction": told,
        "introduction_language": language_name(told.language) if told.language else "",
        "sections": sections.of(term),
        "crumbs": _crumbs(),
    }
    return render(request, "learning/themes/theme.html", facts)


@require_safe
def everything(request: HttpRequest, vocabulary: str, code: str, section: str) -> HttpResponse:
    """All of one section."""
    term = get_object_or_404(Term.objects.public().of(vocabulary), code=code)
    own = sections.own(section)
    if own is None:
        raise Http404
    page_obj = Paginator(own.rows(term), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "term": term,
        "title": own.titled(),
        "section": sections.Section(own.name, own.titled(), own.shown(page_obj.object_list)),
        "page_obj": page_obj,
        "crumbs": [*_crumbs(), {"title": str(term), "url": address(term)}],
    }
    return render(request, "learning/themes/everything.html", facts)


def address(term: Term) -> str:
    """The page of a theme or a target group."""
    return reverse(f"learning:{term.vocabulary}", args=[term.code])


def _crumbs() -> list[dict[str, str]]:
    return [
        {"title": gettext("Learning agenda"), "url": reverse("learning:questions")},
        {"title": gettext("Themes"), "url": reverse("learning:themes")},
    ]
