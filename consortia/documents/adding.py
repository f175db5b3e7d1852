"""Documents are added, get new versions, and are removed; the log says each time by whom."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium.acting import actor, hold, note
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, Member, MemberQuerySet
from consortia.documents.models import Document
from consortia.files import versions
from consortia.files.models import FileVersion, StoredFile

# So many in one consortium.
MOST = 200


@transaction.atomic
def add(
    consortium: Consortium, upload: UploadedFile, *, key: UUID, title: str, endorses: Member | None = None, by: User
) -> bool:
    """A file that was checked, as a new document; with `endorses` the letter of that organisation.

    False when the same `key` added it before. Raises RefusedError.
    """
    held = hold(consortium)
    acting = actor(held, by, "add_document")
    own = acting.demand("add_document")
    if Document.objects.filter(key=key).exists():
        return False
    if held.documents.count() >= MOST:
        said = gettext("There are %(number)d documents, which is the most. Remove one that is not needed.")
        raise RefusedError(said % {"number": MOST})
    if endorses and not held.members.standing().filter(pk=endorses.pk).exists():
        raise RefusedError(gettext("This organisation is not in the consortium any more. Choose another."))
    if endorses and not endorsable(held, by).filter(pk=endorses.pk).exists():
        raise RefusedError(_not_endorsed())
    file = StoredFile.objects.create(consortium=held)
    versions.add(file, upload, member=own, by=by)
    kind = Document.Kind.LETTER if endorses else Document.Kind.ORDINARY
    Document.objects.create(
        consortium=held, key=key, title=title, kind=kind, endorses=endorses, added_by=own, file=file
    )
    note(acting, "add_document", note=title)
    return True


@transaction.atomic
def replace(document: Document, upload: UploadedFile, *, by: User) -> FileVersion | None:
    """A new version beside those that are there; None when it is the last one once more. Raises RefusedError."""
    held = hold(document.consortium)
    acting = actor(held, by, "replace_document")
    own = acting.demand("replace_document")
    found = held.documents.filter(pk=document.pk).select_related("file").first()
    if found is None:
        raise RefusedError(gettext("Somebody removed this document meanwhile. Add your file as a new one."))
    if said := not_replaced(found, held, by):
        raise RefusedError(said)
    made = versions.add(found.file, upload, member=own, by=by)
    if made:
        note(acting, "replace_document", note=found.title)
    return made


@transaction.atomic
def remove(document: Document, *, by: User) -> bool:
    """With all its versions; False when it is gone already. Raises RefusedError."""
    held = hold(document.consortium)
    found = held.documents.filter(pk=document.pk).select_related("file").first()
    acting = actor(held, by, "remove_document", member=_remover(held, found, by))
    acting.demand("remove_document", is_own=found is None or is_own(found, acting.member))
    if found is None:
        return False
    if said := is_needed(found, held):
        raise RefusedError(said)
    note(acting, "remove_document", note=found.title)
    versions.remove(found.file)
    return True


def endorsable(consortium: Consortium, user: User) -> MemberQuerySet:
    """Whose letters of endorsement this person adds: the lead those of all, others that of their own organisation."""
    standing = consortium.members.standing().select_related("organisation")
    mine = standing.filter(organisation__memberships__user=user)
    return standing if mine.filter(is_lead=True).exists() else mine


def not_replaced(document: Document, consortium: Consortium, user: User) -> str:
    """Why this person adds no version of it, in words; empty where it is no letter, or one that they may add."""
    about = document.endorses_id if document.kind == Document.Kind.LETTER else None
    if about is None or endorsable(consortium, user).filter(pk=about).exists():
        return ""
    return _not_endorsed()


def _not_endorsed() -> str:
    return gettext(
        "A letter of endorsement is added by the people of that organisation, or of the one that leads. Ask them."
    )


def is_needed(document: Document, consortium: Consortium) -> str:
    """Why it stays, in words: with its letters a partnership fulfilled what the call asks. Else empty."""
    if document.kind != Document.Kind.LETTER or consortium.status != Consortium.Status.DECLARED:
        return ""
    return gettext(
        "The partnership was declared with this letter of endorsement. Add a newer version of it instead, or withdraw "
        "the declaration first."
    )


def is_own(document: Document, member: Member | None) -> bool:
    """Whether this organisation added it."""
    return member is not None and document.added_by_id == member.pk


def _remover(held: Consortium, document: Document | None, user: User) -> int | None:
    """Who acts for several organisations removes as the lead, else as the one that added it."""
    mine = held.members.standing().filter(organisation__memberships__user=user)
    if document is None or mine.filter(is_lead=True).exists():
        return None
    own = mine.filter(pk=document.added_by_id or 0).first()
    return own.pk if own else None
