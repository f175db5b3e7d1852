"""A figure, its parts and its list come from one query: whatever is in the database, they agree."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import NamedTuple

import pytest
from django.db.models.functions import Length
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hub.measures import counting, registry, small_numbers
from hub.measures.breakdowns import by_term
from hub.measures.counting import UNKNOWN, Value
from hub.measures.registry import Breakdown, Measure
from hub.measures.spans import Span
from hub.vocabularies.models import Term
from partners.directory.measures import ORGANISATIONS
from partners.organisations.models import Organisation
from tests.factories.partners import OrganisationFactory

SHORT = replace(
    ORGANISATIONS,
    code="short",
    records=lambda span: ORGANISATIONS.records(span).filter(name__lt="m"),
    whole=ORGANISATIONS.records,
)
LENGTH = replace(
    ORGANISATIONS,
    code="length",
    records=lambda span: ORGANISATIONS.records(span).annotate(letters=Length("name")),
    middle="letters",
)
THEMES = by_term("theme", "Theme", "terms", several=True)


class Told(NamedTuple):
    """An organisation as hypothesis makes it up."""

    name: str
    is_listed: bool
    sector: str
    themes: set[str]


TOLD = st.builds(
    Told,
    name=st.text("akz", min_size=1, max_size=9),
    is_listed=st.sampled_from([True, True, False]),
    sector=st.sampled_from(["government", "non-profit", "business"]),
    themes=st.sets(st.sampled_from(["1", "2", "3"])),
)


def _today() -> Span:
    return Span(timezone.localdate())


def _make(told: list[Told]) -> None:
    for each in told:
        made = OrganisationFactory.create(
            name=each.name, status="listed" if each.is_listed else "hidden", sector=each.sector
        )
        made.terms.set(Term.objects.of("theme").filter(code__in=each.themes))
        made.save()


class AgreementTests(TestCase):
    """For whatever is made up."""

    @settings(max_examples=12, deadline=None)
    @given(st.lists(TOLD, max_size=7))
    def test_figure_parts_and_lists_agree_with_a_naive_count(self, told: list[Told]) -> None:
        Organisation.objects.all().delete()
        _make(told)
        shown = [each for each in told if each.is_listed]
        short = [each for each in shown if each.name < "m"]
        lengths = [len(each.name) for each in shown]
        span = _today()
        middle = Decimal(str(median(lengths))).quantize(Decimal("0.1")) if lengths else None
        assert counting.values([ORGANISATIONS, SHORT, LENGTH], span) == {
            "organisations": Value(len(shown)),
            "short": Value(len(short), len(shown)),
            "length": Value(len(shown), middle=middle),
        }
        for measure in (ORGANISATIONS, SHORT, LENGTH):
            assert counting.value(measure, span) == counting.values([measure], span)[measure.code]
            assert counting.records(measure, span).count() == counting.value(measure, span).number
        self._agree(ORGANISATIONS, ORGANISATIONS.breakdown("sector"), Counter(each.sector for each in shown))
        self._agree(SHORT, ORGANISATIONS.breakdown("sector"), Counter(each.sector for each in short))
        themes = Counter(theme for each in shown for theme in (each.themes or {UNKNOWN}))
        self._agree(replace(ORGANISATIONS, breakdowns=(THEMES,)), THEMES, themes)

    def _agree(self, measure: Measure, breakdown: Breakdown, naive: Counter[str]) -> None:
        parts = counting.parts(measure, _today(), breakdown)
        assert {key: value.number for key, value in parts.items() if value.number} == dict(naive)
        for key, value in parts.items():
            records = counting.records(measure, _today(), breakdown.code, key)
            assert len(set(records.values_list("pk", flat=True))) == records.count() == value.number
            assert counting.value(measure, _today(), breakdown.code, key) == value


@pytest.mark.django_db
def test_parts_stand_in_the_order_of_their_names_and_the_unknown_last() -> None:
    for sector in ("business", "government"):
        OrganisationFactory.create(sector=sector)
    names = list(ORGANISATIONS.breakdown("sector").names())
    keys = list(counting.parts(ORGANISATIONS, _today(), ORGANISATIONS.breakdown("sector")))
    assert keys == [name for name in names if name in keys]
    made = OrganisationFactory.create()
    made.terms.set(Term.objects.of("theme").filter(code="2"))
    made.save()
    assert list(counting.parts(ORGANISATIONS, _today(), THEMES)) == ["2", UNKNOWN]


@pytest.mark.django_db
def test_however_many_figures_they_are_one_statement(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(counting.values([ORGANISATIONS, SHORT, LENGTH], _today())) == 3


def test_a_share_comes_from_both_numbers_and_of_nothing_there_is_none() -> None:
    assert Value(1, 3).percent == Decimal("33.3")
    assert Value(0, 0).percent is None
    assert Value(4).percent is None


def test_days_are_those_of_brussels_with_both_ends() -> None:
    span = Span(date(2027, 3, 28), since=date(2027, 3, 28))
    assert span.start
    assert span.end - span.start == timedelta(hours=23), "the night on which clocks go forward"
    assert span.start.isoformat() == "2027-03-27T23:00:00+00:00"
    with pytest.raises(ValueError, match="after"):
        Span(date(2027, 1, 1), since=date(2027, 1, 2))


def test_no_median_by_what_one_record_has_several_of() -> None:
    with pytest.raises(ValueError, match="several medians"):
        replace(LENGTH, breakdowns=(THEMES,))


def test_a_code_is_of_one_measure_only() -> None:
    registry.register(ORGANISATIONS)
    with pytest.raises(ValueError, match="organisations"):
        registry.register(replace(SHORT, code="organisations"))


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ({"a": 12, "b": 7}, set()),
        ({"a": 12, "b": 3, "c": 9}, {"b", "c"}),
        ({"a": 12, "b": 3, "c": 1}, {"b", "c"}),
        ({"a": 12, "b": 0}, set()),
        ({"a": 4}, {"a"}),
    ],
)
def test_small_numbers_of_people_cannot_be_worked_out(numbers: dict[str, int], kept: set[str]) -> None:
    assert small_numbers.hidden({key: Value(number) for key, number in numbers.items()}) == kept
