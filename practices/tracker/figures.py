"""The figures of the tracker, each with the address of exactly the records that it counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, pgettext

from practices.mainstreaming.models import Level, PolicyHook, Status
from practices.mainstreaming.pictures import stage_on
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.tracker.forms import NONE
from practices.tracker.selection import ANY, hook_rows

UNKNOWN = gettext_lazy("Not known")


@dataclass(frozen=True)
class Figure:
    """A number, what it counts for who hears it alone, and the list of what it counts."""

    number: int
    url: str
    said: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table; `short` is what a narrow column calls it."""

    label: str
    figures: list[Figure]
    short: str = ""


@dataclass(frozen=True)
class Table:
    """Figures in rows under the names of their columns, with a short name for narrow ones."""

    columns: list[tuple[str, str]]
    rows: list[Row]
    total: list[Figure]


@dataclass(frozen=True)
class Stage:
    """A stage as the tables name it; the last one stands for what nobody knows."""

    key: int | None
    code: str
    label: str
    short: str


def stages() -> list[Stage]:
    """All six and the unknown."""
    known = [Stage(each.pk, code, str(each.label), code) for code, each in Terms.load().of("stage").items()]
    return [*known, Stage(None, NONE, str(UNKNOWN), "–")]


def practices_url(**asked: Any) -> str:
    """The list of practices that are asked for."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('practices:tracker_practices')}?{query}" if query else reverse("practices:tracker_practices")


def by_stage(hooks: str) -> Table:
    """All practices by their present stage: since when that is so is not known of some, and some have policy hooks."""
    undated = Q(stage__isnull=False, stage_since__isnull=True)
    each = Practice.objects.public().order_by().values("stage")
    rows_of = each.annotate(number=Count("pk"), undated=Count("pk", filter=undated))
    counted = {row["stage"]: (row["number"], row["undated"]) for row in rows_of}
    at_levels = _at_levels(hooks)
    levels = [(ANY, gettext("With a policy hook")), *((level.value, str(level.label)) for level in Level)]
    asked: list[dict[str, Any]] = [{}, {"undated": "on"}, *({"level": code, "hooks": hooks} for code, _name in levels)]
    columns = [gettext("Practices"), gettext("Since unknown"), *(name for _code, name in levels)]
    rows = []
    for stage in stages():
        numbers = [*counted.get(stage.key, (0, 0)), *(at_levels.get((stage.key, code), 0) for code, _name in levels)]
        cells = zip(numbers, columns, asked, strict=True)
        figures = [_figure(number, stage.label, name, stage=stage.code, **wanted) for number, name, wanted in cells]
        rows.append(Row(stage.label, figures, stage.short))
    total = []
    for place, (name, wanted) in enumerate(zip(columns, asked, strict=True)):
        number = sum(row.figures[place].number for row in rows)
        total.append(_figure(number, gettext("all stages"), name, **wanted))
    return Table([(name, "") for name in columns], rows, total)


def _at_levels(hooks: str) -> dict[tuple[int | None, str], int]:
    """How many practices in each stage have such a policy hook, at each level and at any."""
    rows = hook_rows(hooks).filter(practice__live=True).order_by()
    each = rows.values_list("practice__stage", "hook__level").annotate(number=Count("practice", distinct=True))
    any_level = rows.values_list("practice__stage").annotate(number=Count("practice", distinct=True))
    found = {(stage, level): number for stage, level, number in each}
    return found | {(stage, ANY): number for stage, number in any_level}


def flows(since: date, until: date) -> Table:
    """Where practices were on the first day (rows) and on the second (columns); each stands in one cell."""
    public = Practice.objects.public().order_by().annotate(then=stage_on(since), now=stage_on(until))
    counted = {
        (then, now): number for then, now, number in public.values_list("then", "now").annotate(number=Count("pk"))
    }
    known = stages()
    days = {"since": since.isoformat(), "until": until.isoformat()}
    rows = []
    for stage in known:
        cells = [
            _figure(counted.get((stage.key, to.key), 0), stage.label, to.label, was=stage.code, became=to.code, **days)
            for to in known
        ]
        number = sum(cell.number for cell in cells)
        before = _figure(number, stage.label, gettext("on the first day"), was=stage.code, **days)
        rows.append(Row(stage.label, [*cells, before], stage.short))
    total = []
    for place, to in enumerate(known):
        number = sum(row.figures[place].number for row in rows)
        total.append(_figure(number, to.label, gettext("on the second day"), became=to.code, **days))
    everything = sum(figure.number for figure in total)
    columns = [(stage.label, stage.short) for stage in known]
    return Table(columns, rows, [*total, _figure(everything, gettext("all stages"))])


@dataclass(frozen=True)
class Change:
    """How many more or fewer there are in a stage on the second day."""

    label: str
    short: str
    came: int
    left: int

    @property
    def difference(self) -> str:
        """With its sign."""
        number = self.came - self.left
        return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def changes(table: Table) -> list[Change]:
    """What came into each stage and left it, from the table of flows."""
    found = []
    for place, row in enumerate(table.rows):
        stayed = row.figures[place].number
        came = sum(other.figures[place].number for other in table.rows) - stayed
        left = sum(figure.number for figure in row.figures[:-1]) - stayed
        found.append(Change(row.label, row.short, came, left))
    return found


def by_status() -> Table:
    """All policy hooks by their level and how far they are."""
    rows = PolicyHook.objects.public().order_by().values_list("level", "status").annotate(number=Count("pk"))
    counted = {(level, status): number for level, status, number in rows}
    found = []
    for level in Level:
        figures = [
            _hooks_figure(counted.get((level, status), 0), str(level.label), status=status, level=level)
            for status in Status
        ]
        number = sum(figure.number for figure in figures)
        found.append(Row(str(level.label), [*figures, _hooks_figure(number, str(level.label), level=level)]))
    sums = [
        _hooks_figure(sum(row.figures[place].number for row in found), gettext("all levels"), status=status)
        for place, status in enumerate(Status)
    ]
    everything = _hooks_figure(sum(figure.number for figure in sums), gettext("all levels"))
    return Table([(str(status.label), "") for status in Status], found, [*sums, everything])


def _figure(number: int, row: str, column: str = "", **asked: Any) -> Figure:
    colon = pgettext("punctuation", ":")
    return Figure(number, practices_url(**asked) if number else "", f"{row}{colon} {column}" if column else row)


def _hooks_figure(number: int, row: str, **asked: Any) -> Figure:
    status = asked.get("status")
    query = urlencode({name: str(getattr(value, "value", value)) for name, value in asked.items()})
    address = reverse("practices:tracker_hooks")
    url = f"{address}?{query}" if query else address
    colon = pgettext("punctuation", ":")
    return Figure(number, url if number else "", f"{row}{colon} {Status(status).label}" if status else row)
