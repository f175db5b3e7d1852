"""A policy note as a file to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.public_forms.throttling import HOUR, allow_visitor
from hub.content_memory.content_version import remembered
from hub.refusals.error_views import too_many
from hub.site.visibility import visible
from learning.notes.pages import NotePage
from learning.notes.printing import as_pdf

# Files that one visitor may have made in an hour: each costs a fraction of a second of one core.
DOWNLOADS = 60


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The note in its own language, made once for each state of the content."""
    page = get_object_or_404(visible(NotePage.objects.all()).select_related("locale"), pk=pk)
    if not allow_visitor(request, "policy-note", limit=DOWNLOADS, per=HOUR):
        return too_many(request)
    file = remembered(("policy note", page.pk), lambda: as_pdf(page))
    headers = {"Content-Disposition": f'inline; filename="{page.slug}.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(file, content_type="application/pdf", headers=headers)
