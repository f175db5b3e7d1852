"""Name, summary, and what an organisation does in it: what somebody else changed meanwhile is told, not overwritten."""

from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction

from accounts.users.models import User
from consortia.consortium.acting import actor, hold, note
from consortia.consortium.models import Consortium, Entry, Member
from consortia.sign_off import versions
from hub.vocabularies.models import Term


class ChangedError(Exception):
    """Somebody changed it since it was read; `entry` says who, when and for which organisation."""

    def __init__(self, entry: Entry | None) -> None:
        super().__init__()
        self.entry = entry


def seen_words(consortium: Consortium) -> str:
    """Stands for name and summary as they are."""
    said = [consortium.name, sorted(consortium.summary.items())]
    return sha256(repr(said).encode()).hexdigest()[:32]


def seen_part(member: Member) -> str:
    """Stands for role and tracks of an organisation as they are."""
    said = [str(member.role), sorted(member.tracks.values_list("pk", flat=True))]
    return sha256(repr(said).encode()).hexdigest()[:32]


@transaction.atomic
def change_words(consortium: Consortium, *, name: str, summary: dict[str, str], seen: str, by: User) -> bool:
    """Other words; False when these stand already. Raises RefusedError and ChangedError."""
    held = hold(consortium)
    acting = actor(held, by, "change_words")
    acting.demand("change_words")
    if (held.name, held.summary) == (name, summary):
        return False
    if seen_words(held) != seen:
        raise ChangedError(held.entries.filter(action__in=["change_words", "begin"]).select_related("by").first())
    Consortium.objects.filter(pk=held.pk).update(name=name, summary=summary)
    held.name, held.summary = name, summary
    note(acting, "change_words")
    versions.renew(held)
    return True


@transaction.atomic
def set_part(consortium: Consortium, member: Member, *, role: str, tracks: Iterable[Term], seen: str, by: User) -> bool:
    """What the own organisation does in it; False when that stands already. Raises RefusedError and ChangedError."""
    held = hold(consortium)
    acting = actor(held, by, "set_part", member=member.pk)
    own = acting.demand("set_part")
    chosen = sorted(track.pk for track in tracks)
    if (str(own.role), sorted(own.tracks.values_list("pk", flat=True))) == (role, chosen):
        return False
    if seen_part(own) != seen:
        theirs = held.entries.filter(action="set_part", organisation_name=own.organisation.name)
        raise ChangedError(theirs.select_related("by").first())
    Member.objects.filter(pk=own.pk).update(role=role)
    own.tracks.set(chosen)
    note(acting, "set_part")
    versions.renew(held)
    return True
