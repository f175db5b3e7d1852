"""Offers and requests for the walk: those of the demo, one that is over, and a link out of a mail."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from hub.vocabularies.models import Term
from partners.exchange import reminders
from partners.exchange.models import Notice, today
from partners.organisations.models import Membership
from tests.browser.organisations import PARTNER


def addresses(language: str) -> dict[str, str]:
    """Every place of offers and requests."""
    own = Membership.objects.get(user__email=PARTNER, role=Membership.Role.OWNER).organisation
    offer = Notice.objects.public().filter(organisation=own).order_by("pk")[0]
    english = Notice.objects.public().filter(language="en").order_by("pk")[0]
    over, _new = Notice.objects.get_or_create(
        organisation=own,
        title="Walked past",
        defaults={
            "kind": "offer",
            "text": "It is over.",
            "language": "en",
            "country": Term.objects.get(vocabulary="country", code="BE"),
            "until": today() - timedelta(days=1),
            "renewed_at": timezone.now() - timedelta(days=30),
        },
    )
    of = {
        "offers and requests": ("notices",),
        "offer": ("notice", offer.pk),
        "offer in English": ("notice", english.pk),
        "offer over": ("notice", over.pk),
        "answer offer": ("answer", offer.pk),
        "offer answered": ("answered", offer.pk),
        "renew offer": ("renew_by_mail", reminders.token_of(offer)),
        "renew offer unknown": ("renew_by_mail", "forged"),
        "new offer": ("add", own.slug),
        "change offer": ("change", offer.pk),
        "withdraw offer": ("withdraw", offer.pk),
    }
    with override(language):
        found = {name: reverse(f"exchange:{route}", args=args) for name, (route, *args) in of.items()}
    return found | {"offers without results": f"{found['offers and requests']}?q=xyzzyqwerty"}
