"""A copy of everything about a person: asked for on a page, written by the worker, fetched by a link that ends."""

import json
import tempfile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F, FileField, QuerySet
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.personal_data import declarations, emails, reading
from accounts.personal_data.declarations import PersonalData
from accounts.personal_data.keeping_times import DATA_COPIES
from accounts.personal_data.models import DataCopy
from accounts.personal_data.subjects import Subject, of_account, of_address
from accounts.privacy.keeping import Moment

# A copy that cannot be written is not tried for ever.
TRIES = 5


def ask(subject: Subject, *, language: str) -> DataCopy:
    """Ask for a copy; whoever asks again while it is being made gets that one."""
    wish = DataCopy(user=subject.user, email=subject.email, language=language)
    DataCopy.objects.bulk_create([wish], ignore_conflicts=True)
    return DataCopy.objects.get(email=subject.email, ready_at=None)


def current(subject: Subject) -> DataCopy | None:
    """The last one that was asked for, while it is kept."""
    mine = DataCopy.objects.filter(email=subject.email, user=subject.user)
    return mine.order_by("-asked_at", "-pk").first()


def write_due() -> int:
    """Write all that were asked for; returns how many. Safe to run twice and at once."""
    due = DataCopy.objects.filter(ready_at=None, attempts__lt=TRIES)
    number = 0
    for key in list(due.values_list("pk", flat=True)):
        if due.filter(pk=key).update(attempts=F("attempts") + 1):
            number += _write(key)
    return number


@transaction.atomic
def _write(key: int) -> bool:
    copy = DataCopy.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key, ready_at=None).first()
    if copy is None:
        return False
    subject = of_account(copy.user) if copy.user else of_address(copy.email)
    with tempfile.TemporaryFile() as file, override(copy.language):
        pack(file, Subject(subject.emails, copy.user))
        copy.file.save(f"{copy.uuid.hex}.zip", File(file), save=False)
    copy.ready_at = timezone.now()
    copy.save(update_fields=["file", "ready_at"])
    emails.copy_ready(copy)
    return True


def pack(file: IO[bytes], subject: Subject) -> None:
    """Everything about this person as a ZIP: for programs (`data.json`), to read (`index.html`), and their files."""
    found = reading.counts(subject)
    kinds = [kind for kind in declarations.all_kinds() if found.get(kind.key)]
    said = [_for_programs(kind, subject) for kind in kinds]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps({"of": subject.emails, "kinds": said}, ensure_ascii=False, indent=1))
        archive.writestr("index.html", _to_read(kinds, subject))
        for kind in kinds:
            _add_files(archive, kind, subject)


def _for_programs(kind: PersonalData, subject: Subject) -> dict[str, Any]:
    rows = [reading.plain(kind, row) for row in reading.rows(kind, subject).iterator(chunk_size=500)]
    return {"kind": kind.key, "name": str(kind.name), "why": str(kind.why), "kept": str(kind.kept), "rows": rows}


def _to_read(kinds: list[PersonalData], subject: Subject) -> str:
    parts = [
        {"kind": kind, "rows": [list(reading.told(kind, row)) for row in reading.rows(kind, subject)]} for kind in kinds
    ]
    facts = {"subject": subject, "parts": parts, "site": settings.SITE_HOST, "made_at": timezone.now()}
    return render_to_string("accounts/personal_data/copy.html", facts)


def _add_files(archive: ZipFile, kind: PersonalData, subject: Subject) -> None:
    names = [name for name in kind.fields if isinstance(kind.model._meta.get_field(name), FileField)]
    for row in reading.rows(kind, subject) if names else []:
        for name in names:
            stored = getattr(row, name)
            if stored and stored.storage.exists(stored.name):
                with stored.storage.open(stored.name) as content:
                    ending = stored.name.rpartition("/")[2]
                    archive.writestr(f"files/{kind.model._meta.model_name}-{row.pk}-{ending}", content.read())


def due(at: Moment) -> QuerySet[DataCopy]:
    """Copies whose time is over at that moment."""
    return DataCopy.objects.filter(asked_at__lt=at - DATA_COPIES.span)


def forget() -> int:
    """Delete them, with their files; returns how many."""
    over = list(due(Now()))
    for copy in over:
        if copy.file:
            copy.file.delete(save=False)
        copy.delete()
    return len(over)
