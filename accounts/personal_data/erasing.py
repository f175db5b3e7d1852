"""Forgets a person: what is theirs goes, what belongs to others stays without them; that it happened is on record."""

from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, FileField, JSONField, Q, QuerySet, TextField
from django.utils import timezone

from accounts.personal_data import declarations, emails, forgotten_list, reading, scrubbing
from accounts.personal_data.declarations import PersonalData
from accounts.personal_data.keeping_times import ERASURES
from accounts.personal_data.models import DataCopy, Erasure
from accounts.personal_data.subjects import Subject
from accounts.privacy.erasing import delete
from accounts.privacy.keeping import Moment
from accounts.users.models import User

How = Erasure.How


class StaffError(Exception):
    """The account works in the admin: an administrator takes its rights away first."""


def preview(subject: Subject) -> dict[str, Any]:
    """What `erase` would do, as its pages show first: what goes, what stays, what the person should see to before."""
    parts = reading.parts(reading.counts(subject))
    return {
        "goes": [part for part in parts if not part.stays],
        "stays": [part for part in parts if part.stays],
        "warnings": [each for kind in declarations.all_kinds() if kind.warns for each in kind.warns(subject)],
        "is_staff": is_staff(subject),
    }


def is_staff(subject: Subject) -> bool:
    """Whether this account has rights of staff."""
    return bool(subject.user and (subject.user.is_superuser or subject.user.is_staff or subject.user.is_colleague))


@transaction.atomic
def erase(subject: Subject, *, how: str, language: str = "", by: User | None = None, reason: str = "") -> Erasure:
    """Forget this person and tell them by a last mail; sent twice, the second finds the first. Raises StaffError.

    `by` and `reason` are those of staff who do it on request.
    """
    # An address that nobody proved is not listed: its owner did not ask.
    names = [*subject.emails, *([forgotten_list.account(subject.user)] if subject.user else [])]
    digests = forgotten_list.digests(names)
    _one_at_a_time(digests[0])
    before = Erasure.objects.filter(digests__overlap=forgotten_list.all_digests(names[0])).first()
    if before and not reading.counts(subject):
        return before
    if is_staff(subject):
        raise StaffError
    erasure = Erasure(how=how, by=by, reason=reason, digests=digests)
    erasure.removed, erasure.kept = forget(subject)
    erasure.save()
    erasure.refresh_from_db()
    forgotten_list.append(erasure)
    emails.certificate(erasure, to=subject.email, language=language or subject.language or settings.LANGUAGE_CODE)
    return erasure


def forget(subject: Subject) -> tuple[dict[str, int], dict[str, int]]:
    """The deed itself, in the caller's transaction; returns how many rows of each kind went, and how many stay."""
    # A copy that is being written is waited for: it goes with the rest.
    theirs = Q(email__in=subject.emails) | (Q(user=subject.user) if subject.user else Q())
    list(DataCopy.objects.select_for_update().filter(theirs).values_list("pk", flat=True))
    # Before anything is locked that others wait for.
    found = scrubbing.find(subject)
    kinds, numbers = declarations.all_kinds(), reading.counts(subject)
    for kind in kinds:
        if kind.first and numbers.get(kind.key):
            kind.first(subject)
    # Counted before anything else goes: what hangs on it goes along.
    left = reading.counts(subject)
    for kind in kinds:
        if left.get(kind.key):
            _strip(kind, subject) if kind.stays else _delete(kind.rows(subject))
    scrubbing.everywhere(subject, found)
    # Of accounts that typed the address and never proved it.
    EmailAddress.objects.filter(email__in=subject.emails, verified=False).delete()
    kept = {kind.key: left[kind.key] for kind in kinds if kind.stays and left.get(kind.key)}
    removed = {key: number - kept.get(key, 0) for key, number in numbers.items() if number > kept.get(key, 0)}
    return removed, kept


def due(at: Moment) -> QuerySet[Erasure]:
    """The record of erasures that no backup is older than at that moment."""
    return Erasure.objects.filter(at__lt=at - ERASURES.span)


def forget_old() -> int:
    """Delete it, with what is kept apart of it; returns how many erasures."""
    old = due(timezone.now())
    for erasure in old.iterator():
        forgotten_list.remove(erasure)
    return delete(old)


def _one_at_a_time(digest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 15))", [digest])


def _delete(rows: QuerySet[Any]) -> None:
    scrubbing.forget_entries(rows)
    files = [field for field in rows.model._meta.concrete_fields if isinstance(field, FileField)]
    for row in rows if files else []:
        for field in files:
            if stored := getattr(row, field.name):
                transaction.on_commit(partial(field.storage.delete, stored.name))
    rows.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()


def _strip(kind: PersonalData, subject: Subject) -> None:
    """Leave the rows and take the person out of them."""
    keys = list(kind.rows(subject).values_list("pk", flat=True))
    rows = kind.model._base_manager.filter(pk__in=keys)
    words = scrubbing.words_of(subject)
    if texts := [name for name in kind.written if isinstance(_field(kind, name), CharField | TextField | JSONField)]:
        scrubbing.clean(rows, texts, words)
    if kind.addresses:  # what is about the person and not only done by them is called by their name
        scrubbing.clean(scrubbing.entries_about(rows), ("label", "data"), words)
    if kind.stays and kind.stays.without:
        rows.update(**kind.stays.without)
    for way in kind.own_people:
        rows.filter(**{way: subject.user}).update(**{way: None})


def _field(kind: PersonalData, name: str) -> Any:
    return kind.model._meta.get_field(name)
