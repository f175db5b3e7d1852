"""What the demo holds, asked by the tests inside the portal's own Django: addresses, links of mails, dates to move.

Nothing here is imported by the tests themselves; `Stack.in_django` calls it by name.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.db.models import F, Model
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page

from calls.chain.models import Call, Deadline
from calls.pages.models import CallPage
from consortia.interest import links as interest_links
from consortia.interest.models import Interest
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.overview.models import EventIndexPage
from events.programme.models import ProgrammeItem, Speaker
from events.seats import links as seat_links
from events.seats.models import Registration
from events.series.models import Series
from hub.refusals import error_views
from hub.vocabularies.models import Term
from notifications.subscriptions.links import confirm_token, manage_token, stop_token
from notifications.subscriptions.models import Subscription
from partners.organisations.models import Organisation
from practices.practice.mailbox import mailbox
from practices.practice.models.practice import Practice
from tests.browser import (
    account_and_knowledge,
    after_an_event,
    at_the_door,
    contributions,
    exchange,
    matching,
    organisations,
    reuse,
)
from tests.browser.after_an_event import FINISHED_EVENT, finished_event
from tests.browser.organisations import PARTNER

FULL_EVENT = UUID("6f9e1f0a-53a1-4c5e-9a57-5a3d2f7d1c11")


def open_call() -> Call:
    """The call whose deadlines are all ahead."""
    return max(Call.objects.public(), key=lambda call: max(each.due_at for each in call.deadlines.all()))


def closed_call() -> Call:
    """The call whose deadlines are all past."""
    return min(Call.objects.public(), key=lambda call: max(each.due_at for each in call.deadlines.all()))


def coming_event() -> Event:
    """The info meeting that people can still sign up for."""
    return Event.objects.public().filter(starts_at__gt=timezone.now()).earliest("starts_at")


def full_event() -> Event:
    """A workshop after that meeting, with one seat, which is taken; it has a page in each language."""
    starts_at = coming_event().starts_at + timedelta(days=100)
    facts = {"title": "Workshop", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    facts |= {"attendance": "hybrid", "capacity": 1, "online_capacity": 0}
    event, is_new = Event.objects.get_or_create(uid=FULL_EVENT, defaults=facts)
    if is_new:
        first = {"name": "First", "email": "first@example.org", "language": "en"}
        Registration.objects.create(event=event, wish="room", seat="room", **first)
        _fill_programme(event)
        for index in EventIndexPage.objects.live():
            page = EventPage(event=event, title="Workshop", slug="workshop", locale=index.locale)
            index.add_child(instance=page)
    return event


def _fill_programme(event: Event) -> None:
    """Two items at the same time, with their speakers, and what to know on the way."""
    speaker = Speaker.objects.create(event=event, name="Kim Speaker", role="Researcher", organisation_name="House")
    for title, room in (("Write a proposal", "Room A"), ("Find partners", "Room B")):
        item = ProgrammeItem(event=event, title=title, room=room, starts_at=event.starts_at, ends_at=event.ends_at)
        item.speakers = [speaker]
        item.save()
    event.directions = event.accessibility = event.to_bring = "Ask at the desk.\n\n- A badge"
    event.save()


def make_due(email: str, seconds: int) -> dict[str, Any]:
    """Give the open call a deadline whose shortest reminder is due in `seconds`: for this person and a neighbour."""
    call = open_call()
    subscription = Subscription.objects.get(email=email, topic=f"call:{call.pk}")
    hours = min(subscription.offsets)
    neighbour = f"neighbour-of-{email}"
    Subscription.objects.create(
        email=neighbour,
        topic=subscription.topic,
        language="en",
        offsets=[hours],
        status=Subscription.Status.ACTIVE,
        confirmed_at=timezone.now(),
        consent_wording="-",
    )
    due_at = timezone.now() + timedelta(hours=hours, seconds=seconds)
    deadline = Deadline.objects.create(
        call=call, kind=Deadline.Kind.OTHER, label="Hand in the sketch", due_at=due_at, sort_order=99
    )
    return {"deadline": deadline.pk, "neighbour": neighbour}


def shift_declaration(days: int) -> None:
    """Move the deadline that closes interest in the open call."""
    # Called a second time the call is not the open one any more, but still the one with the last deadline.
    deadlines = Deadline.objects.filter(call=open_call(), governs=Deadline.Governs.DECLARATION)
    deadlines.update(due_at=F("due_at") + timedelta(days=days))


def addresses() -> dict[str, dict[str, str]]:
    """Every public place by its name, per language."""
    complete_translations()
    full_event()
    finished_event()
    return {code: _addresses(code) for code, _name in settings.LANGUAGES}


def _addresses(language: str) -> dict[str, str]:
    pages = {name: page.url for name, page in _pages(language).items()}
    pages["agenda month"] = f"{pages['eventindexpage']}?view=month&month={coming_event().starts_at:%Y-%m}"
    pages["agenda without results"] = f"{pages['eventindexpage']}?q=xyzzyqwerty"
    return {
        **pages,
        **_views(language),
        **_links(language),
        **after_an_event.addresses(language),
        **at_the_door.addresses(language),
        **contributions.addresses(language),
        **organisations.addresses(language),
        **exchange.addresses(language),
        **reuse.addresses(language),
        **matching.addresses(language),
        **account_and_knowledge.addresses(language),
    }


def error_pages() -> dict[str, dict[str, str]]:
    """The pages that the portal shows when something fails, as HTML per language."""
    return {code: _error_pages(code) for code, _name in settings.LANGUAGES}


def _error_pages(language: str) -> dict[str, str]:
    request = RequestFactory().get(f"/{language}/", headers={"host": settings.SITE_HOST})
    request.user = AnonymousUser()
    views: dict[str, Callable[..., HttpResponse]] = {
        "403": error_views.forbidden,
        "410": error_views.gone,
        "413": lambda request: error_views.bad_request(request, RequestDataTooBig()),
        "429": error_views.too_many,
        "500": error_views.server_error,
        "csrf": error_views.csrf_failure,
    }
    with override(language):
        return {name: view(request).content.decode() for name, view in views.items()}


def complete_translations() -> None:
    """The demo has some pages in two languages only; each template must be seen in all four."""
    english = _pages("en")
    for language in (code for code, _name in settings.LANGUAGES):
        for name in english.keys() - _pages(language).keys():
            copy = english[name].copy_for_translation(Locale.objects.get(language_code=language), copy_parents=True)
            copy.save_revision().publish()


def _pages(language: str) -> dict[str, Page]:
    """One live page of each type."""
    found: dict[str, Page] = {}
    calls = {open_call().pk: "open call", closed_call().pk: "closed call"}
    for page in Page.objects.live().public().filter(locale__language_code=language, depth__gt=1).specific():
        name = page._meta.model_name
        if isinstance(page, CallPage):
            name = calls.get(page.call_id, name)
        if isinstance(page, EventPage):
            name = "series" if page.event is None else "event"
        if isinstance(page, EventPage) and page.event:
            name = "past event" if page.event.starts_at < timezone.now() else "event"
            name = {FULL_EVENT: "full event", FINISHED_EVENT: "finished event"}.get(page.event.uid, name)
        found.setdefault(name, page)
    return found


def _views(language: str) -> dict[str, str]:
    practice = next((each for each in Practice.objects.public().order_by("pk") if mailbox(each)), None)
    organisation = Organisation.objects.public().order_by("pk").first()
    assert practice, "the demo has practices"
    assert organisation, "the demo has organisations"
    call = open_call()
    series = Series.objects.get().uid
    accounts = {
        "sign in": "account_login",
        "sign in by code": "account_request_login_code",
        "sign up": "account_signup",
        "forgotten password": "account_reset_password",
        "e-mail addresses": "account_email",
        "change password": "account_change_password",
        "sign out": "account_logout",
        "second factors": "mfa_index",
        "authenticator app": "mfa_activate_totp",
        "passkeys": "mfa_add_webauthn",
        "confirm it is you": "account_reauthenticate",
    }
    chosen = [f"practice={each.slug}" for each in Practice.objects.public().order_by("pk")[:5]]
    with override(language):
        library, directory = reverse("practices:library"), reverse("partners:directory")
        compare, shortlist = reverse("practices:compare"), reverse("practices:shortlist")
        follow, search = reverse("notifications:follow"), reverse("hub:search")
        return {
            **{name: f"{reverse(view)}?language={language}" for name, view in accounts.items()},
            **{name: f"/{language}/error/{name}/" for name in ("403", "404", "410", "413", "429", "500", "csrf")},
            "styleguide": f"/styleguide/?language={language}",
            "open data": reverse("api:docs"),
            "library": library,
            "library with facets": f"{library}?q=wonen&country=BE&sort=newest",
            "library without results": f"{library}?q=xyzzyqwerty",
            "practice": reverse("practices:practice", args=[practice.slug]),
            "compare": f"{compare}?{'&'.join(chosen[:3])}",
            "compare too many": f"{compare}?{'&'.join(chosen)}&practice=unknown",
            "compare nothing": compare,
            "shortlist empty": shortlist,
            "shortlist shared": f"{shortlist}?{'&'.join(chosen)}",
            "my situation": reverse("practices:situation"),
            "keep": f"{reverse('practices:keep')}?{chosen[0]}",
            "unkeep": f"{reverse('practices:unkeep')}?{chosen[0]}",
            "follow search": f"{follow}?topic=search:theme%3D19",
            "ask": reverse("practices:ask", args=[practice.slug]),
            "asked": reverse("practices:asked", args=[practice.slug]),
            "directory": directory,
            "directory with filter": f"{directory}?country=BE",
            "organisation": reverse("partners:organisation", args=[organisation.slug]),
            "interest": reverse("consortia:interest", args=[call.pk]),
            "interest closed": reverse("consortia:interest", args=[closed_call().pk]),
            "interested": reverse("consortia:who", args=[call.pk]),
            "another interest": f"{reverse('consortia:interest', args=[call.pk])}?another=1",
            "change interest": reverse("consortia:change_interest", args=[own_interest().uuid]),
            "interest sent": reverse("consortia:interest_sent", args=[call.pk]),
            "interest registered": reverse("consortia:interest_registered", args=[call.pk]),
            "sign up for event": reverse("events:sign_up", args=[coming_event().uid]),
            "signed up": reverse("events:signed_up", args=[coming_event().uid]),
            "sign up for series": reverse("events:sign_up_series", args=[series]),
            "signed up for series": reverse("events:series_signed_up", args=[series]),
            "series to confirm": reverse("events:series_to_confirm", args=[series]),
            "sign up for full event": reverse("events:sign_up", args=[FULL_EVENT]),
            "on the list": reverse("events:on_list", args=[FULL_EVENT]),
            "seat to confirm": reverse("events:to_confirm", args=[FULL_EVENT]),
            "follow": f"{follow}?topic=call:{call.pk}",
            "follow news": f"{follow}?topic=news",
            "follow newsletter": f"{follow}?topic=newsletter",
            "follow asked": reverse("notifications:asked"),
            "manage link": reverse("notifications:manage_link"),
            "manage link sent": reverse("notifications:link_sent"),
            "manage erased": reverse("notifications:erased"),
            "question": reverse("calls:ask", args=[call.pk]),
            "question asked": reverse("calls:question_asked", args=[call.pk]),
            "search": search,
            "search with results": f"{search}?q=innovation",
            "search without results": f"{search}?q=xyzzyqwerty",
            "my page": reverse("accounts:my_page"),
            "my details": reverse("accounts:profile"),
        }


def _links(language: str) -> dict[str, str]:
    """Where links in mails lead."""
    pending = _saved(Subscription, email=f"pending-{language}@example.org", topic="news", language=language)
    active = _saved(
        Subscription,
        email=f"active-{language}@example.org",
        topic="news",
        language=language,
        status=Subscription.Status.ACTIVE,
        confirmed_at=timezone.now(),
    )
    seat = _saved(
        Registration,
        email=f"seat-{language}@example.org",
        name="Walker",
        event=coming_event(),
        language=language,
        wish="room",
        seat="room",
    )
    place = _saved(
        Registration,
        email=f"place-{language}@example.org",
        name="Walker",
        event=full_event(),
        language=language,
        status=Registration.Status.WAITING,
        waiting_since=timezone.now(),
    )
    reserved = _saved(
        Registration,
        email=f"reserved-{language}@example.org",
        name="Walker",
        event=coming_event(),
        language=language,
        wish="room",
        seat="room",
        reserved_until=timezone.now() + timedelta(days=1),
    )
    interest = _interest(language)
    with override(language):
        return {
            "confirm interest": reverse("consortia:confirm_interest", args=[interest_links.confirm_token(interest)]),
            "withdraw interest": reverse("consortia:withdraw_interest", args=[interest_links.withdraw_token(interest)]),
            "interest link unknown": reverse("consortia:confirm_interest", args=["unknown"]),
            "follow confirm": reverse(
                "notifications:confirm", args=[confirm_token(pending, language=language, offsets=[])]
            ),
            "follow link used": reverse("notifications:confirm", args=["used"]),
            "follow stop": reverse("notifications:stop", args=[stop_token(active)]),
            "manage": reverse("notifications:manage", args=[manage_token(active)]),
            "manage change": reverse("notifications:change", args=[manage_token(active), active.pk]),
            "manage erase": reverse("notifications:erase", args=[manage_token(active)]),
            "cancel seat": reverse("events:cancel", args=[seat_links.cancel_token(seat)]),
            "place on the list": reverse("events:cancel", args=[seat_links.cancel_token(place)]),
            "change seat": reverse("events:change", args=[seat_links.cancel_token(seat)]),
            "hand over seat": reverse("events:hand_over", args=[seat_links.cancel_token(seat)]),
            "confirm seat": reverse("events:confirm", args=[seat_links.confirm_token(reserved)]),
            "cancel unknown": reverse("events:cancel", args=["unknown"]),
        }


def own_interest() -> Interest:
    """That of an organisation of the partner in the open call, as the demo has it."""
    found: Interest = Interest.objects.standing().filter(user__email=PARTNER, call=open_call()).order_by("pk")[0]
    return found


def _interest(language: str) -> Interest:
    interest: Interest = _saved(
        Interest,
        email=f"interest-{language}@example.org",
        call=open_call(),
        organisation_name="Walkers",
        contact_name="Walker",
        sector=Term.objects.filter(vocabulary="sector").first(),
        language=language,
    )
    return interest


def _saved(model: type[Model], **values: Any) -> Any:
    row, _made = model._default_manager.get_or_create(
        email=values.pop("email"), defaults={**values, "consent_wording": "-"}
    )
    return row


def tell(answer: Any) -> None:
    """For the test that asked."""
    print(json.dumps(answer))
