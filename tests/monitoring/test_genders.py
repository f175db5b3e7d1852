"""Figures about people that are entered by hand, told apart by gender: kept with the figure, few shown to nobody."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.users.models import User
from monitoring.by_hand.screens import figures_url
from monitoring.indicators.genders import BY_GENDER
from monitoring.indicators.installing import common
from monitoring.indicators.models import Indicator
from monitoring.reports.figures import Period, figures
from monitoring.snapshots.correcting import Entry, enter
from monitoring.snapshots.models import Snapshot
from tests.factories.monitoring import by_hand, counted
from tests.facts import colleague
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = date(2026, 3, 1)


@pytest.fixture
def trained() -> Indicator:
    return by_hand(by_gender=True, is_public=True)


@pytest.fixture
def editor() -> Client:
    return signed_in(colleague("editor@example.org", "Editor"))


def _sent(figure: str = "40", women: str = "", men: str = "", non_binary: str = "", **more: str) -> dict[str, str]:
    sent = {"day": "2026-03-01", "source": "Annual report", "where": "https://example.org/report"}
    return sent | {"figure": figure, "women": women, "men": men, "non_binary": non_binary} | more


def _entry(figure: int, *parts: int, day: date = DAY) -> Entry:
    given = dict(zip(BY_GENDER.names(), map(Decimal, parts), strict=False))
    return Entry(day, Decimal(figure), "Annual report", given)


def _standing(indicator: Indicator) -> dict[str, int]:
    rows = Snapshot.objects.standing().filter(indicator=indicator, day=DAY)
    return {row.key or row.breakdown: int(row.amount or 0) for row in rows}


def _page(client: Client, address: str = "/en/figures/own-trained/") -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_common_indicators_about_people_are_told_apart_and_no_others() -> None:
    apart = {each.common for each in Indicator.objects.filter(by_gender=True)}
    assert apart == {each.common for each in common() if str(each.unit) == "people"}
    assert len(apart) == 23


def test_what_the_portal_counts_is_not(trained: Indicator) -> None:
    organisations = counted()
    organisations.by_gender = True
    with pytest.raises(ValidationError, match="asks nobody"):
        organisations.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        organisations.save()


class TestEntering:
    def test_the_parts_are_kept_with_the_figure_once(self, editor: Client, trained: Indicator) -> None:
        for _time in range(2):
            assert editor.post(figures_url(trained), _sent("40", "22", "15", "0")).status_code == 302
        assert _standing(trained) == {"": 40, "women": 22, "men": 15, "non_binary": 0, "gender": 3}
        assert Snapshot.objects.filter(indicator=trained).count() == 5
        assert "Gender: Women" in _page(editor, f"{figures_url(trained)}?day=2026-03-01")

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            (_sent("40", "22", "19", "0"), "The parts together are more than this figure"),
            (_sent("40", "22"), "Fill in all three, or none"),
            (_sent("12.5"), "People are counted in whole numbers"),
            (_sent("-1"), "People are counted in whole numbers"),
            (_sent("40", "-2", "1", "1"), "greater than or equal to 0"),
        ],
    )
    def test_what_cannot_be_is_refused_at_the_field(
        self, editor: Client, trained: Indicator, sent: dict[str, str], said: str
    ) -> None:
        answer = editor.post(figures_url(trained), sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Snapshot.objects.filter(indicator=trained).exists()

    def test_they_need_not_be_known(self, editor: Client, trained: Indicator) -> None:
        assert editor.post(figures_url(trained), _sent("40")).status_code == 302
        assert _standing(trained) == {"": 40}

    def test_parts_that_come_later_have_a_reason_and_leave_the_figure(self, editor: Client, trained: Indicator) -> None:
        editor.post(figures_url(trained), _sent("40"))
        assert editor.post(figures_url(trained), _sent("40", "22", "18", "0")).status_code == 422
        editor.post(figures_url(trained), _sent("40", "22", "18", "0", reason="The list came."))
        assert _standing(trained) == {"": 40, "women": 22, "men": 18, "non_binary": 0, "gender": 0}
        assert Snapshot.objects.whole().get(indicator=trained).correction == 0

    def test_another_figure_comes_with_its_parts(self, editor: Client, trained: Indicator) -> None:
        editor.post(figures_url(trained), _sent("40", "22", "18", "0"))
        answer = editor.post(figures_url(trained), _sent("41", reason="One more."))
        assert "broken down by gender" in answer.content.decode()
        editor.post(figures_url(trained), _sent("41", "22", "19", "0", reason="One more."))
        assert _standing(trained) == {"": 41, "women": 22, "men": 19, "non_binary": 0, "gender": 0}
        assert Snapshot.objects.get(indicator=trained, key="women").correction == 0

    def test_others_are_not_asked(self, editor: Client) -> None:
        assert "Non-binary" not in _page(editor, figures_url(by_hand("own-other")))


class TestThePage:
    def test_it_has_bars_and_a_table_of_the_parts(self, client: Client, trained: Indicator, editor_user: User) -> None:
        enter(trained, _entry(40, 22, 13, 5), by=editor_user)
        page = _page(client)
        for words in ('<h3 id="by-gender">Gender</h3>', "Women: 22", "Men: 13", "Non-binary people: 5"):
            assert words in page
        assert "not known" not in page

    def test_few_are_shown_to_nobody_nor_what_would_tell_them(
        self, client: Client, trained: Indicator, editor_user: User
    ) -> None:
        enter(trained, _entry(38, 22, 13, 3), by=editor_user)
        page = _page(client)
        assert "Women: 22" in page
        assert page.count("fewer than 5") >= 2
        assert "Men: 13" not in page
        assert "Non-binary people: 3" not in page

    def test_few_in_all_are_shown_to_nobody_in_any_place(
        self, client: Client, trained: Indicator, editor_user: User
    ) -> None:
        enter(trained, _entry(4, 3, 1, 0), by=editor_user)
        assert "Women: 3" not in _page(client)
        assert "fewer than 5" in _page(client, "/en/figures/")
        file = client.get("/en/figures/own-trained/list/", {"format": "csv"})
        assert "fewer than 5" in _page(client, "/en/figures/own-trained/list/"), file

    def test_a_correction_of_a_part_says_no_number(self, client: Client, trained: Indicator, editor_user: User) -> None:
        enter(trained, _entry(40, 22, 18, 0), by=editor_user)
        enter(trained, _entry(40, 21, 19, 0), by=editor_user, reason="Misread.")
        page = _page(client)
        assert "Misread." in page
        assert "21 instead of 22" not in page


def test_a_report_tells_them_apart_and_hides_few(trained: Indicator, editor_user: User) -> None:
    enter(trained, _entry(40, 22, 15, 3), by=editor_user)
    known = Snapshot.objects.latest("at").at
    told: dict[str, Any] = figures([(trained, "gender")], Period(DAY - timedelta(days=30), DAY, known))[0]
    by_key = {row["key"] or row["name"]: row for row in told["rows"]}
    assert told["breakdown_name"] == "Gender"
    assert by_key["In all"]["end"]["figure"] == "40"
    assert by_key["women"]["end"]["figure"] == "22"
    assert by_key["non_binary"]["hidden"]
    assert by_key["men"]["hidden"]
