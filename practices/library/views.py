from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hub.search.listing import render_listing
from practices.choosing.shortlist import open_shortlist
from practices.library.presentation import open_library


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The library; with htmx only the part that changes."""
    opened = open_library(request)
    return render_listing(
        request,
        "practices",
        "library",
        opened,
        heading=gettext("Practices"),
        search_label=gettext("Search the practices"),
        library=opened,
        shortlist=open_shortlist(request, here=opened.here),
    )
