"""After an event: the certificate to download, the page that verifies one, and the feedback form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.public_forms.throttling import HOUR, allow_guess, allow_visitor
from events.afterwards import certificates
from events.afterwards.certificates import NobodyCameError
from events.agenda.models import Event
from events.agenda.pages import page_in
from events.feedback import answering
from events.feedback.answering import FeedbackClosedError, FeedbackGivenError
from events.feedback.forms import PROMISE, FeedbackForm
from events.seats import links
from hub.refusals.error_views import too_many
from hub.site.models import SiteSettings

# Certificates that one visitor may have made in an hour: each costs a fraction of a second of one core.
DOWNLOADS = 30


def _no_seat(request: HttpRequest) -> HttpResponse:
    return render(request, "events/cancel_unknown.html", status=404)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def download_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """POST makes the certificate and answers with it; who follows the address comes to the page with the button."""
    registration = links.registration_for(token)
    if registration is None:
        return _no_seat(request)
    if request.method != "POST":
        return redirect("events:cancel", token=token)
    if not allow_visitor(request, "certificate", limit=DOWNLOADS, per=HOUR):
        return too_many(request)
    try:
        certificate = certificates.issue(registration)
    except NobodyCameError:
        return redirect("events:cancel", token=token)
    response = HttpResponse(certificates.as_pdf(certificate), content_type="application/pdf")
    # Translators: the name of a file; small letters and hyphens.
    name = gettext("certificate-of-attendance")
    response["Content-Disposition"] = f'attachment; filename="{name}-{certificate.written}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_GET
def verify_certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Whether a certificate with this number was issued, to whom and for what: for whoever has it in hand.

    A number that was never given, one that was mistyped and one that was made up are answered alike.
    """
    if not allow_guess(request, "certificate", guess=number):
        return too_many(request)
    found = certificates.verified(number)
    context: dict[str, Any] = {"certificate": found, "issuer": SiteSettings.load().name}
    if found:
        event = Event.objects.with_standing().get(pk=found.registration.event_id)
        context |= {"event": event, "page": page_in(event, _language()), "event_title": certificates.title_of(event)}
    return render(request, "events/afterwards/certificate.html", context, status=200 if found else 404)


@never_cache
@require_GET
def enter_number(request: HttpRequest) -> HttpResponse:
    """Where somebody types the number of a certificate; leads to the page that verifies it."""
    if typed := request.GET.get("number", "").strip()[:40].replace("/", ""):
        return redirect("events:certificate", number=typed)
    return render(request, "events/afterwards/enter_number.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: HttpRequest, token: str) -> HttpResponse:
    """The form behind the link in the mail of thanks. A refused form comes back with everything that was typed."""
    registration = links.registration_for(token)
    if registration is None:
        return _no_seat(request)
    event = Event.objects.with_standing().select_related("contact").get(pk=registration.event_id)
    asked = answering.questions(event)
    standing = answering.standing(registration)
    status = 200
    form = FeedbackForm(request.POST or None, questions=asked)
    if request.method == "POST" and form.is_valid():
        try:
            answering.give(registration, form.answers())
        except FeedbackGivenError:
            standing = "given"
        except FeedbackClosedError:
            standing, status = "closed", 409
        else:
            return redirect("events:feedback", token=token)
    context = {"form": form, "standing": standing, "token": token, "promise": PROMISE}
    return render(request, "events/feedback/form.html", context | _about(event), status=status)


def _language() -> str:
    return get_language() or "en"


def _about(event: Event) -> dict[str, Any]:
    page = page_in(event, _language())
    steps = [page.get_parent(), page] if page else []
    return {
        "event": event,
        "page": page,
        "event_title": page.title if page else str(event.title),
        "crumbs": [{"title": step.title, "url": step.url} for step in steps],
    }
