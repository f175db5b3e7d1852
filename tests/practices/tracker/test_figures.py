"""The tracker's figures are those of a naive count, and each opens exactly what it counts."""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.http import QueryDict
from django.utils import translation
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from practices.mainstreaming.models import COULD, TAKEN_UP, Level, PolicyHook, Status
from practices.practice.models.practice import Practice
from practices.tracker import figures, selection
from practices.tracker.figures import Figure, Table
from practices.tracker.forms import HooksForm, PracticesForm
from practices.tracker.selection import Asked
from tests.factories.mainstreaming import hook, moved
from tests.factories.practices import PracticeFactory

# What hypothesis makes up is small: looking for something smaller that fails too would cost minutes and tell no more.
SMALL = settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
FIRST = date(2015, 1, 1)
CODES = [*"123456", "none"]


class Told(NamedTuple):
    """A practice as hypothesis makes it up."""

    live: bool
    stage: str | None
    before: str | None
    # Days since the first, with the stage that it came into; no two on one day.
    moves: dict[int, str]

    def on(self, day: int) -> str:
        """Where it was, by going through everything one by one."""
        if not self.moves:
            return self.stage or "none"
        found = self.before or "none"
        for moment in sorted(self.moves):
            if moment <= day:
                found = self.moves[moment]
        return found

    @property
    def now(self) -> str:
        return self.on(10_000)


STAGES = st.sampled_from("123456")
TOLD = st.builds(
    Told,
    live=st.sampled_from([True, True, False]),
    stage=st.none() | STAGES,
    before=st.none() | STAGES,
    moves=st.dictionaries(st.integers(0, 20), STAGES, max_size=4),
)
# A level, a status, and the practices among those above.
HOOKS = st.lists(
    st.tuples(st.sampled_from(Level.values), st.sampled_from(Status.values), st.sets(st.integers(0, 5), max_size=3)),
    max_size=4,
)


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def _made(told: list[Told]) -> list[Practice]:
    made = []
    for each in told:
        practice = PracticeFactory.create(live=each.live, stage=each.stage)
        for place, day in enumerate(sorted(each.moves)):
            # Entered with the last first: the order does not matter.
            day = sorted(each.moves, reverse=True)[place]
            moved(practice, each.moves[day], _day(day).isoformat(), before=each.before)
        made.append(practice)
    return made


def _opened(figure: Figure) -> int:
    """How many the list behind a figure holds, as its page reads the address."""
    asked = PracticesForm(QueryDict(urlsplit(figure.url).query)).asked
    return selection.practices(Asked.of(asked)).count()


def _all_open_what_they_count(table: Table) -> None:
    for figure in [figure for row in table.rows for figure in row.figures] + table.total:
        assert bool(figure.url) == bool(figure.number)
        if figure.number:
            assert _opened(figure) == figure.number, figure


