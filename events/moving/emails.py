"""The mails about an event that moved, was cancelled or takes place after all, to everyone who signed up."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from i18nfield.strings import LazyI18nString

from events.agenda import calendar
from events.agenda.models import Event
from events.agenda.pages import page_in
from events.agenda.ways import Way
from events.moving.models import ARRANGED, EventChange
from events.seats import links
from events.seats.models import Registration
from notifications.delivery.rendering import Rendered, render
from notifications.outbox import telling
from notifications.outbox.models import Message
from notifications.outbox.outbox import Attachment
from notifications.outbox.telling import Receiver

KINDS = {
    EventChange.Kind.MOVED: "events/moved",
    EventChange.Kind.CANCELLED: "events/called_off",
    EventChange.Kind.RESUMED: "events/on_again",
}


def about(event: Event) -> str:
    """The name under which what tells of the latest change of an event stands in the outbox."""
    return f"event:{event.pk}:v{event.sequence}"


def receivers(event: Event) -> list[Receiver]:
    """Everyone who has a seat or hopes for one, each address once."""
    signed_up = Registration.objects.concerned().filter(event=event).order_by("pk")
    return telling.each_address_once(signed_up.values_list("email", "language"))


def tell(change: EventChange, *, not_told_of: Mapping[str, telling.Facts]) -> int:
    """Tells everyone; who was not told of the move before this change reads the time and place that they know."""
    event = change.event
    seats = _seats(event)
    by_language = {code: _facts(change, code) for code, _name in settings.LANGUAGES}

    def context(receiver: Receiver) -> dict[str, Any]:
        facts = by_language.get(receiver.language) or by_language[settings.LANGUAGE_CODE]
        known = telling.as_known(facts, not_told_of.get(receiver.key), names=ARRANGED)
        if not is_online(receiver):
            known |= {"online_url": "", "old_online_url": ""}
        own = [_seat(seat) for seat in seats[receiver.key]]
        return known | {"seats": own, "has_seat": any(not seat["waits"] for seat in own)}

    def is_online(receiver: Receiver) -> bool:
        return any(seat.seat == Way.ONLINE and seat.reserved_until is None for seat in seats[receiver.key])

    def learns_something(receiver: Receiver) -> bool:
        return not change.is_move or telling.is_news(context(receiver), names=ARRANGED)

    def tell_these(these: list[Receiver], attachments: Callable[[str], list[Attachment]]) -> int:
        return telling.tell(
            these,
            KINDS[EventChange.Kind(change.kind)],
            about=f"{about(event)}:moved",
            key=f"event-changed:{event.pk}:v{change.version}",
            context=context,
            attachments=attachments,
        )

    concerned = [receiver for receiver in receivers(event) if learns_something(receiver)]
    online = [receiver for receiver in concerned if is_online(receiver)]
    in_room = [each for each in concerned if any(seat.seat == Way.ROOM for seat in seats[each.key])]
    # Who waits has no entry in the calendar yet.
    told = tell_these([each for each in concerned if each not in online + in_room], lambda _language: [])
    told += tell_these(online, lambda language: [calendar.attachment(event, language, with_address=True)])
    rest = [each for each in in_room if each not in online]
    return told + tell_these(rest, lambda language: [calendar.attachment(event, language, with_address=False)])


def preview(planned: EventChange, language: str) -> Rendered:
    """The mail as somebody who signed up would read it."""
    facts = _facts(planned, language) | {"seats": [{"name": "…", "cancel_url": settings.SITE_URL}], "has_seat": True}
    kind = KINDS[EventChange.Kind(planned.kind)]
    shown = {"kind": kind, "language": language, "context": facts, "about": about(planned.event)}
    message = Message(to_email="reader@example.org", **shown)
    return render(message, now=timezone.now())


def _facts(change: EventChange, language: str) -> dict[str, Any]:
    """What the mail says, as plain data."""
    page = page_in(change.event, language)
    with translation.override(language):
        title = page.title if page else str(change.event.title)
    reason = change.reason
    facts = {
        "event": change.event_id,
        "event_title": title,
        "event_url": urljoin(settings.SITE_URL, page.url or "") if page else settings.SITE_URL,
        "reason": reason.data if isinstance(reason, LazyI18nString) else reason,
    }
    for name in ARRANGED:
        for key, value in ((name, change.new[name]), (f"old_{name}", change.old[name])):
            facts[key] = value.isoformat() if name.endswith("_at") else value
    with translation.override(language):
        facts["way"] = change.new_way
    return facts


def _seats(event: Event) -> dict[str, list[Registration]]:
    """Who signed up under each address; colleagues may share one."""
    found: dict[str, list[Registration]] = defaultdict(list)
    for seat in Registration.objects.concerned().filter(event=event).order_by("pk"):
        found[telling.address_key(seat.email)].append(seat)
    return found


def _seat(seat: Registration) -> dict[str, Any]:
    with translation.override(seat.language):
        path = reverse("events:cancel", args=[links.cancel_token(seat)])
    return {"name": seat.name, "waits": seat.is_waiting, "cancel_url": urljoin(settings.SITE_URL, path)}
