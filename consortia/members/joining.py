"""Interests from before an organisation had a profile here join it, once a claim to it is accepted."""

from django.db import transaction
from django.db.models import Case, IntegerField, Value, When

from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.merging import goes_before, merge
from consortia.interest.models import Interest, InterestQuerySet
from hub.search.full_text import Plain
from partners.organisations.models import Organisation


@transaction.atomic
def join(user: User, organisation: Organisation) -> None:
    """Those that this person made for its name under addresses that they proved, in whatever spelling.

    Where the organisation shows interest in the same call already, that one goes on, unless only the other counts.
    """
    named = Interest.objects.standing().alias(plain_name=Plain("organisation_name"))
    found = named.filter(
        organisation=None, email__in=addresses.proved_by(user), plain_name=Plain(Value(organisation.name))
    )
    calls = Call.objects.select_for_update(no_key=True).filter(pk__in=found.order_by().values("call"))
    for call in calls.order_by("pk"):
        standing = Interest.objects.standing().filter(call=call, organisation=organisation).first()
        for interest in _best_first(found.filter(call=call)):
            if standing is not None and not goes_before(interest, standing):
                merge(interest, into=standing)
                continue
            if standing is not None:
                merge(standing, into=interest)
            interest.organisation, interest.user = organisation, user
            interest.save(update_fields=["organisation", "user"])
            standing = interest


def _best_first(interests: InterestQuerySet) -> list[Interest]:
    """What counts, then the latest."""
    counts = Case(When(status=Interest.Status.CONFIRMED, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(interests.order_by(counts, "-created_at", "-pk"))
