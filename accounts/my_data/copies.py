"""A copy of everything about a person: asked for on a page, written by the worker, fetched by a link that ends."""

import json
import logging
import shutil
import tempfile
from datetime import datetime, timedelta
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F, FileField, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.personal_data import declarations, emails, reading
from accounts.personal_data.declarations import PersonalData
from accounts.personal_data.keeping_times import DATA_COPIES
from accounts.personal_data.models import FOLDER, TRIES, DataCopy
from accounts.personal_data.subjects import Subject, of_account
from accounts.privacy import erasing
from accounts.privacy.keeping import Moment

logger = logging.getLogger(__name__)

ONE_IN = timedelta(days=1)


def ask(subject: Subject, *, language: str) -> DataCopy:
    """Ask for a copy; whoever asks again while it is being made, or on the same day, gets that one."""
    last = current(subject)
    if last and last.ready_at and last.asked_at > timezone.now() - ONE_IN:
        return last
    wish = DataCopy(user=subject.user, email=subject.email, language=language)
    DataCopy.objects.bulk_create([wish], ignore_conflicts=True)
    return _of(subject)[0]


def current(subject: Subject) -> DataCopy | None:
    """The last one that was asked for, while it is kept."""
    return _of(subject).first()


def _of(subject: Subject) -> QuerySet[DataCopy]:
    return DataCopy.objects.filter(email=subject.email, user=subject.user).order_by("-asked_at", "-pk")


def write_due() -> int:
    """Write all that were asked for; returns how many. Safe to run twice and at once; one that fails stops no other."""
    due = DataCopy.objects.filter(ready_at=None, attempts__lt=TRIES)
    number = 0
    for key in list(due.values_list("pk", flat=True)):
        if due.filter(pk=key).update(attempts=F("attempts") + 1):
            try:
                number += _write(key)
            except Exception:
                logger.exception("Copy %s of somebody's data cannot be written", key)
    return number


@transaction.atomic
def _write(key: int) -> bool:
    copy = DataCopy.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key, ready_at=None).first()
    if copy is None:
        return False
    # Who asked without signing in gets what is joined to the mailbox, be it somebody's account by now.
    subject = of_account(copy.user) if copy.user else Subject((copy.email,))
    try:
        with tempfile.TemporaryFile() as file, override(copy.language):
            pack(file, subject)
            copy.file.save(f"{copy.uuid.hex}.zip", File(file), save=False)
        copy.ready_at = timezone.now()
        copy.save(update_fields=["file", "ready_at"])
        emails.copy_ready(copy)
    except BaseException:
        if copy.file:
            copy.file.delete(save=False)
        raise
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
                ending = stored.name.rpartition("/")[2]
                place = f"files/{kind.model._meta.model_name}-{row.pk}-{ending}"
                with stored.storage.open(stored.name) as content, archive.open(place, "w", force_zip64=True) as packed:
                    shutil.copyfileobj(content, packed)


def due(at: Moment) -> QuerySet[DataCopy]:
    """Copies whose time is over at that moment."""
    return DataCopy.objects.filter(asked_at__lt=at - DATA_COPIES.span)


def forget() -> int:
    """Delete them, with their files; returns how many."""
    at = timezone.now()
    for copy in due(at).exclude(file="").iterator():
        copy.file.delete(save=False)
    _sweep(at)
    return erasing.delete(due(at))


def _sweep(at: datetime) -> None:
    """Files that a lost process left behind; no copy is kept for longer."""
    storage = DataCopy._meta.get_field("file").storage
    try:
        names = storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # nobody ever asked for one
        return
    for place in (f"{FOLDER}/{name}" for name in names):
        if storage.get_modified_time(place) < at - DATA_COPIES.span:
            storage.delete(place)
