"""What figures were is kept every night, once, and nobody alters it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from accounts.users.models import User
from hub.dates.brussels import BRUSSELS
from hub.measures import registry
from hub.measures.counting import Value
from monitoring.indicators.installing import install
from monitoring.indicators.models import Indicator
from monitoring.snapshots import correcting, taking
from monitoring.snapshots.correcting import Entry
from monitoring.snapshots.models import Snapshot
from partners.directory.measures import ORGANISATIONS
from partners.organisations.models import Organisation
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db
NIGHT = datetime(2027, 3, 2, 1, 0, tzinfo=BRUSSELS)
DAY = date(2027, 3, 1)


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> tuple[Indicator, Indicator]:
    """An indicator whose records tell how they were, and one whose do not; three organisations of two sectors."""
    Organisation.objects.all().delete()
    anew = replace(ORGANISATIONS, code="anew", anew=True)
    monkeypatch.setattr(registry, "_measures", {"organisations": ORGANISATIONS, "anew": anew})
    Indicator.objects.all().delete()
    install()
    with time_machine.travel(NIGHT - timedelta(days=9), tick=False):
        for sector in ("government", "government", "business"):
            OrganisationFactory.create(sector=sector)
    Organisation.objects.update(created_at=NIGHT - timedelta(days=9))
    found = {each.code: each for each in Indicator.objects.all()}
    return found["organisations"], found["anew"]


def _said(indicator: Indicator, day: date = DAY) -> dict[tuple[str, str], int | None]:
    rows = Snapshot.objects.filter(indicator=indicator, day=day)
    return {(row.breakdown, row.key): row.number for row in rows}


def test_the_figures_and_parts_of_the_day_that_is_over_are_kept_once(two: tuple[Indicator, Indicator]) -> None:
    with time_machine.travel(NIGHT, tick=False):
        first = taking.run()
        assert first > 2
        assert taking.run() == 0
    for indicator in two:
        said = _said(indicator)
        assert said["", ""] == 3
        assert (said["sector", "government"], said["sector", "business"]) == (2, 1)
    assert Snapshot.objects.count() == first


def test_a_missed_night_is_made_up_for_where_records_tell_and_said_to_be_missed_where_not(
    two: tuple[Indicator, Indicator],
) -> None:
    with time_machine.travel(NIGHT, tick=False):
        taking.run()
    with time_machine.travel(NIGHT + timedelta(days=3, hours=1), tick=False):
        taking.run()
    today, anew = two
    for days in (1, 2):
        missed = Snapshot.objects.get(indicator=today, day=DAY + timedelta(days=days), breakdown="")
        assert (missed.number, missed.reason, missed.figure) == (None, taking.MISSED, None)
        assert _said(anew, DAY + timedelta(days=days))["", ""] == 3
    assert _said(today, DAY + timedelta(days=3))["", ""] == 3


def test_a_portal_that_starts_by_day_misses_nothing_of_the_days_before(two: tuple[Indicator, Indicator]) -> None:
    with time_machine.travel(NIGHT + timedelta(hours=12), tick=False):
        taking.run()
    today, anew = two
    assert not Snapshot.objects.filter(indicator=today).exists()
    assert _said(anew)["", ""] == 3


def test_a_correction_is_another_row_with_a_reason_and_the_first_one_stays(
    two: tuple[Indicator, Indicator], editor_user: User
) -> None:
    with time_machine.travel(NIGHT, tick=False):
        taking.run()
    wrong = Snapshot.objects.whole().get(indicator=two[0])
    with pytest.raises(correcting.NoReasonError):
        correcting.correct(wrong, value=Value(4), reason=" ", by=editor_user)
    right = correcting.correct(wrong, value=Value(4), reason="One profile was hidden by mistake.", by=editor_user)
    assert correcting.correct(wrong, value=Value(4), reason="Sent twice.", by=editor_user) == right
    assert [row.number for row in Snapshot.objects.whole().filter(indicator=two[0]).order_by("correction")] == [3, 4]
    assert list(Snapshot.objects.whole().standing().filter(indicator=two[0])) == [right]


def test_nobody_alters_or_removes_what_a_figure_was(two: tuple[Indicator, Indicator]) -> None:
    with time_machine.travel(NIGHT, tick=False):
        taking.run()
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Snapshot.objects.update(number=99)
    with transaction.atomic():
        Snapshot.objects.all().delete()
        with pytest.raises(IntegrityError, match="stays as long as what it belongs to"):
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError, match="not the next one"), transaction.atomic():
        Snapshot.objects.create(indicator=two[0], day=DAY, number=9, correction=2, reason="Left one out.")
    two[0].delete()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Snapshot.objects.filter(indicator_id=two[0].pk).exists()


def test_what_is_entered_by_hand_has_a_source_and_a_change_a_reason(editor_user: User) -> None:
    indicator = Indicator.objects.create(code="trained", area="learning", name="Trained", definition="x", unit="people")
    first = correcting.enter(indicator, Entry(DAY, Decimal("12.5"), "Annual report"), by=editor_user)
    assert correcting.enter(indicator, Entry(DAY, Decimal("12.5"), "Annual report"), by=editor_user) == first
    with pytest.raises(correcting.NoReasonError):
        correcting.enter(indicator, Entry(DAY, Decimal(13), "Annual report"), by=editor_user)
    second = correcting.enter(indicator, Entry(DAY, Decimal(13), "Annual report"), by=editor_user, reason="Rounded.")
    assert [row.figure for row in Snapshot.objects.standing()] == [second.figure] == [Decimal(13)]
