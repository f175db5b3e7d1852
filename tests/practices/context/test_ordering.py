"""What the database says of fitting is what the rules say, for whatever is known and told."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.context import facts, rules
from practices.context.facts import Elsewhere
from practices.context.ordering import Judging, by_fit
from practices.context.rules import Criterion, Verdict
from practices.context.situation import Situation
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.search.models import LibraryEntry
from tests.factories.practices import PracticeFactory
from tests.practices.context.situations import BY_FIT, LIBRARY, TOWN, any_practice, any_situation, in_order, tell

pytestmark = pytest.mark.django_db
SEED = 20261130


class Register:
    """A room that knows of every second practice that it was taken up in Sweden."""

    def told(self, practices: Sequence[int], /) -> Mapping[int, Sequence[Elsewhere]]:
        return {key: [Elsewhere("Malmö", country="SE")] for key in practices if key in self._keys()}

    def in_country(self, code: str, /) -> QuerySet[Any, Any]:
        found = Practice.objects.filter(slug__endswith="0") if code == "SE" else Practice.objects.none()
        return found.values("pk")

    def _keys(self) -> list[int]:
        return list(Practice.objects.filter(slug__endswith="0").values_list("pk", flat=True))


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_sources", [])
    facts.register(Register())


def _keys(condition: Q | None, *, entry: str) -> set[int]:
    if condition is None:
        return set()
    if entry:
        return set(Practice.objects.filter(condition).values_list("pk", flat=True))
    return set(LibraryEntry.objects.filter(condition).values_list("pk", flat=True))


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("entry", ["", "entry__"])
def test_the_database_judges_as_the_rules_do(entry: str) -> None:
    chance, terms = Random(SEED), Terms.load()
    keys = [any_practice(chance, number=number).pk for number in range(40)]
    known = facts.read(keys, terms)
    met = set()
    for _time in range(40):
        situation = any_situation(chance)
        judged = {key: {each.criterion: each.verdict for each in rules.judge(situation, known[key])} for key in keys}
        judging = Judging(situation, terms, entry=entry)
        for criterion in Criterion:
            found = {
                Verdict.FITS: _keys(judging.fits(criterion), entry=entry),
                Verdict.DOES_NOT: _keys(judging.does_not(criterion), entry=entry),
            }
            for verdict, asked in found.items():
                expected = {key for key in keys if judged[key].get(criterion) is verdict}
                assert asked == expected, (situation, criterion, verdict)
                met |= {(criterion, verdict)} if expected else set()
    assert len(met) == 2 * len(Criterion) - 1, "the data shows everything but a place that does not fit"


@pytest.mark.usefixtures("register")
def test_most_fits_first_then_fewest_misfits_then_as_usual() -> None:
    chance, terms = Random(SEED), Terms.load()
    keys = [any_practice(chance, number=number).pk for number in range(25)]
    known = facts.read(keys, terms)
    usual = LibraryEntry.objects.order_by("-practice_id")
    for situation in [Situation(country="SE"), *(any_situation(chance) for _time in range(25))]:
        verdicts = {key: [each.verdict for each in rules.judge(situation, known[key])] for key in keys}

        def rank(key: int, verdicts: dict[int, list[Verdict]] = verdicts) -> tuple[int, int, int]:
            return -verdicts[key].count(Verdict.FITS), verdicts[key].count(Verdict.DOES_NOT), -key

        ordered = by_fit(usual, situation, terms).values_list("practice_id", flat=True)
        assert list(ordered) == sorted(keys, key=rank)


def test_the_library_is_ordered_for_who_told_and_as_usual_for_others(visitor: Client) -> None:
    PracticeFactory.create(slug="fits", target=["young-people"], cost="under-10k", months=3)
    PracticeFactory.create(slug="unknown")
    PracticeFactory.create(slug="misfits", cost="over-1m")
    PracticeFactory.create(slug="latest")
    usual = in_order(visitor, LIBRARY)
    assert in_order(visitor) == usual == ["latest", "misfits", "unknown", "fits"]
    assert 'href="/en/practices/?sort=context"' not in visitor.get(LIBRARY).content.decode()
    tell(visitor, **TOWN)
    assert in_order(visitor) == ["fits", "latest", "unknown", "misfits"]
    assert in_order(visitor, LIBRARY) == usual
    assert 'href="/en/practices/?sort=context"' in visitor.get(LIBRARY).content.decode()
    assert in_order(visitor, f"{LIBRARY}?sort=context&q=shared+living") == ["fits", "latest", "unknown", "misfits"]
    assert visitor.get(BY_FIT).context["library"].beside_facets == [("sort", "context")]


@pytest.mark.parametrize("person", ["visitor", "partner"])
def test_as_many_queries_for_three_as_for_twenty(person: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(person)
    chance = Random(SEED)
    tell(client, **TOWN)
    counts = []
    for numbers in (range(3), range(3, 20)):
        for number in numbers:
            any_practice(chance, number=number)
        compare = f"{LIBRARY}compare/?practice=any-0&practice=any-1"
        for path in (BY_FIT, LIBRARY, f"{LIBRARY}any-0/", compare):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))
    assert counts[:4] == counts[4:]
    assert max(counts) <= 30
