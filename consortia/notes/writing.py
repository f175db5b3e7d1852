"""Notes are written, changed by all who take part, and removed by their author or the lead."""

from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium.acting import actor, hold, note
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.stale import ChangedError
from consortia.notes.models import Note

# So many in one consortium.
MOST = 500


def seen(found: Note) -> str:
    """Stands for the text as it is."""
    return sha256(found.text.encode()).hexdigest()[:32]


@transaction.atomic
def write(consortium: Consortium, *, key: UUID, text: str, by: User) -> bool:
    """A new note; False when the same `key` wrote it before. Raises RefusedError."""
    held = hold(consortium)
    acting = actor(held, by, "add_note")
    own = acting.demand("add_note")
    if Note.objects.filter(key=key).exists():
        return False
    if held.notes.count() >= MOST:
        said = gettext("There are %(number)d notes, which is the most. Remove one that is not needed.")
        raise RefusedError(said % {"number": MOST})
    Note.objects.create(consortium=held, key=key, text=text, organisation_name=own.organisation.name, by=by)
    note(acting, "add_note")
    return True


@transaction.atomic
def change(found: Note, *, text: str, was: str, by: User) -> bool:
    """Other words in place of those that were read (`was`, see `seen`); False when they stand already.

    Raises RefusedError and ChangedError.
    """
    held = hold(found.consortium)
    acting = actor(held, by, "change_note")
    own = acting.demand("change_note")
    now = held.notes.filter(pk=found.pk).select_related("changed_by").first()
    if now is None:
        raise RefusedError(gettext("Somebody removed this note meanwhile. Write a new one to keep your words."))
    if now.text == text:
        return False
    if seen(now) != was:
        raise ChangedError(now.changed_by_name, now.changed_by, now.changed_at)
    Note.objects.filter(pk=now.pk).update(
        text=text, changed_by=by, changed_by_name=own.organisation.name, changed_at=Now()
    )
    note(acting, "change_note")
    return True


@transaction.atomic
def remove(found: Note, *, by: User) -> bool:
    """False when it is gone already. Raises RefusedError."""
    held = hold(found.consortium)
    now = held.notes.filter(pk=found.pk).first()
    acting = actor(held, by, "remove_note")
    acting.demand("remove_note", is_own=now is None or now.by_id == by.pk)
    if now is None:
        return False
    now.delete()
    note(acting, "remove_note")
    return True
