"""A report waits until somebody else read it; sent twice it is one; what was said before stays."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.users.models import User
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from partners.organisations.models import Membership, Organisation
from practices.practice.models.practice import Practice
from practices.reuse import checking, reporting, rules
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck, ReuseFigure, ReuseSource
from practices.reuse.models.versions import ReuseVersion
from practices.reuse_reports.to_do import to_check
from tests.factories.partners import MembershipFactory, OrganisationFactory
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import accept, accepted, account, place, reported, reporter_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def shown(practice: Practice) -> list[str]:
    return [each.shown.came_of_it for each in Reuse.objects.public().filter(practice=practice) if each.shown]


def newest(reuse: Reuse) -> ReuseVersion:
    found = reporting.newest_of(reuse)
    assert found is not None
    return found


def test_nobody_reads_a_report_before_somebody_else_did(editor_user: User) -> None:
    reuse = reported()
    assert shown(reuse.practice) == []
    accept(reuse, by=editor_user)
    assert shown(reuse.practice) == ["Neighbours meet."]


def test_the_version_before_is_read_while_a_newer_one_waits_or_went_back(editor_user: User) -> None:
    reuse = accepted(by=editor_user)
    by = reporter_of(reuse.organisation)  # type: ignore[arg-type]  # it has one
    reporting.update(reuse, account=account(came_of_it="It grew."), may_ask=False, by=by, seen=1)
    assert shown(reuse.practice) == ["Neighbours meet."]
    checking.send_back(newest(reuse), by=editor_user, reason="Which neighbourhood?")
    assert shown(reuse.practice) == ["Neighbours meet."]
    reporting.update(reuse, account=account(came_of_it="It grew in the north."), may_ask=False, by=by, seen=2)
    accept(reuse, by=editor_user)
    assert shown(reuse.practice) == ["It grew in the north."]
    assert [each.number for each in reuse.versions.order_by("number")] == [1, 2, 3]


def test_sent_twice_it_is_one_version_and_one_mail_to_each() -> None:
    practice, organisation = PracticeFactory.create(), OrganisationFactory.create()
    owner = OrganisationFactory.create()
    reader = reporter_of(owner)
    practice.owner = owner
    practice.save()
    for _time in (1, 2, 3):
        reported(practice, organisation=organisation, figures=2, sources=1)
    reuse = Reuse.objects.get()
    assert ReuseVersion.objects.count() == 1
    assert ReuseFigure.objects.count() == 2
    assert Message.objects.filter(kind="practices/reuse_to_check", about=f"{reuse.about}:check").count() == 1
    assert Message.objects.get(kind="practices/reuse_to_check").to_email == reader.email


def test_one_per_organisation_and_place_whatever_its_capitals() -> None:
    practice, organisation = PracticeFactory.create(), OrganisationFactory.create()
    reported(practice, organisation=organisation, where=place("Aalst"))
    with pytest.raises(reporting.ChangedError):
        reported(practice, organisation=organisation, where=place("AALST"), came_of_it="Other words.")
    reported(practice, organisation=organisation, where=place("Gent"))
    reported(practice, where=place("Aalst"))
    assert Reuse.objects.count() == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        Reuse.objects.create(
            practice=practice, organisation=organisation, place="aalst", country=place().country, region=None
        )


def test_a_stale_update_is_told_who_came_first() -> None:
    reuse = reported()
    first = reporter_of(reuse.organisation)  # type: ignore[arg-type]  # it has one
    reporting.update(reuse, account=account(came_of_it="Second."), may_ask=False, by=first, seen=1)
    with pytest.raises(reporting.ChangedError) as told:
        reporting.update(reuse, account=account(came_of_it="Also second."), may_ask=False, by=first, seen=1)
    assert told.value.newest.number == 2
    reporting.update(reuse, account=account(came_of_it="Also second."), may_ask=False, by=first, seen=2)
    assert newest(reuse).number == 3


def test_what_is_withdrawn_stays_on_record_and_can_be_reported_anew(editor_user: User) -> None:
    reuse = accepted(by=editor_user)
    assert reporting.withdraw(reuse)
    assert not reporting.withdraw(reuse)
    assert shown(reuse.practice) == []
    again = reported(reuse.practice, organisation=reuse.organisation)
    assert again.pk == reuse.pk
    assert shown(reuse.practice) == [], "what is reported anew is checked anew"
    assert reuse.versions.count() == 2


def test_what_the_centre_took_down_stays_down(editor_user: User) -> None:
    reuse = accepted(by=editor_user)
    assert checking.take_down(reuse, reason="It is about another practice.")
    assert shown(reuse.practice) == []
    by = reporter_of(reuse.organisation)  # type: ignore[arg-type]  # it has one
    with pytest.raises(reporting.RemovedError):
        reporting.update(reuse, account=account(came_of_it="No."), may_ask=False, by=by, seen=1)
    assert Message.objects.filter(kind="practices/reuse_taken_down", to_email=by.email).count() == 1


@pytest.mark.parametrize("hidden", ["practice", "organisation"])
def test_nobody_reads_of_what_is_not_public(editor_user: User, hidden: str) -> None:
    reuse = accepted(by=editor_user)
    if hidden == "practice":
        Practice.objects.filter(pk=reuse.practice_id).update(live=False)
    else:
        Organisation.objects.filter(pk=reuse.organisation_id).update(status="hidden")
    assert shown(reuse.practice) == []


def test_the_centre_enters_reuse_elsewhere_with_a_source(editor_user: User) -> None:
    practice = PracticeFactory.create()
    with pytest.raises(reporting.NoSourceError):
        reporting.enter(practice, adopter="City of Espoo", place=place("Espoo", "FI", ""), account=account())
    for _time in (1, 2):
        reporting.enter(
            practice,
            adopter="City of Espoo",
            place=place("Espoo", "FI", ""),
            account=account(sources=1, came_of_it="It spread."),
            by=editor_user,
        )
    assert shown(practice) == ["It spread."]
    assert ReuseVersion.objects.count() == 1
    reporting.enter(
        practice, adopter="city of espoo", place=place("Espoo", "FI", ""), account=account(sources=1, outcome="stopped")
    )
    assert Reuse.objects.get().versions.count() == 2
    assert Reuse.objects.get().ask_at is None, "nobody is asked about it"


def test_who_checks() -> None:
    owner, reporting_one = OrganisationFactory.create(), OrganisationFactory.create()
    practice = PracticeFactory.create(owner=owner)
    of_owner, of_both = (
        reporter_of(owner),
        MembershipFactory.create(organisation=owner, user=reporter_of(reporting_one)).user,
    )
    theirs = reported(practice, organisation=reporting_one)
    own = reported(practice, organisation=owner)
    assert rules.checks_as(of_owner, theirs) == "owner"
    assert rules.checks_as(of_both, theirs) == ""
    assert rules.checks_as(of_owner, own) == ""
    with pytest.raises(checking.NotAllowedError):
        accept(own, by=of_owner)
    accept(theirs, by=of_owner)
    assert ReuseCheck.objects.get().checked_as == "owner"


def test_nobody_checks_what_they_wrote_whatever_became_of_their_organisation() -> None:
    practice = PracticeFactory.create(owner=OrganisationFactory.create())
    theirs = reported(practice)
    assert theirs.organisation
    author = reporter_of(theirs.organisation)
    MembershipFactory.create(organisation=practice.owner, user=author)
    Organisation.objects.filter(pk=theirs.organisation_id).update(status="hidden")
    assert rules.checks_as(author, theirs) == ""
    Membership.objects.filter(organisation=theirs.organisation, user=author).delete()
    assert rules.checks_as(author, theirs) == ""
    assert not [*to_check(author, "en")]


def test_a_version_is_decided_about_once_and_only_the_newest(editor_user: User) -> None:
    reuse = reported()
    first = newest(reuse)
    by = reporter_of(reuse.organisation)  # type: ignore[arg-type]  # it has one
    reporting.update(reuse, account=account(came_of_it="Second."), may_ask=False, by=by, seen=1)
    with pytest.raises(checking.DecidedError):
        checking.accept(first, by=editor_user)
    accept(reuse, by=editor_user)
    with pytest.raises(checking.DecidedError):
        accept(reuse, by=editor_user)
    assert Message.objects.filter(kind="practices/reuse_accepted").count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"since_year": timezone.now().year + 1}, "since_year"),
        ({"until_year": 2020}, "until_year"),
        ({"since_month": 6, "until_year": 2021, "until_month": 5}, "until_year"),
        ({"until_month": 5}, "until_year"),
        ({"since_month": 13}, "since_month"),
        ({"outcome": "stopped", "why_stopped": " "}, "why_stopped"),
        ({"outcome": "failed", "why_stopped": ""}, "why_stopped"),
        ({"actual_cost": 10}, "cost_year"),
        ({"planned_cost": -1, "cost_year": 2022}, "planned_cost"),
        ({"fidelity": "perfect"}, "fidelity"),
        ({"goals": ["reach", "fame"]}, "goals"),
    ],
)
def test_what_is_refused(said: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as told, transaction.atomic():
        reported(**said)
    assert field in told.value.message_dict


@pytest.mark.parametrize("row", [{"unit": ""}, {"what": ""}, {"year": None}, {"source": "javascript:alert(1)"}])
def test_a_figure_needs_what_it_counts_unit_and_year(row: dict[str, Any]) -> None:
    said = account(figures=1)
    for name, value in row.items():
        setattr(said.figures[0], name, value)
    with pytest.raises(ValidationError), transaction.atomic():
        reported(said=said)


@pytest.mark.parametrize(
    "values",
    [
        {"until_year": 2020},
        {"outcome": "stopped"},
        {"actual_cost": 5},
        {"goals": ["fame"]},
        {"since_month": 0},
        {"outcome": "great"},
    ],
)
def test_the_database_refuses_it_too(values: dict[str, Any]) -> None:
    reuse = reported()
    said = {"since_year": 2021, "outcome": "works", "came_of_it": "x", "language": "en", "number": 2} | values
    with pytest.raises(IntegrityError), transaction.atomic():
        ReuseVersion.objects.create(reuse=reuse, **said)


def _full(by: User) -> Reuse:
    reuse = reported(figures=1, sources=1)
    return accept(reuse, by=by)


def _take_away(model: Any) -> None:
    """As a program that knows nothing of the portal's verbs would, up to the end of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # a name of ours
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("model", [ReuseVersion, ReuseFigure, ReuseSource, ReuseCheck])
def test_nobody_alters_or_takes_away_what_was_said(editor_user: User, model: Any) -> None:
    _full(editor_user)
    column = {ReuseVersion: "came_of_it", ReuseFigure: "what", ReuseSource: "title", ReuseCheck: "reason"}[model]
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        model.objects.update(**{column: "Other words"})
    with pytest.raises(DatabaseError, match=r"stays as long as|violates foreign key"), transaction.atomic():
        _take_away(model)


