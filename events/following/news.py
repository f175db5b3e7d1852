"""What the agenda tells those who follow an organisation or a theme."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Min

from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.following.newsletter import EventSource, later_date
from events.programme.models import LinkedOrganisation, LinkedPractice
from hub.site.visibility import visible
from hub.what_is_new.sources import Appeared


class EventNews(EventSource):
    """Events to come, of a series the next date, by the organisations and the themes of the practices linked to them.

    One is new when the first of its pages appears, in whatever language.
    """

    def appeared(self, since: datetime, until: datetime) -> list[Appeared]:
        fresh = visible(EventPage.objects.filter(first_published_at__gt=since, first_published_at__lte=until))
        events = list(Event.objects.told_by(fresh).filter(~later_date(), cancelled_at=None).upcoming().distinct())
        first = _first_published(events)
        topics = _topics(events)
        found = []
        for each in events:
            moment = first.get((each.pk, None)) or first.get((None, each.series_id))
            if moment and since < moment <= until:
                found.append(Appeared(each.pk, moment, frozenset(topics[each.pk])))
        return found


def _first_published(events: list[Event]) -> dict[tuple[int | None, int | None], datetime]:
    """When the first of the pages of each event, or of each series, appeared."""
    pages = visible(EventPage.objects.about(events)).order_by()
    found = pages.values_list("event", "series").annotate(first=Min("first_published_at"))
    return {(event, series): first for event, series, first in found}


def _topics(events: list[Event]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    keys = [each.pk for each in events]
    linked = LinkedOrganisation.objects.filter(event__in=keys)
    for event, organisation in linked.values_list("event", "organisation"):
        found[event].add(f"organisation:{organisation}")
    themes = LinkedPractice.objects.filter(event__in=keys, practice__live=True, practice__terms__vocabulary="theme")
    for event, code in themes.values_list("event", "practice__terms__code"):
        found[event].add(f"theme:{code}")
    return found
