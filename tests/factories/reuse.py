"""Reports of reuse, as the portal's own verbs make them."""

from typing import Any

from accounts.users.models import User
from partners.organisations.models import Membership, Organisation
from practices.practice.models.practice import Practice
from practices.reuse import checking, reporting
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck, ReuseFigure, ReuseSource
from practices.reuse.models.versions import ReuseVersion
from practices.reuse.reporting import Account, Place
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, term
from tests.factories.practices import PracticeFactory

SOURCE = {"title": "Yearly report", "url": "https://example.org/report"}


def account(*, sources: int = 0, figures: int = 0, **said: Any) -> Account:
    """Works since 2021, unless it says otherwise."""
    values = {"since_year": 2021, "outcome": "works", "came_of_it": "Neighbours meet.", "language": "en"} | said
    if values["outcome"] in {"stopped", "failed"}:
        values.setdefault("why_stopped", "The grant ended.")
    counted = {"what": "people who take part", "value": 12, "unit": "people", "year": 2022}
    return Account(
        ReuseVersion(**values),
        [ReuseFigure(**counted) for _number in range(figures)],
        [ReuseSource(**SOURCE) for _number in range(sources)],
    )


def place(name: str = "Aalst", country: str = "BE", region: str = "BE23") -> Place:
    return Place(term("country", country), term("region", region) if region else None, name)


def reporter_of(organisation: Organisation) -> User:
    """Somebody who acts for it."""
    found = Membership.objects.filter(organisation=organisation).select_related("user").first()
    return found.user if found else MembershipFactory.create(organisation=organisation, user=UserFactory.create()).user


def reported(
    practice: Practice | None = None,
    *,
    organisation: Organisation | None = None,
    where: Place | None = None,
    may_ask: bool = False,
    said: Account | None = None,
    **more: Any,
) -> Reuse:
    """One that waits to be checked."""
    organisation = organisation or OrganisationFactory.create()
    return reporting.report(
        practice or PracticeFactory.create(),
        organisation=organisation,
        place=where or place(),
        account=said or account(**more),
        may_ask=may_ask,
        by=reporter_of(organisation),
    )


def accepted(practice: Practice | None = None, *, by: User, **more: Any) -> Reuse:
    """One that visitors read; `by` is who checked it."""
    return accept(reported(practice, **more), by=by)


def accept(reuse: Reuse, *, by: User) -> Reuse:
    newest = reporting.newest_of(reuse)
    assert newest is not None
    return checking.accept(newest, by=by)


def many(practice: Practice, number: int, **said: Any) -> list[Reuse]:
    """As many that visitors read, in a few statements."""
    belgium = term("country", "BE")
    reuses = Reuse.objects.bulk_create(
        Reuse(practice=practice, organisation=OrganisationFactory.create(), country=belgium, place=f"Town {each}")
        for each in range(number)
    )
    values = {"number": 1, "since_year": 2021, "outcome": "works", "came_of_it": "Fine.", "language": "en"} | said
    versions = ReuseVersion.objects.bulk_create(ReuseVersion(reuse=reuse, **values) for reuse in reuses)
    ReuseFigure.objects.bulk_create(
        ReuseFigure(version=each, what="people", value=3, unit="people", year=2022) for each in versions
    )
    ReuseCheck.objects.bulk_create(
        ReuseCheck(version=each, verdict="accepted", checked_as="centre") for each in versions
    )
    for reuse, version in zip(reuses, versions, strict=True):
        reuse.state, reuse.shown = Reuse.State.ACCEPTED, version
    Reuse.objects.bulk_update(reuses, ["state", "shown"])
    return reuses