class TestFigures(TestCase):
    def setUp(self) -> None:
        self.enterContext(translation.override("en"))

    @given(told=st.lists(TOLD, max_size=6), since=st.integers(-1, 21), days=st.integers(0, 21))
    @SMALL
    def test_flows_add_up_to_the_difference_of_the_two_pictures(self, told: list[Told], since: int, days: int) -> None:
        _made(told)
        until = since + days
        table = figures.flows(_day(since), _day(until))
        naive = Counter((each.on(since), each.on(until)) for each in told if each.live)
        cells = {
            (was, became): row.figures[place].number
            for was, row in zip(CODES, table.rows, strict=True)
            for place, became in enumerate(CODES)
        }
        assert {pair: number for pair, number in cells.items() if number} == naive
        first = Counter(each.on(since) for each in told if each.live)
        second = Counter(each.on(until) for each in told if each.live)
        assert [row.figures[-1].number for row in table.rows] == [first[code] for code in CODES]
        assert [figure.number for figure in table.total] == [*(second[code] for code in CODES), second.total()]
        for code, change in zip(CODES, figures.changes(table), strict=True):
            assert change.came - change.left == second[code] - first[code]
        _all_open_what_they_count(table)

    @given(told=st.lists(TOLD, max_size=6), hooks=HOOKS, which=st.sampled_from(["", "taken-up", "could", "ended"]))
    @SMALL
    def test_the_picture_is_a_naive_count(
        self, told: list[Told], hooks: list[tuple[str, str, set[int]]], which: str
    ) -> None:
        made = _made(told)
        for level, status, places in hooks:
            hook(level, status=status, practices=[made[place] for place in places if place < len(made)])
        statuses = {"": Status, "taken-up": TAKEN_UP, "could": COULD, "ended": [Status.ENDED]}[which]
        table = figures.by_stage(which)
        for code, row in zip(CODES, table.rows, strict=True):
            here = {place for place, each in enumerate(told) if each.live and each.now == code}
            undated = {place for place in here if not told[place].moves and told[place].stage}
            of_levels = [
                {place for at, status, places in hooks for place in places if at == level and status in statuses}
                for level in Level.values
            ]
            expected = [here, undated, here & set().union(*of_levels), *(here & each for each in of_levels)]
            assert [figure.number for figure in row.figures] == [len(each) for each in expected]
        _all_open_what_they_count(table)
        self._policy(hooks)

    def _policy(self, hooks: list[tuple[str, str, set[int]]]) -> None:
        naive = Counter((level, status) for level, status, _places in hooks)
        table = figures.by_status()
        for level, row in zip(Level.values, table.rows, strict=True):
            counted = [naive[level, status] for status in Status.values]
            assert [figure.number for figure in row.figures] == [*counted, sum(counted)]
        for figure in [figure for row in table.rows for figure in row.figures] + table.total:
            asked = HooksForm(QueryDict(urlsplit(figure.url).query)).asked
            assert not figure.number or selection.policy_hooks(asked).count() == figure.number

    @given(told=st.lists(TOLD, max_size=5), since=st.integers(-1, 20), days=st.integers(0, 20))
    @SMALL
    def test_moves_between_two_days(self, told: list[Told], since: int, days: int) -> None:
        made = _made(told)
        rows = selection.with_origin(selection.moves(_day(since), _day(since + days)))
        found = {(row.practice_id, (row.on - FIRST).days): getattr(row, "came_from", 0) for row in rows}
        naive = {
            (practice.pk, day): each.on(day - 1)
            for practice, each in zip(made, told, strict=True)
            for day in each.moves
            if each.live and since < day <= since + days
        }
        named = {stage.key: stage.code for stage in figures.stages()}
        assert {key: named[came_from] for key, came_from in found.items()} == naive

    def test_who_could_still_move_comes_longest_first(self) -> None:
        for slug, stage, on in [("late", "3", "2019-01-01"), ("early", "3", "2012-01-01"), ("done", "6", "2000-01-01")]:
            moved(PracticeFactory.create(slug=slug), stage, on)
        PracticeFactory.create(slug="unknown", stage="2")
        moved(PracticeFactory.create(live=False), "2", "2001-01-01")
        asked = Asked(since=FIRST, until=FIRST, stuck=True)
        found = selection.practices(asked).order_by("stage_since").values_list("slug", flat=True)
        assert list(found) == ["early", "late"]

    def test_a_hook_without_a_status_is_not_counted(self) -> None:
        practice = PracticeFactory.create(stage="4")
        hook(status="", practices=[practice])
        assert PolicyHook.objects.count() == 1
        assert figures.by_status().total[-1].number == 0
        assert sum(figure.number for figure in figures.by_stage("").total[2:]) == 0

    def test_addresses_name_the_stages_by_their_codes(self) -> None:
        moved(PracticeFactory.create(), "4", "2015-01-05", before="3")
        table = figures.flows(_day(0), _day(9))
        query = parse_qs(urlsplit(table.rows[2].figures[3].url).query)
        assert query == {"was": ["3"], "became": ["4"], "since": ["2015-01-01"], "until": ["2015-01-10"]}
