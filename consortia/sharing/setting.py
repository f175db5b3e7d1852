"""Those who lead say how much of the consortium the centre sees."""

from django.db import transaction

from accounts.users.models import User
from consortia.consortium.acting import actor, hold, note
from consortia.consortium.models import Consortium
from consortia.consortium.stale import ChangedError


@transaction.atomic
def share(consortium: Consortium, *, shown: Consortium.Shown, seen: str, by: User) -> bool:
    """From now on staff see so much; False when that stands already. `seen` is what stood when it was read.

    Nothing of it is signed, so no signature is void. Raises RefusedError and ChangedError.
    """
    held = hold(consortium)
    acting = actor(held, by, "share")
    acting.demand("share")
    if held.shown_to_centre == shown:
        return False
    if held.shown_to_centre != seen:
        entry = held.entries.filter(action="share").select_related("by").first()
        raise ChangedError(
            entry.organisation_name if entry else "", entry.by if entry else None, entry.at if entry else None
        )
    Consortium.objects.filter(pk=held.pk).update(shown_to_centre=shown)
    note(acting, "share")
    return True
