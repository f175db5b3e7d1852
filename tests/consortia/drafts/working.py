"""Documents, notes and tasks of a draft, and their verbs as the table of actions is asked for them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.users.models import User
from consortia.consortium.models import Member
from consortia.documents import adding
from consortia.documents.models import Document
from consortia.files import removing, versions
from consortia.files.models import FileVersion, StoredFile
from consortia.notes import writing
from consortia.notes.models import Note
from consortia.to_do import tasks
from consortia.to_do.models import Task
from consortia.to_do.tasks import Said
from tests.consortia.drafts.drafting import Draft

KEY = UUID("5b0f4b6e-3c55-4a2e-9a55-000000000001")


def pdf(words: str = "words", name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, f"%PDF-1.7\n% {words}\n%%EOF\n".encode())


def archive(name: str, parts: dict[str, bytes]) -> SimpleUploadedFile:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for part, content in parts.items():
            file.writestr(part, content)
    return SimpleUploadedFile(name, made.getvalue())


def docx(name: str = "letter.docx") -> SimpleUploadedFile:
    return archive(name, {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


def document(draft: Draft, *, added_by: Member | None = None, by: User | None = None) -> Document:
    """With one version; not through the verb, so that the log says nothing of it."""
    file = StoredFile.objects.create(consortium=draft.consortium)
    versions.add(file, pdf(), member=added_by, by=by or next(iter(draft.people.values())))
    return Document.objects.create(
        consortium=draft.consortium, title="Report", added_by=added_by or draft.joined, file=file
    )


def note(draft: Draft, by: User) -> Note:
    return Note.objects.create(consortium=draft.consortium, text="A note", organisation_name="Joined", by=by)


def task(draft: Draft, **facts: Any) -> Task:
    told = {"what": "Write", "added_by": draft.joined, "changed_by_name": "Joined", **facts}
    return Task.objects.create(consortium=draft.consortium, **told)


def _thing(draft: Draft, kind: str, make: Callable[[], Any]) -> Any:
    """The same one for a second press."""
    if kind not in draft.things:
        draft.things[kind] = make()
    found = draft.things[kind]
    # What a page read before: only its key counts.
    return type(found)(pk=found.pk, consortium=draft.consortium)


def older_version(draft: Draft, added_by: Member | None = None) -> FileVersion:
    """Of a document with two; that organisation added the first."""
    made = document(draft, added_by=added_by)
    versions.add(made.file, pdf("newer"), member=None, by=next(iter(draft.people.values())))
    return made.file.versions.get(number=1)


def _remove_version(draft: Draft, own: Member, by: User) -> Any:
    if "version" not in draft.things:
        draft.things["version"] = older_version(draft, own).uuid
    return removing.remove(draft.consortium, draft.things["version"], by=by)


def _remove_note(draft: Draft, own: Member, by: User) -> Any:
    return writing.remove(_thing(draft, f"note of {by.pk}", lambda: note(draft, by)), by=by)


def _change_note(draft: Draft, own: Member, by: User) -> Any:
    found = _thing(draft, "note", lambda: note(draft, by))
    return writing.change(found, text="Better", was=writing.seen(Note(text="A note")), by=by)


def _change_task(draft: Draft, own: Member, by: User) -> Any:
    found = _thing(draft, "task", lambda: task(draft))
    return tasks.change(found, Said("Write better"), was=Said("Write").stands_for, by=by)


WORK: dict[str, Callable[[Draft, Member, User], Any]] = {
    "add_document": lambda draft, own, by: adding.add(draft.consortium, pdf(), key=KEY, title="Report", by=by),
    "replace_document": lambda draft, own, by: adding.replace(
        _thing(draft, "document", lambda: document(draft)), pdf("other words"), by=by
    ),
    "remove_document": lambda draft, own, by: adding.remove(
        _thing(draft, "document", lambda: document(draft, added_by=draft.joined)), by=by
    ),
    "remove_version": _remove_version,
    "add_note": lambda draft, own, by: writing.write(draft.consortium, key=KEY, text="A note", by=by),
    "change_note": _change_note,
    "remove_note": _remove_note,
    "add_task": lambda draft, own, by: tasks.add(draft.consortium, Said("Write"), key=KEY, by=by),
    "change_task": _change_task,
    "finish_task": lambda draft, own, by: tasks.finish(_thing(draft, "task", lambda: task(draft)), by=by),
    "reopen_task": lambda draft, own, by: tasks.reopen(
        _thing(draft, "task", lambda: task(draft, done_at=timezone.now())), by=by
    ),
    "remove_task": lambda draft, own, by: tasks.remove(_thing(draft, "task", lambda: task(draft)), by=by),
}
