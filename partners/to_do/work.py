"""What waits for staff about organisations, for the first page of the admin and for a page of its own."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from accounts.day.work import Group, Line
from accounts.records import lists
from hub.dates import brussels
from partners.claims.models import Claim
from partners.duplicates.models import LikelyPair
from partners.exchange.models import Notice
from partners.members.rules import is_staff
from partners.organisations.models import Organisation


def work(user: Any) -> Iterator[Line]:
    """For those who edit organisations, the most urgent first."""
    if not is_staff(user):
        return
    yield from about_organisations()
    yesterday = brussels.yesterday()
    yield Line(
        gettext("Offers and requests"),
        f"{lists.url(Notice)}?state=standing&created_at_from={yesterday:%Y-%m-%d}",
        Notice.objects.standing().filter(created_at__gte=yesterday),
        group=Group.NEW,
    )


def about_organisations() -> list[Line]:
    """What is decided or looked at, profile by profile."""
    organisations = lists.url(Organisation)
    all_ = Organisation.objects.all()
    pairs = f"{reverse('partners_admin_to_do')}#duplicates"
    return [
        Line(gettext("Claims that wait"), f"{lists.url(Claim)}?status=waiting", Claim.objects.waiting()),
        Line(
            gettext("Organisations that were proposed"),
            f"{organisations}?status=proposed",
            all_.filter(status=Organisation.Status.PROPOSED),
        ),
        Line(
            gettext("Changed since they were verified"),
            f"{organisations}?to_do=changed",
            all_.changed_since_verified(),
        ),
        Line(gettext("Likely duplicates"), pairs, LikelyPair.objects.undecided()),
        Line(gettext("Never verified"), f"{organisations}?to_do=unverified", all_.filter(verified_at=None)),
    ]
