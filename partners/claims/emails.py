"""The mails about claims. Each only writes to the outbox."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from hub.site.models import SiteSettings
from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.outbox import queue
from partners.claims.models import Claim


def claim_received(claim: Claim) -> None:
    """To who asked: what was asked, and that the centre looks at it."""
    _to_claimant("claim_received", claim)


def claim_accepted(claim: Claim) -> None:
    """To who asked: they are an owner now."""
    with override(claim.user.mail_language):
        address = reverse("partners:manage", args=[claim.organisation.slug])
    _to_claimant("claim_accepted", claim, url=urljoin(settings.SITE_URL, address))


def claim_refused(claim: Claim) -> None:
    """To who asked: why not."""
    _to_claimant("claim_refused", claim, reason=claim.reason)


def claim_to_staff(claim: Claim) -> None:
    """The centre hears that somebody waits; without a mailbox the admin's list still says so."""
    site = SiteSettings.objects.first()
    if not site or not site.contact_email:
        return
    queue(
        "partners/claim_to_staff",
        to=site.contact_email,
        language=settings.LANGUAGE_CODE,
        context={
            "organisation": claim.organisation.name,
            "name": claim.user.get_full_name(),
            "position": claim.position,
            "message": claim.message,
            "is_new": claim.is_new,
            "is_from_elsewhere": claim.is_from_elsewhere,
            "url": urljoin(settings.SITE_URL, reverse("partners_admin_decide_claim", args=[claim.pk])),
        },
        dedupe_key=f"partners/claim_to_staff:{claim.pk}",
        about=claim.about,
        allowance=NAMED,
    )


def _to_claimant(kind: str, claim: Claim, **more: str) -> None:
    with override(claim.user.mail_language):
        page = urljoin(settings.SITE_URL, reverse("accounts:my_page"))
    context = {
        "organisation": claim.organisation.name,
        "name": claim.user.get_full_name(),
        "is_from_elsewhere": claim.is_from_elsewhere,
        "my_page_url": page,
    }
    queue(
        f"partners/{kind}",
        to=claim.user.email,
        language=claim.user.mail_language,
        context=context | more,
        dedupe_key=f"partners/{kind}:{claim.pk}",
        about=claim.about,
    )
