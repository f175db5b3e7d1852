"""What the network wants to know about made-up practices, and the pages of themes and target groups that tell it.

A question for each hundred practices, most with an answer that rests on the practice; every tenth is for a meeting. A
policy note for each five thousand cites one of them. Organisations work on themes and for target groups. What the
page of each theme and target group that there is shows is found by `benchmarks/by_hand/themes.py` as well.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

from benchmarks.ground.measured import Measured, measure

if TYPE_CHECKING:
    from hub.vocabularies.models import Term

QUESTIONS, NOTES = 100, 5_000
ASKED_IN_MEETINGS = 10
_PER_MEETING = 5


def fill(first: int, last: int) -> None:
    """Questions, answers, meetings and notes about the practices with these numbers; they come after all practices."""
    from django.db import connection

    from benchmarks.by_hand import themes as by_hand

    numbers = {"first": first, "last": last, "questions": QUESTIONS}
    with connection.cursor() as cursor:
        for statement in [*(by_hand.ORGANISATIONS if first == 1 else ()), *by_hand.FILLING]:
            cursor.execute(statement, numbers)
    _meetings()
    _notes(range(first + -(first - 1) % NOTES, last + 1, NOTES))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _meetings() -> None:
    """One for every few questions that are for a meeting and have none."""
    from django.utils import timezone

    from events.agenda.models import Event
    from events.agenda.pages import EventPage
    from events.overview.models import EventIndexPage
    from learning.questions.models import Question

    agenda = _index(EventIndexPage, "Events", "events")
    waiting = [each for each in Question.objects.filter(events=None).order_by("pk") if each.pk % ASKED_IN_MEETINGS == 0]
    for place in range(0, len(waiting), _PER_MEETING):
        starts = timezone.now() + timedelta(days=60 - place // _PER_MEETING)
        event = Event.objects.create(title="Peer learning", starts_at=starts, ends_at=starts + timedelta(hours=2))
        page = EventPage(event=event, title="Peer learning", slug=f"peer-learning-{event.pk}", locale=agenda.locale)
        agenda.add_child(instance=page)
        event.learning_questions.set(waiting[place : place + _PER_MEETING])


def _notes(practices: Sequence[int]) -> None:
    from uuid import uuid4

    from learning.notes.citing import cite
    from learning.notes.pages import NotePage, NotesIndexPage

    index = _index(NotesIndexPage, "Policy notes", "notes")
    for number in practices:
        block = {"type": "practice", "value": {"record": number}, "id": str(uuid4())}
        page = NotePage(
            title=f"Should we fund practice {number}?",
            slug=f"note-{number}",
            introduction="Yes.",
            supports=[block],
            recommendation="Pay for it.",
            addressed_to="Municipalities",
            locale=index.locale,
        )
        index.add_child(instance=page)
        cite(page, by=None)


def _index(model: Any, title: str, slug: str) -> Any:
    """The overview in English, below the home page."""
    from hub.pages.models import HomePage

    found = model.objects.filter(locale__language_code="en").first()
    if found is None:
        home = HomePage.objects.get(locale__language_code="en")
        found = home.add_child(instance=model(title=title, slug=slug, locale=home.locale))
    return found


def asked() -> "list[Term]":
    """All themes and target groups."""
    from hub.vocabularies.models import Term
    from learning.themes import sections

    return list(Term.objects.public().filter(vocabulary__in=sections.SUBJECTS))


def measured(times: int) -> Measured:
    """What their pages tell, one after the other."""
    from django.utils.translation import override

    from benchmarks.by_hand import themes as by_hand
    from learning.themes import sections

    terms = asked()
    mine, theirs = cycle(terms), cycle(terms)
    ways = by_hand.Ways()
    with override("en"):
        same = all(_told(sections.of(term)) == by_hand.told(ways, term.pk) for term in terms)
        return measure(lambda: sections.of(next(mine)), lambda: by_hand.theme(ways, next(theirs).pk), same, times=times)


def _told(found: "Sequence[Any]") -> dict[str, tuple[list[str], bool]]:
    """Which rows each section shows, and whether there are more."""
    return {each.name: ([_name(each.name, row) for row in each.rows], bool(each.rest)) for each in found}


def _name(section: str, row: Any) -> str:
    """What the address of a row ends with; of a hook, which has no page, its key."""
    if section == "policy":
        return str(row.key)
    if section == "events":
        return str(row.event.pk)
    address = row["url"] if section in {"known", "tried"} else row.card.url if section == "stopped" else row.url
    return str(address).rstrip("/").rpartition("/")[2]
