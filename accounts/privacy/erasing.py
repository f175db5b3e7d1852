"""Rows whose time is over go some at a time: what is gone stays gone when time is up, and the next run goes on."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

# In one transaction.
MOST = 500


def delete(due: QuerySet[Any]) -> int:
    """Delete these rows with all that hangs on them; returns how many. Safe to run twice and at once.

    Rows that somebody else holds at this moment are left to the next run.
    """
    gone, last = 0, None
    # Each time from where the last ended: what was deleted is not looked through again.
    while keys := _delete_some(due if last is None else due.filter(pk__gt=last)):
        gone, last = gone + len(keys), keys[-1]
    return gone


@transaction.atomic
def _delete_some(due: QuerySet[Any]) -> list[Any]:
    locked = due.order_by("pk").select_for_update(skip_locked=True)
    keys = list(locked.values_list("pk", flat=True)[:MOST])
    due.model._base_manager.filter(pk__in=keys).delete()
    return keys
