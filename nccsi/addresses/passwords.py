"""The passwords of protected pages and documents: Wagtail's own views, where they fit, with a limit on guesses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail import views as pages
from wagtail.documents.views import serve as documents
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Page

from accounts.public_forms import throttling
from hub.refusals import error_views

_WITH_PASSWORD = BaseViewRestriction.PASSWORD


def of_page(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Asked at any other page than one that this password protects, it would tell which numbers have a page."""
    page = get_object_or_404(Page.objects.live(), pk=page_id)
    restriction = get_object_or_404(
        page.get_view_restrictions(), pk=page_view_restriction_id, restriction_type=_WITH_PASSWORD
    )
    if not _may_guess(request, f"page:{restriction.pk}"):
        return error_views.too_many(request)
    answer: HttpResponse = pages.authenticate_with_password(request, restriction.pk, page.pk)
    return answer


def of_document(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """The same for the documents of a collection."""
    restriction = get_object_or_404(CollectionViewRestriction, pk=restriction_id, restriction_type=_WITH_PASSWORD)
    if not _may_guess(request, f"collection:{restriction.pk}"):
        return error_views.too_many(request)
    answer: HttpResponse = documents.authenticate_with_password(request, restriction.pk)
    return answer


def _may_guess(request: HttpRequest, protected: str) -> bool:
    if request.method != "POST":
        return True
    return throttling.allow_guess(request, f"password:{protected}", guess=request.POST.get("password", ""))
