"""Signing up for several dates of a series with one form."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.public_forms.throttling import allow_act
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.seats.models import Registration
from events.seats.registration import DoubtError
from events.seats.several_dates import DatesRefusedError, register_for_series
from events.sign_up.forms import CONSENT_WORDING
from events.sign_up.series_forms import DatesSignUpForm
from events.sign_up.views import known_about, organisation_names, sender, steps_after
from hub.languages.reading_order import nearest_page
from hub.site.visibility import visible


def _dates(uid: UUID) -> list[Event]:
    """The dates of a series that visitors may see and that are not over."""
    dates = Event.objects.public().filter(series__uid=uid).with_standing().select_related("contact", "series")
    found = list(dates.order_by("starts_at", "pk"))
    if not found:
        raise Http404
    return [event for event in found if not event.is_over] or found[-1:]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_series(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form for seats on several dates. A refused form comes back with everything that was typed."""
    dates = _dates(uid)
    status = 200
    if request.method == "POST":
        form = DatesSignUpForm(request.POST, events=dates)
        if form.is_valid():
            answer = _try_to_register(request, uid, form)
            if not isinstance(answer, int):
                name = "series_to_confirm" if any(seat.asks_click for seat in answer) else "series_signed_up"
                return redirect(f"events:{name}", uid=uid)
            status, dates = answer, _dates(uid)
    else:
        form = DatesSignUpForm(initial=known_about(request), events=dates)
    context = _context(dates) | {"form": form, "organisations": organisation_names()}
    context["can_sign_up"] = any(event.standing in {"open", "full"} for event in dates)
    return render(request, "events/series_sign_up.html", context, status=status)


def _try_to_register(request: HttpRequest, uid: UUID, form: DatesSignUpForm) -> list[Registration] | int:
    """The sender's seats, or the status of a refusal whose reason the form carries."""
    picks = form.picks()
    series = picks[0].event.series_id or 0
    if not allow_act(request, f"series:{series}", person=form.cleaned_data["email"], act=form.act):
        form.add_error(None, gettext("You sent several forms just now. Nothing is lost: try again in an hour."))
        return 429
    try:
        return register_for_series(picks, series=series, **form.answers(), **sender(request))
    except DatesRefusedError as refused:
        form.refuse(_dates(uid), refused.reasons)
        return 409
    except DoubtError as doubt:
        form.ask_whether_same(doubt.name)
        return 200


@never_cache
@require_GET
def series_signed_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What happens next. It tells nothing about the address; what is offered then depends on who is signed in."""
    dates = _dates(uid)
    context = _context(dates) | steps_after(request, dates[0], has_seat=False)
    context["heading"] = gettext("Your form has arrived")
    return render(request, "events/series_signed_up.html", context)


@require_GET
def series_to_confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One more step: the links in the mail. The same for everyone on a line that asked for many seats."""
    context = _context(_dates(uid)) | {"heading": gettext("One more step: confirm your seats")}
    return render(request, "events/series_to_confirm.html", context)


def _context(dates: list[Event]) -> dict[str, Any]:
    series = dates[0].series
    page = nearest_page(visible(EventPage.objects.filter(series=series)), get_language() or "en")
    steps: list[Any] = [page.get_parent(), page] if page else []
    return {
        "series": series,
        "dates": dates,
        "page": page,
        "event_title": page.title if page else str(series),
        "crumbs": [{"title": step.title, "url": step.url} for step in steps],
        "consent": CONSENT_WORDING,
        "contact": next((event.contact for event in dates if event.contact), None),
    }
