"""How long certificates are kept."""

from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from events.afterwards.keeping_times import CERTIFICATES
from events.afterwards.models import Certificate


def due(at: Moment) -> QuerySet[Certificate]:
    """Those whose event is over for so long at that moment."""
    return Certificate.objects.filter(registration__event__ends_at__lt=at - CERTIFICATES.span)


def forget_certificates() -> int:
    """After some years a number leads nowhere; returns how many went."""
    return erasing.delete(due(Now()))
