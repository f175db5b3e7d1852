from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from hub.search.full_text import cut
from hub.site_search import registry
from hub.site_search.finding import Found, find
from hub.site_search.forms import SearchForm


@dataclass(frozen=True)
class KindLink:
    """Shows one kind of results alone, or all of them."""

    label: str | Promise
    count: int
    url: str
    current: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything on the site that fits the words, the best first, in the reader's language where there is one."""
    typed = request.GET.get("q")
    # One letter too many shows the form's own sentence; a whole book is not printed back.
    given = {"q": typed[: SearchForm.LONGEST + 1], "page": request.GET.get("page", "")} if typed is not None else None
    form = SearchForm(given)
    words = cut(form.cleaned_data["q"]) if form.is_valid() else ""
    chosen = [code for code in registry.kinds() if code in request.GET.getlist("kind")]
    number = form.cleaned_data["page"] if words else 1
    found = find(words, get_language() or settings.LANGUAGE_CODE, kinds=chosen, page=number) if words else Found()
    return render(request, "hub/search.html", {"form": form, "words": words, **_shown(found, words, chosen)})


def _shown(found: Found, words: str, chosen: Collection[str]) -> dict[str, Any]:
    kinds = registry.kinds()
    offered = [code for code in kinds if found.counts.get(code) or code in chosen]
    alone = [
        KindLink(kinds[code].many, found.counts.get(code, 0), _address(words, [code]), code in chosen)
        for code in offered
    ]
    everything = KindLink(gettext("All"), found.total, _address(words), not chosen)
    own_lists = [kinds[code] for code in chosen if kinds[code].own_list]
    return {
        "found": found,
        "total": found.page.paginator.count if found.page else 0,
        "kinds": [everything, *alone] if len(offered) > 1 or chosen else [],
        "chosen": [("kind", code) for code in chosen],
        "own_lists": [(kind.many, kind.own_list(words)) for kind in own_lists if kind.own_list],
        "everything_url": everything.url,
        "base_query": urlencode([("q", words), *(("kind", code) for code in chosen)]),
    }


def _address(words: str, kinds: Collection[str] = ()) -> str:
    return f"{reverse('hub:search')}?{urlencode([('q', words), *(('kind', code) for code in kinds)])}"