def test_nothing_is_added_to_what_was_checked(editor_user: User) -> None:
    version = newest(_full(editor_user))
    with pytest.raises(DatabaseError, match="Nothing is added"), transaction.atomic():
        ReuseFigure.objects.create(version=version, what="more", value=1, unit="people", year=2022)


def test_only_an_accepted_version_of_the_very_report_is_shown(editor_user: User) -> None:
    other, waiting = _full(editor_user), reported()
    for version in (newest(waiting), newest(other)):
        with pytest.raises(DatabaseError, match="Only an accepted version"), transaction.atomic():
            Reuse.objects.filter(pk=waiting.pk).update(shown=version)


def test_an_erased_account_is_forgotten_and_its_words_stay(editor_user: User) -> None:
    reuse = _full(editor_user)
    User.objects.filter(pk=reporter_of(reuse.organisation).pk).delete()  # type: ignore[arg-type]  # it has one
    editor_user.delete()
    version = newest(reuse)
    assert version.by is None
    assert version.check_made.by is None
    assert shown(reuse.practice) == ["Neighbours meet."]


def test_all_of_it_goes_with_its_practice(editor_user: User) -> None:
    reuse = _full(editor_user)
    reuse.practice.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not any(model.objects.exists() for model in (Reuse, ReuseVersion, ReuseFigure, ReuseSource, ReuseCheck))


def test_what_is_reported_anew_is_where_it_is_now(editor_user: User) -> None:
    practice, organisation = PracticeFactory.create(), OrganisationFactory.create()
    first = reported(practice, organisation=organisation, where=place("Aalst", region="BE23"))
    reporting.withdraw(first)
    again = reported(practice, organisation=organisation, where=place("AALST", region="BE21"), came_of_it="Anew.")
    assert again.pk == first.pk
    again.refresh_from_db()
    assert (again.region and again.region.code, again.place) == ("BE21", "AALST")


def test_a_mail_promises_to_be_read_only_what_can_be(editor_user: User) -> None:
    seen, unseen = reported(), reported()
    Organisation.objects.filter(pk=unseen.organisation_id).update(status="proposed")
    for each in (seen, unseen):
        accept(each, by=editor_user)
    told = {
        each.about: render(each, now=timezone.now()) for each in Message.objects.filter(kind="practices/reuse_accepted")
    }
    assert "can be read now" in told[seen.about].subject
    assert "stands on the page" in told[seen.about].text
    assert "can be read now" not in told[unseen.about].subject
    assert "as soon as both the organisation and the practice" in told[unseen.about].text
    assert unseen.get_absolute_url() not in told[unseen.about].text + told[unseen.about].html
