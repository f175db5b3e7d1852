"""Room is made: an older version of a file goes, and its row says what it was, and who removed it."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium.acting import actor, hold, note
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, Member
from consortia.files.models import FileVersion, FileVersionQuerySet


def removable(consortium: Consortium) -> FileVersionQuerySet:
    """What may go, the largest first: neither the last version of anything, nor what was submitted or declared with."""
    later = FileVersion.objects.filter(file=OuterRef("file"), number__gt=OuterRef("number"))
    found = FileVersion.objects.there().filter(Exists(later), file__consortium=consortium, submitted=None)
    return found.exclude(_endorsing(consortium)).order_by("-size", "pk")


@transaction.atomic
def remove(consortium: Consortium, key: UUID, *, by: User) -> bool:
    """The bytes of this version go; False when they are gone already. Raises RefusedError."""
    held = hold(consortium)
    acting = actor(held, by, "remove_version")
    found = FileVersion.objects.filter(file__consortium=held, uuid=key).first()
    own = acting.demand("remove_version", is_own=found is None or is_own(found, acting.member))
    if found is None:
        raise RefusedError(gettext("Somebody removed this document meanwhile, with all its versions."))
    if found.removed_at:
        return False
    if said := why_it_stays(held, found):
        raise RefusedError(said)
    storage, name = found.content.storage, str(found.content.name)
    facts = {"content": "", "removed_at": Now(), "removed_by": by, "removed_for": own.organisation.name}
    FileVersion.objects.filter(pk=found.pk).update(**facts)
    note(acting, "remove_version", note=f"{found.name} ({found.number})")
    transaction.on_commit(lambda: storage.delete(name))
    return True


def is_own(version: FileVersion, member: Member | None) -> bool:
    """Whether this organisation added it: another one that replaces a file does not take away what was there."""
    return member is not None and version.organisation_name == member.organisation.name


def why_it_stays(consortium: Consortium, version: FileVersion) -> str:
    """In words; nothing where it may be removed."""
    if removable(consortium).filter(pk=version.pk).exists():
        return ""
    if not FileVersion.objects.filter(file=version.file_id, number__gt=version.number).exists():
        return gettext("It is the last version, which counts. Add a newer one first.")
    if FileVersion.objects.filter(_endorsing(consortium), pk=version.pk).exists():
        return gettext("A letter of endorsement stays with all its versions as long as the partnership is declared.")
    return gettext("It was submitted with a proposal, so it stays.")


def _endorsing(consortium: Consortium) -> Q:
    """With its letters a partnership fulfilled what the call asks."""
    is_declared = consortium.status == Consortium.Status.DECLARED
    return Q(file__document__kind="letter") if is_declared else Q(pk=None)
