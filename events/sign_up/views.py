"""Signing up for an event, waiting for a seat, and giving it back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.profile import next_steps
from accounts.profile.next_steps import Deed, Done
from accounts.public_forms.throttling import allow_act, client_source
from accounts.users.models import User
from events.agenda.models import Event
from events.agenda.pages import page_in
from events.seats.models import Registration
from events.seats.registration import (
    DoubtError,
    EventCancelledError,
    EventClosedError,
    EventFullError,
    EventNotOpenError,
    register,
)
from events.seats.waiting_list import standing_of
from events.sign_up.forms import CONSENT_WORDING, SignUpForm
from hub.content_memory.content_version import remembered
from hub.dates.words import moment
from partners.organisations.models import Organisation

MOST_NAMES = 300


def _public_event(uid: UUID) -> Event:
    """With its standing as it is now; who is asked about it is content like its page."""
    public = Event.objects.public().select_related("contact")
    known = remembered(("public event", uid), lambda: public.filter(uid=uid).first())
    event = standing_of(known) if known else None
    if known is None or event is None:
        raise Http404
    if event.contact_id == known.contact_id:
        event.contact = known.contact
    return event


def _reader_language() -> str:
    return get_language() or "en"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form for a seat. A refused form comes back with everything that was typed."""
    event = _public_event(uid)
    status = 200
    if request.method == "POST":
        form = SignUpForm(request.POST, event=event)
        if form.is_valid():
            answer = _try_to_register(request, event, form)
            if isinstance(answer, Registration):
                return redirect(_next_page(answer), uid=event.uid)
            status, event = answer, _public_event(uid)
            form.offer(event)
    else:
        form = SignUpForm(initial=known_about(request), event=event)
    context = event_context(event) | {"form": form, "organisations": organisation_names()}
    if event.standing != "open" or form.must_wait:
        context["other_date"] = _other_date(event)
    return render(request, "events/sign_up.html", context, status=status)


def organisation_names() -> Iterable[str]:
    """To choose from while typing; whoever is not among them types on."""
    return Organisation.objects.public().order_by("name").values_list("name", flat=True)[:MOST_NAMES]


def _other_date(event: Event) -> Event | None:
    """The next date of the same series with free seats; where all are earlier, the first of these."""
    others = Event.objects.public().upcoming().filter(series=event.series_id, series__isnull=False).exclude(pk=event.pk)
    free = [each for each in others.with_standing().order_by("starts_at", "pk") if each.standing == "open"]
    return next((each for each in free if each.starts_at >= event.starts_at), next(iter(free), None))


def _next_page(registration: Registration) -> str:
    """The same for everybody who sent such a form: it tells nothing about anybody."""
    if registration.asks_click:
        return "events:to_confirm"
    return "events:on_list" if registration.is_full else "events:signed_up"


def _try_to_register(request: HttpRequest, event: Event, form: SignUpForm) -> Registration | int:
    """The seat, or the status of a refusal whose reason the form carries."""
    if not allow_act(request, f"event:{event.pk}", person=form.cleaned_data["email"], act=form.act):
        form.add_error(None, gettext("You sent several forms just now. Nothing is lost: try again in an hour."))
        return 429
    try:
        return register(event, **form.answers(), **sender(request))
    except EventFullError:
        form.add_error(None, _too_few(form))
        form.must_wait = True
        return 409
    except EventCancelledError:
        form.add_error(None, gettext("This event is cancelled."))
        return 409
    except EventNotOpenError:
        said = gettext("Sign-up opens on %(moment)s. Nobody was added: send the form again then.")
        form.add_error(None, said % {"moment": moment(event.registration_opens_at)})
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


def sender(request: HttpRequest) -> dict[str, Any]:
    """What a sign-up knows of who sends it besides what they filled in."""
    return {
        "language": _reader_language(),
        "consent_wording": str(CONSENT_WORDING),
        "by": request.user if isinstance(request.user, User) else None,
        "source": client_source(request),
    }


def _too_few(form: SignUpForm) -> str:
    if form.answers()["companions"]:
        return gettext(
            "There are not enough seats for all of you. Nobody was added: the button below signs you up, and who gets "
            "no seat now waits for one."
        )
    return gettext(
        "All seats were taken before your sign-up arrived. Nobody was added: the button below puts you on the "
        "waiting list. Who has a seat under this name and address gets the confirmation once more by mail, "
        "with the answers as they are now."
    )


def known_about(request: HttpRequest) -> dict[str, Any]:
    if not isinstance(request.user, User):
        return {}
    membership = request.user.memberships.select_related("organisation").order_by("pk").first()
    return {
        "name": request.user.get_full_name(),
        "email": request.user.email,
        "organisation_name": membership.organisation.name if membership else "",
    }


@never_cache
@require_GET
def signed_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What happens next. It tells nothing about the address; what is offered then depends on who is signed in."""
    event = _public_event(uid)
    context = event_context(event) | steps_after(request, event) | {"heading": gettext("You are signed up")}
    return render(request, "events/signed_up.html", context)


@never_cache
@require_GET
def on_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What happens next where the event is full; it tells nothing about the address either."""
    event = _public_event(uid)
    context = event_context(event) | steps_after(request, event, has_seat=False)
    context["heading"] = gettext("Your form has arrived")
    return render(request, "events/on_list.html", context)


@require_GET
def to_confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One more step: the link in the mail. The same for everyone on a line that asked for many seats."""
    context = event_context(_public_event(uid)) | {"heading": gettext("One more step: confirm your seat")}
    return render(request, "events/to_confirm.html", context)


def steps_after(request: HttpRequest, event: Event, *, has_seat: bool = True) -> dict[str, Any]:
    """What somebody can do who just signed up for this event: its date is offered to who has a seat."""
    user = request.user if isinstance(request.user, User) else None
    about = [f"event:{event.pk}"] if has_seat else []
    about += [f"call:{event.call_id}"] if event.call_id else []
    return {"steps": next_steps.after(Done(Deed.SEAT, tuple(about), user, _reader_language()))}


def event_context(event: Event) -> dict[str, Any]:
    page = page_in(event, _reader_language())
    title = page.title if page else str(event.title)
    steps = [page.get_parent(), page] if page else []
    crumbs = [{"title": step.title, "url": step.url} for step in steps]
    return {"event": event, "page": page, "event_title": title, "crumbs": crumbs, "consent": CONSENT_WORDING}
