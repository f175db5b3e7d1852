"""How long guests' answers are kept."""

from datetime import timedelta

from django.db.models.functions import Now

from events.sign_up.models import Registration

# What the sign-up form promises; such needs can tell something about health (GDPR, article 9).
ACCESS_NEEDS_KEPT = timedelta(days=30)


def forget_access_needs() -> int:
    """Empty what guests told us they need, 30 days after their event; returns how many answers went."""
    return (
        Registration.objects.exclude(access_needs="")
        .filter(event__ends_at__lt=Now() - ACCESS_NEEDS_KEPT)
        .update(access_needs="")
    )


def forget_unproved() -> int:
    """Once an event is over: let go of who never confirmed a reserved seat, and of the lines that seats came from."""
    over = Registration.objects.filter(event__ends_at__lt=Now())
    deleted, _each = over.lapsed().delete()
    return deleted + over.exclude(line="").update(line="")
