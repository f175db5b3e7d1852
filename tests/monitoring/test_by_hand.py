"""Staff describe indicators, enter figures by hand, and correct those that the portal kept."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.users.models import User
from hub.measures.counting import Value
from monitoring.by_hand.screens import correct_url, figures_url
from monitoring.indicators.models import Indicator, Target
from monitoring.snapshots import correcting
from monitoring.snapshots.correcting import Entry
from monitoring.snapshots.models import Snapshot
from tests.factories.monitoring import by_hand, counted, entered, kept
from tests.facts import colleague
from tests.meanwhile import while_uncommitted
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = date(2026, 3, 1)
LIST = "wagtailsnippets_monitoring_indicator:list"


@pytest.fixture
def editor() -> Client:
    return signed_in(colleague("editor@example.org", "Editor"))


def _filled(figure: str = "12.5", day: str = "2026-03-01", **more: str) -> dict[str, str]:
    return {"figure": figure, "day": day, "source": "Annual report", "where": "https://example.org/report", **more}


class TestTheList:
    def test_it_shows_the_latest_figure_and_the_next_target(self, editor: Client) -> None:
        indicator = by_hand(is_public=True)
        entered(indicator, DAY, "11")
        entered(indicator, DAY + timedelta(days=1), "12.5")
        entered(indicator, DAY + timedelta(days=1), "1234.5", correction=1, reason="Misread.")
        for days in (-9, 30, 400):
            Target.objects.create(indicator=indicator, by=timezone.localdate() + timedelta(days=days), figure=days + 50)
        page = editor.get(reverse(LIST)).content.decode()
        assert "1,234.5 (Monday 2 March 2026)" in page
        assert "80 (" in page
        assert "450 (" not in page
        assert figures_url(indicator) in page

    def test_its_queries_do_not_grow_with_the_indicators(
        self, editor: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(12):
            entered(by_hand(f"own-{number}"), DAY, "11")
        editor.get(reverse(LIST))
        with django_assert_max_num_queries(30):
            editor.get(reverse(LIST))


class TestTheForm:
    def _sent(self, **more: Any) -> dict[str, Any]:
        facts = {
            "area": "reach", "name_3": "Trained", "definition_3": "Who finished a course.", "unit_3": "people",
            "direction": 1, "is_shown": "on", "position": 90, "targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 0,
            "targets-0-by": "2030-12-31", "targets-0-figure": "40", "targets-0-ORDER": 1,
        }  # fmt: skip
        return facts | more

    def test_a_new_one_is_entered_by_hand(self, editor: Client) -> None:
        add = reverse("wagtailsnippets_monitoring_indicator:add")
        for _time in range(2):
            assert editor.post(add, self._sent()).status_code == 302
        first, second = Indicator.objects.filter(code__startswith="own-trained").order_by("pk")
        assert (first.code, second.code, first.is_counted) == ("own-trained", "own-trained-2", False)
        assert first.targets.get().figure == 40

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"name_3": ""}, "Say it in at least one language"),
            ({"unit_3": ""}, "Say it in at least one language"),
            ({"baseline": "3"}, "A baseline has a figure and the day it is of"),
            ({"targets-0-figure": "many"}, "Enter a number"),
        ],
    )
    def test_it_needs_its_own_words(self, editor: Client, wrong: dict[str, str], said: str) -> None:
        answer = editor.post(reverse("wagtailsnippets_monitoring_indicator:add"), self._sent(**wrong))
        assert said in answer.content.decode()
        assert not Indicator.objects.filter(code__startswith="own-").exists()

    def test_what_the_portal_counts_is_not_deleted(self, editor: Client) -> None:
        own, indicator = by_hand(), counted()
        delete = "wagtailsnippets_monitoring_indicator:delete"
        page = editor.get(reverse(delete, args=[indicator.pk]), follow=True)
        assert "Take it out of use instead" in page.content.decode()
        editor.post(reverse(delete, args=[indicator.pk]))
        editor.post(reverse(delete, args=[own.pk]))
        assert list(Indicator.objects.filter(pk__in=[own.pk, indicator.pk])) == [indicator]


class TestEntering:
    def test_a_figure_is_kept_once_however_often_it_is_sent(self, editor: Client) -> None:
        indicator = by_hand()
        for _time in range(2):
            assert editor.post(figures_url(indicator), _filled()).status_code == 302
        row = Snapshot.objects.get(indicator=indicator)
        assert (row.figure, row.source) == (Decimal("12.5"), "Annual report\nhttps://example.org/report")
        page = editor.get(figures_url(indicator)).content.decode()
        assert str(User.objects.get(email="editor@example.org")) in page
        assert 'href="https://example.org/report"' in page

    @pytest.mark.parametrize(
        ("wrong", "field", "said"),
        [
            ({"day": "2999-01-01"}, "day", "still to come"),
            ({"day": "0207-03-01"}, "day", "too far back"),
            ({"day": "soon"}, "day", "Enter a valid date"),
            ({"figure": "many"}, "figure", "Enter a number"),
            ({"figure": "NaN"}, "figure", "Enter a number"),
            ({"figure": "1" * 20}, "figure", "no more than"),
            ({"figure": "1.234"}, "figure", "no more than 2 decimal places"),
            ({"source": ""}, "source", "Fill in “Source”"),
            ({"where": " "}, "where", "Fill in “Where it can be read”"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, editor: Client, wrong: dict[str, str], field: str, said: str
    ) -> None:
        indicator = by_hand()
        answer = editor.post(figures_url(indicator), _filled() | wrong)
        assert answer.status_code == 422
        assert said in answer.context["form"].errors[field][0]
        assert not Snapshot.objects.filter(indicator=indicator).exists()

    def test_another_figure_of_the_same_day_needs_a_reason(self, editor: Client) -> None:
        indicator = by_hand()
        entered(indicator, DAY, "12.5")
        answer = editor.post(figures_url(indicator), _filled("13"))
        assert "There is a figure of this day already: 12.5" in answer.context["form"].errors["reason"][0]
        for _time in range(2):
            assert editor.post(figures_url(indicator), _filled("13", reason="Rounded.")).status_code == 302
        assert [row.figure for row in Snapshot.objects.filter(indicator=indicator).order_by("correction")] == [
            Decimal("12.5"),
            Decimal(13),
        ]
        page = editor.get(figures_url(indicator)).content.decode()
        assert "Rounded." in page

    def test_what_the_portal_counts_is_not_entered(self, editor: Client) -> None:
        indicator = counted()
        assert editor.post(figures_url(indicator), _filled()).status_code == 404
        assert 'name="figure"' not in editor.get(figures_url(indicator)).content.decode()


class TestCorrecting:
    def test_a_kept_figure_and_a_part_are_corrected_with_a_reason(self, editor: Client) -> None:
        indicator = counted()
        whole = kept(indicator, DAY, 9)
        part = kept(indicator, DAY, 4, breakdown="sector", key="government")
        page = editor.get(f"{figures_url(indicator)}?day={DAY}").content.decode()
        assert correct_url(whole) in page
        assert correct_url(part) in page
        assert editor.post(correct_url(part), {"number": 5}).status_code == 422
        assert editor.post(correct_url(part), {"number": -1, "reason": "x"}).status_code == 422
        for _time in range(2):
            assert editor.post(correct_url(part), {"number": 5, "reason": "One was hidden."}).status_code == 302
        assert [row.number for row in Snapshot.objects.filter(breakdown="sector").order_by("correction")] == [4, 5]
        page = editor.get(f"{figures_url(indicator)}?day={DAY}").content.decode()
        assert "One was hidden." in page
        assert correct_url(part) not in page

    def test_a_day_that_was_missed_is_filled_in(self, editor: Client) -> None:
        missed = kept(counted(), DAY, reason="missed")
        assert editor.post(correct_url(missed), {"number": 7, "reason": "Counted by hand."}).status_code == 302
        assert Snapshot.objects.standing().get(indicator=missed.indicator).figure == 7

    def test_who_corrects_what_was_corrected_meanwhile_is_told(self, editor: Client) -> None:
        wrong = kept(counted(), DAY, 9)
        assert editor.post(correct_url(wrong), {"number": 8, "reason": "First."}).status_code == 302
        answer = editor.post(correct_url(wrong), {"number": 7, "reason": "Second."})
        assert "it is 8 now" in answer.content.decode()
        assert Snapshot.objects.filter(indicator=wrong.indicator).count() == 2

    def test_what_was_entered_by_hand_is_not_corrected_here(self, editor: Client) -> None:
        assert editor.get(correct_url(entered(by_hand(), DAY, "1"))).status_code == 404

    @pytest.mark.parametrize("asked", ["?day=2026-13-45", "?day=x", "?p=x", "?p=999", "?day="])
    def test_an_odd_address_shows_the_list(self, editor: Client, asked: str) -> None:
        kept(counted(), DAY, 9)
        assert editor.get(figures_url(counted()) + asked).status_code == 200


class TestTwoAtOnce:
    def test_the_same_figure_is_kept_once_and_another_one_is_asked_for_a_reason(self, set_up_anew: None) -> None:
        indicator, one, two = by_hand(), colleague("a@example.org", "A"), colleague("b@example.org", "B")

        def enter(figure: str, by: User) -> Any:
            try:
                return correcting.enter(indicator, Entry(DAY, Decimal(figure), "Report"), by=by).figure
            except correcting.NoReasonError:
                return "a reason"

        assert while_uncommitted(lambda: enter("5", one), lambda: enter("5", two)) == 5
        assert while_uncommitted(lambda: enter("5", one), lambda: enter("6", two)) == "a reason"
        assert Snapshot.objects.filter(indicator=indicator).count() == 1

    def test_of_two_corrections_the_second_hears_of_the_first(self, set_up_anew: None) -> None:
        wrong, one, two = kept(counted(), DAY, 9), colleague("a@example.org", "A"), colleague("b@example.org", "B")

        def correct(number: int, by: User) -> Any:
            try:
                return correcting.correct(wrong, value=Value(number), reason="Wrong.", by=by).number
            except correcting.CorrectedMeanwhileError as error:
                return f"it is {error.standing.number}"

        assert while_uncommitted(lambda: correct(8, one), lambda: correct(7, two)) == "it is 8"
