"""Somebody whose account is erased leaves all organisations; one without an owner is for staff to look after."""

from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.users.models import User
from hub.site.models import SiteSettings
from notifications.outbox import outbox
from partners.organisations.models import Membership, Organisation

OWNER_LEFT = "partners/owner_left"


def without_an_owner(user: User | None) -> list[Organisation]:
    """Those whose only owner this person is."""
    if user is None:
        return []
    others = Membership.objects.filter(organisation=OuterRef("pk"), role=Membership.Role.OWNER).exclude(user=user)
    owned = Organisation.objects.filter(memberships__user=user, memberships__role=Membership.Role.OWNER)
    return list(owned.exclude(Exists(others)).order_by("pk"))


def leave_all(user: User | None) -> None:
    """Tell staff of organisations that are left without an owner; the memberships themselves go with the account."""
    site = SiteSettings.objects.first()
    for organisation in without_an_owner(user):
        if site and site.contact_email:
            outbox.queue(
                OWNER_LEFT,
                to=site.contact_email,
                language=settings.LANGUAGE_CODE,
                context={"organisation": organisation.name, "url": _admin_page(organisation)},
                dedupe_key=f"{OWNER_LEFT}:{organisation.pk}:{user.pk if user else ''}",
                about=f"organisation:{organisation.pk}",
            )


def _admin_page(organisation: Organisation) -> str:
    place = reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[organisation.pk])
    return urljoin(settings.SITE_URL, place)
