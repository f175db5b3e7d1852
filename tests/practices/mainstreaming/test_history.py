"""The stage that a practice shows is the last of its history; rows of a history stay as they are."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import Revision

from accounts.users.models import User
from partners.organisations.models import Organisation
from practices.mainstreaming.models import HookStatus, StageMove
from practices.mainstreaming.moving import Told, correct_move, correct_status, move, set_status
from practices.mainstreaming.presentation import moves
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.search.models import LibraryEntry
from tests.factories.mainstreaming import SOURCE, hook, moved, settle
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, term
from tests.facts import colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

FIRST = date(2015, 1, 1)
# A day, a stage, and the row that is corrected, counted from the first; none where it is out of range.
ROWS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6), st.none() | st.integers(0, 8)), max_size=9)


def _shown(practice: Practice) -> str | None:
    practice.refresh_from_db()
    return practice.stage.code if practice.stage else None


class TestWhateverTheOrder(TestCase):
    @given(rows=ROWS, never=st.sets(st.integers(0, 8)))
    @settings(max_examples=25, deadline=None)
    def test_the_stage_shown_is_the_last_of_the_history(
        self, rows: list[tuple[int, int, int | None]], never: set[int]
    ) -> None:
        practice = PracticeFactory.create(stage="1")
        entered: list[StageMove] = []
        corrected: set[int] = set()
        for place, (day, stage, corrects) in enumerate(rows):
            wrong = corrects if corrects is not None and corrects < place and corrects not in corrected else None
            facts: dict[str, Any] = {}
            if wrong is not None:
                corrected.add(wrong)
                facts = {"corrects": entered[wrong], "reason": "Misread."}
            code = "" if wrong is not None and place in never else str(stage)
            row = moved(practice, code, (FIRST + timedelta(days=day)).isoformat(), **facts)
            entered.append(row)
            self._holds(practice, entered, corrected)

    def _holds(self, practice: Practice, entered: list[StageMove], corrected: set[int]) -> None:
        roots: dict[int, int] = {}
        for row in entered:
            roots[row.pk] = roots[row.corrects_id] if row.corrects_id else row.pk
        counting = [row for place, row in enumerate(entered) if place not in corrected and row.stage_id]
        last = max(counting, key=lambda row: (row.on, roots[row.pk]), default=None)
        practice.refresh_from_db()
        assert practice.stage_since == (last.on if last else None)
        if last:
            assert practice.stage_id == last.stage_id
        entry = LibraryEntry.objects.get(practice=practice)
        assert practice.stage_id is None or practice.stage_id in entry.keys

    @given(order=st.permutations([("2", "2016-01-01"), ("3", "2017-01-01"), ("4", "2018-01-01"), ("5", "2019-01-01")]))
    @settings(max_examples=12, deadline=None)
    def test_several_rows_in_one_statement(self, order: list[tuple[str, str]]) -> None:
        practice, other = PracticeFactory.create_batch(2, stage="1")
        rows = [
            StageMove(practice=each, stage=term("stage", code), on=date.fromisoformat(on), **SOURCE)
            for code, on in order
            for each in (practice, other)
        ]
        StageMove.objects.bulk_create(rows)
        assert (_shown(practice), _shown(other)) == ("5", "5")


class TestNothingElseSaysTheStage:
    def test_saving_does_not(self) -> None:
        practice = PracticeFactory.create(stage="1")
        stale = Practice.objects.get(pk=practice.pk)
        moved(practice, "4", "2020-01-01")
        stale.stage = term("stage", "2")
        stale.save()
        Practice.objects.filter(pk=practice.pk).update(stage=term("stage", "6"), stage_since="2001-01-01")
        assert _shown(practice) == "4"
        assert practice.stage_since == date(2020, 1, 1)

    def test_an_old_version_that_is_published_again_does_not(self) -> None:
        practice = PracticeFactory.create(stage="1")
        old = practice.save_revision()
        moved(practice, "4", "2020-01-01")
        assert Revision.objects.get(pk=old.pk).as_object().stage.code == "4"
        old.publish()
        assert _shown(practice) == "4"
        practice.refresh_from_db()
        assert practice.get_latest_revision_as_object().stage_since == date(2020, 1, 1)

    def test_without_a_history_the_form_says_it_and_nobody_knows_since_when(self) -> None:
        practice = PracticeFactory.create(stage="1", stage_since="2001-01-01")
        practice.refresh_from_db()
        assert practice.stage_since is None
        Practice.objects.filter(pk=practice.pk).update(stage=term("stage", "2"), stage_since="2001-01-01")
        assert _shown(practice) == "2"
        assert practice.stage_since is None

    def test_what_never_happened_gives_back_what_was_shown(self) -> None:
        practice = PracticeFactory.create(stage="3")
        wrong = moved(practice, "5", "2020-01-01", before="3")
        moved(practice, "", "2020-01-01", corrects=wrong, reason="It was another practice.")
        assert _shown(practice) == "3"
        assert practice.stage_since is None


class TestTheDatabaseKeepsRows:
    @pytest.fixture
    def row(self) -> StageMove:
        return moved(PracticeFactory.create(), "4", "2020-01-01", by=colleague("editor@example.org", "Editor"))

    @pytest.mark.parametrize(
        "changes", [{"on": "2019-01-01"}, {"word": "Me"}, {"superseded": True}, {"entered_at": "2019-01-01T00:00Z"}]
    )
    def test_nobody_alters_one(self, row: StageMove, changes: dict[str, Any]) -> None:
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            StageMove.objects.filter(pk=row.pk).update(**changes)

    def test_nobody_deletes_one(self, row: StageMove) -> None:
        row.delete()
        with pytest.raises(DatabaseError, match="stays as long as"):
            settle()

    def test_it_goes_with_its_practice_and_with_its_hook(self, row: StageMove) -> None:
        row.practice.delete()
        hook().delete()
        settle()
        assert not StageMove.objects.exists()
        assert not HookStatus.objects.exists()

    def test_who_entered_it_may_be_forgotten_and_an_organisation_may_go(self, row: StageMove) -> None:
        said = moved(row.practice, "5", "2021-01-01", organisation=OrganisationFactory.create())
        User.objects.all().delete()
        Organisation.objects.all().delete()
        row.refresh_from_db()
        said.refresh_from_db()
        assert row.by_id is said.organisation_id is None
        assert said.word == SOURCE["word"]

    @pytest.mark.parametrize("missing", ["on", "word", "source_url", "source_title"])
    def test_a_day_and_a_source_are_needed(self, missing: str) -> None:
        facts: dict[str, Any] = SOURCE | {"on": "2020-01-01"} | {missing: None if missing == "on" else ""}
        practice, status_of = PracticeFactory.create(), hook(status="")
        with pytest.raises(IntegrityError), transaction.atomic():
            StageMove.objects.create(practice=practice, stage=term("stage", "2"), **facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            HookStatus.objects.create(hook=status_of, status="idea", **facts)

    def test_what_is_still_to_come_is_no_history(self) -> None:
        tomorrow = timezone.localdate() + timedelta(days=2)
        with pytest.raises(IntegrityError, match="has happened"), transaction.atomic():
            moved(PracticeFactory.create(), "4", tomorrow.isoformat())

    def test_a_correction_is_of_the_same_history_once_and_with_a_reason(self, row: StageMove) -> None:
        other = PracticeFactory.create()
        odd: list[tuple[Practice, dict[str, Any]]] = [
            (other, {"corrects": row, "reason": "Misread."}),
            (row.practice, {"corrects": row}),
            (row.practice, {"reason": "Misread."}),
        ]
        for practice, facts in odd:
            with pytest.raises(IntegrityError), transaction.atomic():
                moved(practice, "2", "2020-01-01", **facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            moved(other, "", "2020-01-01")
        moved(row.practice, "2", "2020-01-01", corrects=row, reason="Misread.")
        with pytest.raises(IntegrityError), transaction.atomic():
            moved(row.practice, "3", "2020-01-01", corrects=row, reason="Again.")

    def test_a_hook_shows_the_last_of_its_history(self) -> None:
        decree = hook(status="in-force", on="2020-05-01")
        HookStatus.objects.create(hook=decree, status="proposed", on="2019-01-01", **SOURCE)
        decree.status, decree.title = "ended", "Renamed"
        decree.save()
        decree.refresh_from_db()
        assert (str(decree.title), decree.status, decree.status_since) == ("Renamed", "in-force", date(2020, 5, 1))


class TestVerbs:
    TOLD: dict[str, Any] = {"source_url": "https://example.org/r", "source_title": "Report", "word": "The ministry"}

    def _move(self, practice: Practice, code: str, on: str, **facts: Any) -> StageMove:
        return move(practice, to=term("stage", code), on=date.fromisoformat(on), **self.TOLD | facts)

    def test_said_twice_it_is_one_move(self) -> None:
        practice = PracticeFactory.create()
        first = self._move(practice, "3", "2020-01-01")
        assert self._move(practice, "3", "2020-01-01") == first
        assert StageMove.objects.count() == 1

    def test_a_year_is_told_as_a_year(self) -> None:
        practice = PracticeFactory.create()
        row = self._move(practice, "3", "2020-07-05", known="year")
        assert (row.on, row.when) == (date(2020, 1, 1), "2020")
        assert self._move(practice, "4", "2021-07-05", known="month").when == "July 2021"

    def test_an_organisation_gives_its_name(self) -> None:
        house = OrganisationFactory.create(name="House of Ideas")
        assert self._move(PracticeFactory.create(), "3", "2020-01-01", word="", organisation=house).word == house.name

    @pytest.mark.parametrize(("code", "on"), [("3", "2021-01-01"), ("3", "2019-01-01"), ("4", "2999-01-01")])
    def test_a_move_that_is_none_is_refused(self, code: str, on: str) -> None:
        practice = PracticeFactory.create()
        self._move(practice, "3", "2020-01-01")
        with pytest.raises(ValidationError):
            self._move(practice, code, on)

    def test_a_term_of_another_vocabulary_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="another vocabulary"):
            move(PracticeFactory.create(), to=term("evidence", "3"), on=date(2020, 1, 1), **self.TOLD)

    def test_a_correction_keeps_its_place_and_tells_why(self) -> None:
        practice = PracticeFactory.create()
        wrong = self._move(practice, "3", "2020-01-01", before=term("stage", "1"))
        self._move(practice, "4", "2020-01-01")
        facts: dict[str, Any] = {"to": term("stage", "2"), "on": date(2020, 1, 1), "told": Told(**self.TOLD)}
        row = correct_move(wrong, reason="Misread.", before=wrong.before, by=None, **facts)
        assert correct_move(wrong, reason="Misread.", before=wrong.before, by=None, **facts) == row
        assert _shown(practice) == "4"
        told = [(each.came_from, each.to, each.reason) for each in moves(practice)]
        names = {code: str(each.label) for code, each in Terms.load().of("stage").items()}
        assert told == [(names["1"], names["2"], "Misread."), (names["2"], names["4"], "")]
        with pytest.raises(ValidationError, match="meanwhile"):
            correct_move(wrong, reason="Else.", by=None, **facts | {"to": term("stage", "5")})

    def test_a_hook_moves_likewise(self) -> None:
        decree = hook(status="")
        first = set_status(decree, to="proposed", on=date(2020, 1, 1), **self.TOLD)
        assert set_status(decree, to="proposed", on=date(2020, 1, 1), **self.TOLD) == first
        told = Told(**self.TOLD)
        correct_status(first, reason="It was none.", to="", on=date(2020, 1, 1), told=told, by=None)
        decree.refresh_from_db()
        assert decree.status == ""
