from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from notifications.models import Message, Subscription  # noqa: F401  # named in the annotations below


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> "SubscriptionQuerySet":
        """Confirmed and not stopped: the only ones that get mail."""
        return self.filter(status="active")

    def to(self, topic: str) -> "SubscriptionQuerySet":
        return self.filter(topic=topic)

    def of(self, email: str) -> "SubscriptionQuerySet":
        """Everything one address asked for."""
        return self.alias(address=Lower("email")).filter(address=email.strip().lower())


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        """Not yet delivered and not given up."""
        return self.filter(status__in=["queued", "sending"])

    def to_domain(self, domain: str) -> "MessageQuerySet":
        """What goes to addresses of this domain, given in small letters."""
        return self.alias(domain=_domain()).filter(domain=domain)

    def not_to(self, domains: Iterable[str]) -> "MessageQuerySet":
        """What goes elsewhere than to these domains."""
        return self.alias(domain=_domain()).exclude(domain__in=list(domains))


def _domain() -> Lower:
    """What stands behind the last @ of the address, in small letters."""
    behind = Func(F("to_email"), Value("@"), Value(-1), function="split_part", output_field=models.CharField())
    return Lower(behind)
