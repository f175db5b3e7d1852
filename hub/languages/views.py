"""From the bare address to a language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe


@require_safe
def to_own_language(request: HttpRequest) -> HttpResponse:
    """From `/` to the home page in the language of the cookie, else of the browser, else of the portal."""
    response = HttpResponseRedirect(f"/{get_language() or settings.LANGUAGE_CODE}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response
