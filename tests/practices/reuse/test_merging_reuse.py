"""An organisation that is there twice becomes one, and what either reported stays."""

import pytest

from accounts.users.models import User
from hub.changes import consequences
from hub.changes.consequences import Act
from partners.merging.merging import merge
from partners.merging.plan import plan
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.versions import ReuseVersion
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import accepted, place, reported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_reports_go_over_and_of_two_about_one_place_the_shown_one_is_read(editor_user: User) -> None:
    practice = PracticeFactory.create()
    kept, gone = OrganisationFactory.create(), OrganisationFactory.create()
    reported(practice, organisation=kept, where=place("Aalst"))
    seen = accepted(practice, by=editor_user, organisation=gone, where=place("aalst"))
    elsewhere = accepted(practice, by=editor_user, organisation=gone, where=place("Gent"))
    merge(kept, gone, seen=plan(kept, gone).digest, by=editor_user)
    assert set(Reuse.objects.values_list("organisation", flat=True)) == {kept.pk}
    assert set(Reuse.objects.public()) == {seen, elsewhere}
    assert ReuseVersion.objects.count() == 3


def test_of_two_that_are_shown_the_one_that_was_there_is_read(editor_user: User) -> None:
    practice = PracticeFactory.create()
    kept, gone = OrganisationFactory.create(), OrganisationFactory.create()
    first = accepted(practice, by=editor_user, organisation=kept)
    accepted(practice, by=editor_user, organisation=gone)
    merge(kept, gone, seen=plan(kept, gone).digest, by=editor_user)
    assert list(Reuse.objects.public()) == [first]


def test_an_organisation_that_reported_is_not_deleted(editor_user: User) -> None:
    reuse = accepted(by=editor_user)
    (told,) = consequences.of([reuse.organisation], Act.DELETE)  # type: ignore[list-item]  # it has one
    assert "1 report of reuse" in told.refusal
    (told,) = consequences.of([reuse.practice], Act.DELETE)
    assert any("1 report of reuse" in lost for lost in told.lost)
