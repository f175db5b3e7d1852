from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.throttling import allow_act
from events import calendar, links
from events.forms import CONSENT_WORDING, SignUpForm
from events.models import Event
from events.registration import DoubtError, EventCancelledError, EventClosedError, EventFullError, cancel, register
from hub.pages.slugs import slug_of


def _public_event(uid: UUID) -> Event:
    return get_object_or_404(Event.objects.public().with_standing().select_related("contact", "call"), uid=uid)


def _reader_language() -> str:
    return get_language() or "en"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form for a seat. A refused form comes back with everything that was typed."""
    event = _public_event(uid)
    status = 200
    if request.method == "POST":
        form = SignUpForm(request.POST)
        if form.is_valid():
            status = _try_to_register(request, event, form)
            if status == 302:
                return redirect("events:signed_up", uid=event.uid)
    else:
        form = SignUpForm(initial=_known_about(request))
    return render(request, "events/sign_up.html", _context(event) | {"form": form}, status=status)


def _try_to_register(request: HttpRequest, event: Event, form: SignUpForm) -> int:
    """The status to answer with; the form carries the reason of a refusal."""
    if not allow_act(request, f"event:{event.pk}", person=form.cleaned_data["email"], act=form.act):
        form.add_error(None, gettext("You sent several forms just now. Nothing is lost: try again in an hour."))
        return 429
    by = request.user if isinstance(request.user, User) else None
    try:
        register(event, **form.answers(), language=_reader_language(), consent_wording=str(CONSENT_WORDING), by=by)
    except EventFullError:
        form.add_error(
            None,
            gettext(
                "All seats were taken before your sign-up arrived. Nobody was added. Who has a seat under this name "
                "and address gets the confirmation once more by mail, with the answers as they are now."
            ),
        )
        return 409
    except EventCancelledError:
        form.add_error(None, gettext("This event is cancelled."))
        return 409
    except EventClosedError:
        form.add_error(
            None,
            gettext(
                "Sign-up closed before your form arrived. Nobody was added. Who has a seat under this name and address "
                "gets the confirmation once more by mail, with the answers as they are now."
            ),
        )
        return 409
    except DoubtError as doubt:
        form.ask_whether_same(doubt.name)
        return 200
    return 302


def _known_about(request: HttpRequest) -> dict[str, Any]:
    if not isinstance(request.user, User):
        return {}
    membership = request.user.memberships.select_related("organisation").order_by("pk").first()
    return {
        "name": request.user.get_full_name(),
        "email": request.user.email,
        "organisation_name": membership.organisation.name if membership else "",
    }


@require_GET
def signed_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What happens next; the same for everyone, so it tells nothing about anybody."""
    return render(request, "events/signed_up.html", _context(_public_event(uid)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_registration(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the mail leads: GET asks, POST frees the seat."""
    registration = links.registration_for(token)
    if registration is None:
        return render(request, "events/cancel_unknown.html", status=404)
    event = Event.objects.with_standing().get(pk=registration.event_id)
    if request.method == "POST" and not event.is_over:
        cancel(registration)
        return redirect("events:cancel", token=token)
    return render(request, "events/cancel.html", _context(event) | {"registration": registration})


@require_GET
def event_calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The event as a calendar file."""
    event = _public_event(uid)
    response = HttpResponse(
        calendar.event_file(event, language=_reader_language()), content_type="text/calendar; charset=utf-8"
    )
    name = slug_of(str(event.title))[:60] or "event"
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _context(event: Event) -> dict[str, Any]:
    page = event.page_in(_reader_language())
    title = page.title if page else str(event.title)
    steps = [page.get_parent(), page] if page else []
    crumbs = [{"title": step.title, "url": step.url} for step in steps]
    return {"event": event, "page": page, "event_title": title, "crumbs": crumbs, "consent": CONSENT_WORDING}
