"""Reports of reuse for the access table: one that everybody reads, one of `other` that `partner` is to check; hooks."""

from accounts.users.models import User
from partners.organisations.models import Membership
from practices.practice.models.practice import Practice
from tests.factories.mainstreaming import hook
from tests.factories.partners import OrganisationFactory
from tests.factories.reuse import accepted, place, reported


def objects(practice: Practice, *, by: User, other: User) -> dict[str, dict[str, str]]:
    """By label, what fills the arguments of an address."""
    theirs = OrganisationFactory.create(slug="reports-reuse")
    Membership.objects.create(organisation=theirs, user=other)
    found = {
        "reuse": accepted(practice, by=by, where=place("Gent")),
        "reuse-other": reported(practice, organisation=theirs),
    }
    hooks = {"policy-hook-told": hook("eu", practices=[practice]), "policy-hook-unsaid": hook("region", status="")}
    return {
        label: {"slug": practice.slug, "uuid": str(each.uuid), "pk": str(each.pk)} for label, each in found.items()
    } | {label: {"id": str(each.pk)} for label, each in hooks.items()}
