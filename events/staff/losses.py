"""What is lost with events and their pages."""

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from events.agenda.models import Event
from events.agenda.pages import EventIndexPage, EventPage
from events.sign_up.models import Registration
from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.changes.sentences import moved_address, of_page, on_record, readable_in
from hub.site.visibility import visible


def of_event_page(page: EventPage, act: Act, going: frozenset[int]) -> Consequence:
    """Who signed up and what changed; while people count on a meeting, its last page stays."""
    lost = _of_event(page.event)
    if act is Act.MOVE:
        return Consequence(page.title, [*lost, moved_address()])
    others = visible(EventPage.objects.filter(event=page.event_id)).exclude(pk__in=going)
    codes = list(others.values_list("locale__language_code", flat=True))
    counted_on = not codes and page.live and _is_counted_on(page.event)
    said = gettext("People signed up for “%(event)s”. Cancel the event first: that tells them why.")
    return Consequence(page.title, [*lost, readable_in(codes)], said % {"event": page.event} if counted_on else "")


def of_event(event: Event, act: Act, going: frozenset[int]) -> Consequence:
    """An event about which something changed stays, and so does one that has pages or that people count on."""
    lost = _of_event(event)
    if event.changes.exists():
        said = gettext("“%(event)s” cannot be deleted: what was changed about it stays on record. Unpublish its pages.")
    elif event.pages.exists():
        said = gettext("“%(event)s” cannot be deleted as long as it has pages.")
    elif _is_counted_on(event):
        said = gettext("People signed up for “%(event)s”. Cancel the event first: that tells them why.")
    else:
        return consequences.of_relations(event, act, going)
    return Consequence(str(event), lost, said % {"event": event})


def connect() -> None:
    """Called once when Django starts."""
    consequences.register(EventPage, teller=of_event_page)
    consequences.register(EventIndexPage, teller=of_page)
    consequences.register(Event, teller=of_event)


def _of_event(event: Event) -> list[str]:
    lost = []
    seats = Registration.objects.concerned().filter(event=event).count()
    if seats:
        said = ngettext("%(number)d person signed up for it.", "%(number)d people signed up for it.", seats)
        lost.append(said % {"number": seats})
    return lost + on_record(event.changes.count())


def _is_counted_on(event: Event) -> bool:
    if event.cancelled_at or event.ends_at <= timezone.now():
        return False
    return Registration.objects.concerned().filter(event=event).exists()
