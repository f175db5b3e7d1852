"""Files that go with a submission: checked by their content, kept where no public address leads, for reviewers only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hub.files import private
from hub.files.checking import PictureField, check_content, extension_of
from practices.submissions.keeping_times import STRAY_FILES
from practices.submissions.models import PRIVATE, Submission, SubmissionFile

MOST_FILES = 5
LARGEST = 10_000_000
DOCUMENTS = ("pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "csv", "txt")
PICTURES = ("jpg", "jpeg", "png", "webp")


class TooManyFilesError(Exception):
    """A submission takes no more than `MOST_FILES`."""


class ClosedError(Exception):
    """It is not the writer's turn."""


class FileForm(forms.Form):
    """One file; what is allowed stands beside it before somebody chooses."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("Add a file"),
        help_text=format_lazy(
            "{} {}",
            _("At most 10 MB."),
            _("PDF, Word, Excel, PowerPoint, OpenDocument, CSV, plain text, or a picture (JPEG, PNG, WebP)."),
        ),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.FileInput({"accept": ",".join(f".{ending}" for ending in (*DOCUMENTS, *PICTURES))}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        size = file.size or 0
        if size > LARGEST:
            raise ValidationError(
                _("This file is %(size)s. It may be at most %(most)s."),
                code="size",
                params={"size": filesizeformat(size), "most": filesizeformat(LARGEST)},
            )
        extension = extension_of(file)
        if extension in PICTURES:
            PictureField().to_python(file)
        elif extension in DOCUMENTS:
            check_content(file)
        else:
            raise ValidationError(_("Files of this kind are not taken. Save it as PDF, for example."), code="kind")
        file.seek(0)
        return file


@transaction.atomic
def add(submission: Submission, *, upload: UploadedFile) -> SubmissionFile:
    """Keep a file that was checked; the same file sent twice is kept once. Raises ClosedError once it was sent."""
    held = Submission.objects.select_for_update().filter(pk=submission.pk).first()
    if held is None or not held.is_editable:
        raise ClosedError
    kept = list(submission.files.all())
    name = private.clean_name(upload.name or "")
    for known in kept:
        if (known.name, known.size) == (name, upload.size) and _same(known, upload):
            return known
    if len(kept) >= MOST_FILES:
        raise TooManyFilesError
    return SubmissionFile.objects.create(submission=submission, name=name, file=upload, size=upload.size or 0)


def _same(known: SubmissionFile, upload: UploadedFile) -> bool:
    with known.file.open("rb") as kept:
        same = kept.read() == upload.read()
    upload.seek(0)
    return bool(same)


@transaction.atomic
def take_back(submission: Submission, *, file: UUID) -> None:
    """What its writer removes, as long as it is their turn; one that is gone already is fine, too."""
    held = Submission.objects.select_for_update().filter(pk=submission.pk).first()
    if held and held.is_editable and (found := held.files.filter(uuid=file).first()):
        remove(found)


@transaction.atomic
def remove(file: SubmissionFile) -> None:
    """The row now, and what it stands for once that is certain."""
    stored, name = file.file.storage, str(file.file.name)
    file.delete()
    transaction.on_commit(lambda: stored.delete(name))


def stray(at: datetime) -> Iterator[str]:
    """The names of files that no row names any more: the account went, and its submissions with it.

    What was uploaded just before that moment may not be committed yet.
    """
    uploaded_before = at - STRAY_FILES.span
    storage = SubmissionFile._meta.get_field("file").storage
    found = {f"{folder}/{name}" for folder in _folders(storage) for name in storage.listdir(folder)[1]}
    named = set(SubmissionFile.objects.filter(file__in=found).values_list("file", flat=True))
    yield from (name for name in found - named if storage.get_modified_time(name) < uploaded_before)


def sweep() -> int:
    """Delete them; returns how many."""
    storage = SubmissionFile._meta.get_field("file").storage
    names = list(stray(timezone.now()))
    for name in names:
        storage.delete(name)
    return len(names)


def _folders(storage: Storage) -> list[str]:
    try:
        return [f"{PRIVATE}/{folder}" for folder in storage.listdir(PRIVATE)[0]]
    except FileNotFoundError:  # nobody has ever uploaded one
        return []


def download(file: SubmissionFile) -> Any:
    """An answer that a browser saves and never opens."""
    return private.download(file.file, name=file.name)
