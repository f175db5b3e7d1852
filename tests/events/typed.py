"""The edit form of an event as a browser sends it."""

from datetime import timedelta

from django.utils import timezone

from events.agenda.models import Event
from tests.factories.events import EventFactory

ROWS = (
    *("linked_organisations", "linked_practices", "speakers", "programme"),
    *("questions", "materials", "feedback_questions"),
)


def rows_sent(**sent: list[dict[str, str]]) -> dict[str, str]:
    """The rows of an event's form as a browser sends them, none unless given; those with an id are there already."""
    found: dict[str, str] = {}
    for name in ROWS:
        rows = sent.get(name, [])
        there = sum(bool(row.get("id")) for row in rows)
        found |= {f"{name}-TOTAL_FORMS": str(len(rows)), f"{name}-INITIAL_FORMS": str(there)}
        found |= {f"{name}-{place}-{key}": value for place, row in enumerate(rows) for key, value in row.items()}
    return found


def as_typed(event: Event, **changed: str) -> dict[str, str]:
    """The edit form as the browser sends it, in Brussels time."""
    typed = {"%Y-%m-%d %H:%M": (event.starts_at, event.ends_at)}
    [(form, (starts, ends))] = typed.items()
    return {
        "title_0": "Info",
        "starts_at": timezone.localtime(starts).strftime(form),
        "ends_at": timezone.localtime(ends).strftime(form),
        "has_time": "on",
        "attendance": event.attendance,
        "venue": event.venue,
        "address": event.address,
        "online_url": "",
        "capacity": "",
        "online_capacity": "",
        "offer_hours": "",
        "registration_closes_at": "",
        "thanks": "on",
        "thanks_at": "",
        **rows_sent(),
        **changed,
    }


def whole_minutes() -> Event:
    # In the morning, so that no programme reaches over midnight.
    starts = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=30)
    return EventFactory.create(starts_at=starts, ends_at=starts + timedelta(hours=2))
