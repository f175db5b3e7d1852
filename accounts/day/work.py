"""What waits for staff, on the first page of the admin: each app says what of its own has to be done."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So many are named below a line; its list has all.
NAMED = 5


class Group(models.IntegerChoices):
    """How urgent it is; what has a day finds its group by that day."""

    NOW = 0, _("Overdue or today")
    SOON = 1, _("Coming up")
    WAITING = 2, _("Waits for somebody")
    NEW = 3, _("New since yesterday")


@dataclass(frozen=True)
class Detail:
    """One of what a line counts by its name, or what has to be known about it."""

    text: str
    url: str = ""
    # A word more, such as how many seats are left.
    note: str = ""
    due_at: datetime | None = None
    # A mere day lasts to its last minute.
    has_time: bool = True


@dataclass(frozen=True)
class Line:
    """One kind of work: what it is called, and the address of the list that shows exactly `rows`.

    Without an address nothing lists it, and its details say all. `due` names the column by which these end: the
    earliest stands on the page. A line without rows is not shown, unless it has details.
    """

    label: str
    url: str
    rows: "models.QuerySet[Any, Any]"
    due: str = ""
    group: Group = Group.WAITING
    details: Sequence[Detail] = field(default_factory=tuple)


@dataclass(frozen=True)
class Counted:
    """A line with how many rows it has, and by when the first of them ends."""

    line: Line
    number: int
    due_at: datetime | None = None

    @property
    def group(self) -> Group:
        """By the day, where there is one."""
        if self.due_at is None:
            return self.line.group
        is_now = timezone.localdate(self.due_at) <= timezone.localdate()
        return Group.NOW if is_now else Group.SOON

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.number or self.line.details)


@dataclass(frozen=True)
class Step:
    """Something to do on a day on which nothing waits."""

    label: str
    url: str


Provider = Callable[[Any], Iterable[Line]]
Offer = Callable[[Any], Iterable[Step]]

_providers: list[Provider] = []
_offers: list[Offer] = []


def register(provider: Provider) -> None:
    """`provider(user)` gives the lines for which this person has the rights.

    It asks the database for names at most: the rows of all lines are counted together, in one statement.
    """
    if provider not in _providers:
        _providers.append(provider)


def register_offer(offer: Offer) -> None:
    """`offer(user)` gives what this person may begin when nothing waits."""
    if offer not in _offers:
        _offers.append(offer)


def lines(user: Any) -> list[Line]:
    """All that this person may see, whether or not anything of it waits."""
    return [line for provider in _providers for line in provider(user)]


def steps(user: Any) -> list[Step]:
    """What this person may begin."""
    return [step for offer in _offers for step in offer(user)]


def counted(found: Sequence[Line]) -> list[Counted]:
    """Each of these with its number, in one statement however many they are."""
    selects: list[str] = []
    params: list[Any] = []
    for place, line in enumerate(found):
        try:
            rows, given = line.rows.order_by().values("pk", *filter(None, [line.due])).query.sql_with_params()
        except EmptyResultSet:
            continue  # a condition that nothing can meet
        first = f"min(waiting.{connection.ops.quote_name(line.due)})::timestamptz" if line.due else "NULL::timestamptz"
        selects.append(f"SELECT {place}, count(*), {first} FROM ({rows}) waiting")  # noqa: S608  # compiled by Django, values apart
        params += given
    numbers: dict[int, tuple[int, datetime | None]] = {}
    if selects:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(selects), params)
            numbers = {place: (number, first) for place, number, first in cursor.fetchall()}
    return [Counted(line, *numbers.get(place, (0, None))) for place, line in enumerate(found)]


def waiting(user: Any) -> list[tuple[Group, list[Counted]]]:
    """What waits for this person, the most urgent group first, and in it what ends first."""
    shown = [each for each in counted(lines(user)) if each.is_shown]
    shown.sort(key=lambda each: (each.group, each.due_at is None, each.due_at.timestamp() if each.due_at else 0.0))
    groups = ((group, [each for each in shown if each.group == group]) for group in Group)
    return [(group, those) for group, those in groups if those]
