"""How long certificates are kept."""

from django.db.models.functions import Now

from accounts.privacy import erasing
from events.afterwards.keeping_times import CERTIFICATES
from events.afterwards.models import Certificate


def forget_certificates() -> int:
    """After some years a number leads nowhere; returns how many went."""
    return erasing.delete(Certificate.objects.filter(registration__event__ends_at__lt=Now() - CERTIFICATES.span))
