"""What the accounts add to Wagtail: pages and documents that are private to a group."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.models import BaseViewRestriction, Page

from accounts import second_factor
from accounts.models import User


@hooks.register("before_serve_page")
def page_of_a_group(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """A page that only some groups may read."""
    return _refused(request, page.get_view_restrictions())


@hooks.register("before_serve_document", order=-1)  # ahead of Wagtail's own check
def document_of_a_group(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """A document in a collection that only some groups may read."""
    return _refused(request, document.collection.get_view_restrictions())


def _refused(request: HttpRequest, restrictions: Any) -> HttpResponse | None:
    """Groups of colleagues are rights of staff. Whoever is signed in and may not hears so: Wagtail would send them to
    sign in, which sends who is signed in back here.
    """
    if not isinstance(request.user, User):
        return None
    for restriction in restrictions:
        if restriction.restriction_type != BaseViewRestriction.GROUPS:
            continue
        if request.user.rights_withheld and request.user.is_colleague:
            return second_factor.ask(request, request.user)
        if not restriction.accept_request(request):
            raise PermissionDenied
    return None
