"""What the owner of a link in a mail sees and does: confirm, accept, change, hand over, give back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.agenda.models import Event
from events.agenda.ways import Way
from events.questions import answering
from events.seats import links, places
from events.seats.models import Registration
from events.seats.own_seat import NoOfferError, accept, cancel, change, confirm, hand_over
from events.seats.registration import EventClosedError, EventFullError
from events.sign_up.forms import ChangeForm, HandOverForm
from events.sign_up.views import event_context, steps_after


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_registration(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the mail leads when a seat is reserved: GET asks, POST makes it theirs."""
    registration = links.registration_for(token, salt=links.CONFIRM_SALT)
    if registration is None or registration.status == Registration.Status.CANCELLED:
        return render(request, "events/cancel_unknown.html", status=404)
    status = 200
    if request.method == "POST":
        try:
            confirm(registration)
        except (EventFullError, EventClosedError):
            status = 409
        else:
            return redirect("events:confirm", token=token)
    event = Event.objects.with_standing().get(pk=registration.event_id)
    way = registration.seat or event.ways[0].value
    context = _own(registration) | {
        "cancel_token": links.cancel_token(registration),
        "is_full": event.left(Way(way)) == 0,
    }
    if registration.reserved_until is None and not registration.is_waiting and not event.is_over:
        context |= steps_after(request, event)
    return render(request, "events/confirm.html", event_context(event) | context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_registration(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one's seat, where the link in the mail leads: POST takes the seat that is offered, or frees it."""
    registration = _owned(token)
    if registration is None:
        return render(request, "events/cancel_unknown.html", status=404)
    event = Event.objects.with_standing().get(pk=registration.event_id)
    refused = ""
    if request.method == "POST" and not event.is_over:
        refused = _accept_or_cancel(registration, accepts="accept" in request.POST)
        if not refused:
            return redirect("events:cancel", token=token)
        registration.refresh_from_db()
    context = event_context(event) | _own(registration) | {"token": token, "refused": refused}
    return render(request, "events/cancel.html", context, status=409 if refused else 200)


def _accept_or_cancel(registration: Registration, *, accepts: bool) -> str:
    """Why it could not be done; empty when it was."""
    if not accepts:
        cancel(registration)
        return ""
    try:
        accept(registration)
    except NoOfferError:
        return gettext("The offer has ended, and the seat went to the next person.")
    except EventClosedError:
        return gettext("This event is cancelled or over.")
    return ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_registration(request: HttpRequest, token: str) -> HttpResponse:
    """Other answers, or another way of attending."""
    registration = _owned(token)
    if registration is None or registration.status == Registration.Status.CANCELLED:
        return render(request, "events/cancel_unknown.html", status=404)
    event = Event.objects.with_standing().get(pk=registration.event_id)
    form = ChangeForm(_sent(request), instance=registration, event=event)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ChangeForm.Meta.fields}
        answers = answering.said(form.cleaned_data)
        try:
            change(registration, wish=form.cleaned_data.get("wish", ""), answers=answers, **said)
        except EventFullError:
            form.add_error("wish", gettext("All seats online are taken. You keep your seat in the room."))
        except EventClosedError:
            form.add_error(None, gettext("This event is cancelled or over."))
        else:
            messages.success(request, gettext("Your answers are changed. A mail confirms it."))
            return redirect("events:cancel", token=token)
    context = {"heading": gettext("Change what you filled in"), "token": token, "form": form}
    return render(request, "events/change.html", event_context(event) | context, status=409 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_registration(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague gets the seat."""
    registration = _owned(token)
    if registration is None:
        return render(request, "events/cancel_unknown.html", status=404)
    if not registration.seat:
        return redirect("events:cancel", token=token)  # its page says how it stands
    event = Event.objects.with_standing().get(pk=registration.event_id)
    form = HandOverForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            is_done = hand_over(registration, **form.cleaned_data)
        except EventClosedError:
            form.add_error(None, gettext("This event is cancelled or over."))
        else:
            registration.refresh_from_db()
            if is_done or not registration.seat:
                return redirect("events:cancel", token=token)
            form.add_error("name", gettext("This is you. Who gets the seat?"))
    context = {"heading": gettext("Hand the seat to a colleague"), "token": token, "form": form}
    return render(request, "events/hand_over.html", event_context(event) | context, status=409 if form.errors else 200)


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing at all."""
    return request.POST if request.method == "POST" else None


def _owned(token: str) -> Registration | None:
    registration = links.registration_for(token)
    return None if registration is None or registration.has_lapsed else registration


def _own(registration: Registration) -> dict[str, Any]:
    """What the owner of a link reads; who waits also their place, and how it went on the lists of past events."""
    line = places.in_line(registration)
    waited = registration.waiting_since is not None and registration.moved_up_at is None
    answers = answering.in_words(registration.pk)
    return {"registration": registration, "waited": waited, "line": line, "answers": answers}
