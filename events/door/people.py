"""Who is expected at the door and who came: one list of registrations and of people who came without."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from events.agenda.models import Event
from events.door.check_in import Standing
from events.door.models import Scan, WalkIn
from events.seats import persons
from events.seats.models import Registration

# Who reads a name aloud types no more; each part costs a look at every name.
LONGEST_QUESTION, MOST_PARTS = 100, 5
COLUMNS = ("uuid", "name", "person", "organisation_name", "is_walk_in", "state", "came_at")
EXPECTED, HERE, WALK_INS = "expected", "here", "walk-ins"


@dataclass(frozen=True)
class Row:
    """One line at the door."""

    uuid: UUID
    name: str
    organisation_name: str
    is_walk_in: bool
    standing: Standing


@dataclass(frozen=True)
class Figures:
    """How many have a seat, how many of all are in on this day, and how many of these came without signing up."""

    expected: int
    here: int
    walk_ins: int
    capacity: int | None

    @property
    def over(self) -> int:
        """By how many more are in than there are seats."""
        return max(self.here - self.capacity, 0) if self.capacity is not None else 0


def registered(event: Event, day: date) -> QuerySet[Any]:
    """Who has a seat, and who was noted on this day though they gave theirs back."""
    seat = Registration.objects.confirmed().filter(pk=OuterRef("pk"))
    noted = Scan.objects.filter(registration=OuterRef("pk"), day=day)
    return _with_state(
        Registration.objects.filter(Exists(seat) | Exists(noted), event=event), "registration", day, is_walk_in=False
    )


def unregistered(event: Event, day: date) -> QuerySet[Any]:
    """Who was noted on this day without having signed up."""
    noted = Scan.objects.filter(walk_in=OuterRef("pk"), day=day)
    return _with_state(WalkIn.objects.filter(Exists(noted), event=event), "walk_in", day, is_walk_in=True)


def _with_state(rows: Any, whose: str, day: date, *, is_walk_in: bool) -> Any:
    last = Scan.objects.filter(**{whose: OuterRef("pk")}, day=day).order_by("-happened_at", "-pk").values("kind")[:1]
    return rows.annotate(
        state=Coalesce(Subquery(last), Value(""), output_field=CharField()),
        is_walk_in=_flag(is_walk_in=is_walk_in),
    )


def _flag(*, is_walk_in: bool) -> Value:
    return Value(is_walk_in, output_field=BooleanField())


def at_the_door(event: Event, day: date, *, q: str = "", show: str = "") -> QuerySet[Any, dict[str, Any]]:
    """Lines of the list by name; of each the `COLUMNS`. `q` finds parts of names and organisations without accents."""
    asked = Q()
    for part in q[:LONGEST_QUESTION].split()[:MOST_PARTS]:
        asked &= Q(person__contains=persons.folded(part)) | Q(firm__contains=persons.folded(part))
    if show == EXPECTED:
        asked &= ~Q(state=Scan.Kind.IN)
    elif show == HERE:
        asked &= Q(state=Scan.Kind.IN)
    firm = persons.folded(F("organisation_name"))
    ours = registered(event, day).annotate(firm=firm).filter(asked).values(*COLUMNS)
    others = unregistered(event, day).annotate(firm=firm).filter(asked).values(*COLUMNS)
    if show == WALK_INS:
        return others.order_by("person", "uuid")
    return ours.order_by().union(others.order_by(), all=True).order_by("person", "uuid")


def rows_of(lines: Sequence[dict[str, Any]], day: date) -> list[Row]:
    """These lines with what was noted about each, read at once."""
    keys = [line["uuid"] for line in lines]
    noted = Scan.objects.filter(Q(registration__uuid__in=keys) | Q(walk_in__uuid__in=keys), day=day)
    by_person = defaultdict(list)
    for scan in noted.annotate(whose=Coalesce("registration__uuid", "walk_in__uuid")):
        by_person[scan.whose].append(scan)
    return [
        Row(
            line["uuid"],
            line["name"],
            line["organisation_name"],
            line["is_walk_in"],
            Standing(tuple(by_person[line["uuid"]])),
        )
        for line in lines
    ]


def row_of(event: Event, day: date, person: UUID) -> Row | None:
    """The line of one person; None for who is not on the list."""
    found = registered(event, day).filter(uuid=person).values(*COLUMNS).first()
    found = found or unregistered(event, day).filter(uuid=person).values(*COLUMNS).first()
    return rows_of([found], day)[0] if found else None


def figures(event: Event, day: date) -> Figures:
    """The numbers over the list."""
    here = registered(event, day).filter(state=Scan.Kind.IN).count()
    walk_ins = unregistered(event, day).filter(state=Scan.Kind.IN).count()
    expected = Registration.objects.confirmed().filter(event=event).count()
    return Figures(expected, here + walk_ins, walk_ins, event.capacity)


def attended(event: Event) -> QuerySet[Any, dict[str, Any]]:
    """Everybody who has a seat or came on some day, by name, for paper and tables."""
    columns = ("uuid", "name", "person", "organisation_name", "email", "came_at", "is_walk_in")
    seat = Registration.objects.confirmed().filter(pk=OuterRef("pk"))
    ours = Registration.objects.filter(Exists(seat) | Q(came_at__isnull=False), event=event).annotate(
        is_walk_in=_flag(is_walk_in=False)
    )
    others = WalkIn.objects.filter(came_at__isnull=False, event=event)
    others_rows = others.annotate(is_walk_in=_flag(is_walk_in=True)).values(*columns)
    return ours.order_by().values(*columns).union(others_rows.order_by(), all=True).order_by("person", "uuid")
