from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hub.search import site_search
from hub.search.forms import SearchForm
from hub.search.full_text import cut


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything on the site that fits the words, group by group, in the reader's language."""
    typed = request.GET.get("q")
    # One letter too many shows the form's own sentence; a whole book is not printed back.
    form = SearchForm({"q": typed[: SearchForm.LONGEST + 1]} if typed is not None else None)
    words = cut(form.cleaned_data["q"]) if form.is_valid() else ""
    groups = site_search.find(words, get_language() or settings.LANGUAGE_CODE) if words else []
    context = {"form": form, "words": words, "groups": groups, "total": sum(group.total for group in groups)}
    return render(request, "hub/search.html", context)
