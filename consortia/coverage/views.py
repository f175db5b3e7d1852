"""The list of those who are interested in a call and allow others to see it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consortia.coverage.coverage import coverage, seen
from consortia.interest.views import call_context, public_call

PER_PAGE = 24


@require_safe
def who(request: HttpRequest, call_id: int) -> HttpResponse:
    """All of them, some to a page."""
    call = public_call(call_id)
    page = Paginator(seen(call), PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page_obj": page, "coverage": coverage(call)}
    return render(request, "consortia/who.html", call_context(call) | facts)
