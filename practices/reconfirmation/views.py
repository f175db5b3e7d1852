"""Where the mail that asks an owner leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from practices.practice.presentation import text_for
from practices.reconfirmation import owner_requests as verbs
from practices.reconfirmation.models import ConfirmationRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reconfirm(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing; the button says that the practice still is as its page tells."""
    asked = verbs.request_for(token)
    if asked is None:
        return render(request, "practices/reconfirm_unknown.html", status=404)
    if request.method == "POST":
        verbs.confirm(asked)
        return redirect("practices:reconfirm", token=token)
    return render(request, "practices/reconfirm.html", _shown(asked))


def _shown(asked: ConfirmationRequest) -> dict[str, object]:
    practice = asked.practice
    text = text_for(practice.texts.all(), get_language() or "", practice.original_language)
    return {
        "practice": practice,
        "title": text.title if text else practice.slug,
        "known_on": practice.known_on,
        "in_review": practice.awaits_decision,
        "is_open": not asked.answered_at and practice.known_on == asked.known_on,
    }
