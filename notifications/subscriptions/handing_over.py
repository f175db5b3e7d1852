"""Two topics become one: who followed the other follows what stays."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower, Now

from notifications.subscriptions.models import Subscription


def followers(topic: str) -> int:
    """How many are to be told of it."""
    return Subscription.objects.active().to(topic).count()


def hand_over(gone: str, *, kept: str) -> None:
    """In the caller's transaction. What an address said about the topic that stays holds: a stop stays a stop.

    Only a request that nobody confirmed gives way to one that somebody did. What is left of the other topic is
    stopped, so that links in its mails still answer.
    """
    ours = Subscription.objects.to(kept).alias(address=Lower("email")).filter(address=Lower(OuterRef("email")))
    theirs = Subscription.objects.to(gone)
    pending = Subscription.Status.PENDING
    confirmed = theirs.active().alias(address=Lower("email")).filter(address=Lower(OuterRef("email")))
    Subscription.objects.to(kept).filter(Exists(confirmed), status=pending).delete()
    theirs.filter(~Exists(ours)).update(topic=kept)
    theirs.exclude(status=Subscription.Status.STOPPED).update(status=Subscription.Status.STOPPED, stopped_at=Now())
