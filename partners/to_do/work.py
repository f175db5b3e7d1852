"""What waits for staff, in a fixed number of queries; each number is that of the list behind it."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext

from partners.claims.models import Claim
from partners.duplicates.models import LikelyPair
from partners.organisations.models import Organisation


@dataclass(frozen=True)
class Work:
    """One kind of it: what it is called, how many wait, and where they are listed."""

    label: str
    number: int
    url: str


def work() -> list[Work]:
    """All kinds, the most urgent first."""
    claims = reverse(Claim.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]  # Wagtail puts it there
    organisations = reverse(Organisation.snippet_viewset.get_url_name("list"))
    proposed, unverified = Q(status=Organisation.Status.PROPOSED), Q(verified_at=None)
    counted = Organisation.objects.order_by().aggregate(
        proposed=Count("pk", filter=proposed), unverified=Count("pk", filter=unverified)
    )
    changed = Organisation.objects.changed_since_verified().count()
    pairs = f"{reverse('partners_admin_to_do')}#duplicates"
    return [
        Work(gettext("Claims that wait"), Claim.objects.waiting().count(), f"{claims}?status=waiting"),
        Work(gettext("Organisations that were proposed"), counted["proposed"], f"{organisations}?status=proposed"),
        Work(gettext("Changed since they were verified"), changed, f"{organisations}?to_do=changed"),
        Work(gettext("Likely duplicates"), LikelyPair.objects.undecided().count(), pairs),
        Work(gettext("Never verified"), counted["unverified"], f"{organisations}?to_do=unverified"),
    ]
