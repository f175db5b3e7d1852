"""The organisation that was asked says yes or no; with a yes both sides learn each other's contact."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.users.models import User
from consortia.introductions import emails
from consortia.introductions.models import Introduction


@transaction.atomic
def accept(introduction: Introduction, *, by: User, note: str = "") -> bool:
    """Yes: who asked and who accepts get each other's name and address. False when it was answered or taken back,
    or the centre hides one of the two.
    """
    answered = _answer(introduction, Introduction.Status.ACCEPTED, by=by, note=note)
    if answered:
        emails.accepted(answered)
    return answered is not None


@transaction.atomic
def decline(introduction: Introduction, *, by: User, note: str = "") -> bool:
    """No: the two are not matched in this call any more. False when it was answered or taken back,
    or the centre hides one of the two.
    """
    answered = _answer(introduction, Introduction.Status.DECLINED, by=by, note=note)
    if answered:
        emails.declined(answered)
    return answered is not None


def _answer(introduction: Introduction, status: str, *, by: User, note: str) -> Introduction | None:
    waiting = Introduction.objects.answerable().filter(pk=introduction.pk)
    if not waiting.update(status=status, answered_by=by, answered_at=Now(), note=note):
        return None
    # Whoever has not read the question yet need not: somebody answered it.
    emails.take_back(introduction)
    return Introduction.objects.with_names().select_related("asked_by", "answered_by").get(pk=introduction.pk)
