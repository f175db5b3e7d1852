"""Files of a consortium: what is taken and refused, versions, parts, and that nobody else gets them."""

import os
import struct
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone, translation
from PIL import Image

from accounts.privacy.keeping import erase_what_is_due
from consortia.consortium.actions import Role
from consortia.consortium.models import Consortium
from consortia.documents import adding
from consortia.documents.models import Document
from consortia.files import checking, uploading
from consortia.files.models import FileVersion, StoredFile, Upload
from hub.files.private import clean_name
from tests.consortia.drafts.drafting import Draft, draft, new_draft
from tests.consortia.drafts.working import archive, document, docx, pdf
from tests.consortia.partnering import address, text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["draft"]
CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_DOCUMENT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path)
    with translation.override("en"):
        yield tmp_path


def _png() -> bytes:
    made = BytesIO()
    Image.new("RGB", (3, 2)).save(made, "PNG")
    return made.getvalue()


def _locked_archive() -> SimpleUploadedFile:
    """An archive whose first part says that it is encrypted."""
    content = bytearray(docx("x.docx").read())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + place
        content[at : at + 2] = struct.pack("<H", 1)
    return SimpleUploadedFile("locked.docx", bytes(content))


def _broken_archive() -> SimpleUploadedFile:
    """The directory is right, a part is not."""
    content = bytearray(archive("x.docx", {"word/document.xml": bytes(range(256))}).read())
    content[60] ^= 0xFF
    return SimpleUploadedFile("broken.docx", bytes(content))


TAKEN = [
    pdf(),
    docx(),
    archive("sheet.xlsx", {"xl/workbook.xml": b"<x/>"}),
    archive("slides.PPTX", {"ppt/presentation.xml": b"<x/>"}),
    *(archive(f"open.{ending}", OPEN_DOCUMENT) for ending in ("odt", "ods", "odp")),
    SimpleUploadedFile("map.png", _png()),
]
REFUSED = {
    "kind": [
        SimpleUploadedFile("a.exe", b"MZ"),
        SimpleUploadedFile("a.svg", b"<svg/>"),
        SimpleUploadedFile("pdf", b"x"),
        archive(".pdf", OPEN_DOCUMENT),
    ],
    "empty": [SimpleUploadedFile("a.pdf", b"")],
    "size": [SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * checking.LARGEST)],
    "encrypted": [
        SimpleUploadedFile("a.pdf", b"%PDF-1.7\n" + b"0" * 999_990 + b"trailer << /Encrypt 5 0 R >>\n%%EOF"),
        SimpleUploadedFile("a.docx", CONTAINER + "EncryptedPackage".encode("utf-16-le")),
        archive("a.odt", OPEN_DOCUMENT | {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        _locked_archive(),
    ],
    "bomb": [archive("a.docx", {"word/document.xml": b"\0" * 5_000_000})],
    "content": [
        SimpleUploadedFile("a.pdf", b"<html><script>alert(1)</script>%PDF-1.7</html>"),
        SimpleUploadedFile("a.pdf", _png()),
        SimpleUploadedFile("a.docx", b"%PDF-1.7"),
        SimpleUploadedFile("renamed.docx", CONTAINER + b"\0" * 600),
        SimpleUploadedFile("a.png", b"<svg onload='alert(1)'/>"),
        archive("a.docx", {"xl/workbook.xml": b"<x/>"}),
        _broken_archive(),
    ],
}


@pytest.mark.parametrize("file", TAKEN, ids=lambda file: file.name)
def test_what_is_what_its_name_says_is_taken_as_it_is(file: SimpleUploadedFile) -> None:
    checking.check(file)
    assert file.tell() == 0


@pytest.mark.parametrize(("code", "file"), [(code, file) for code, files in REFUSED.items() for file in files])
def test_all_else_is_refused_with_what_to_do(code: str, file: SimpleUploadedFile) -> None:
    with pytest.raises(ValidationError) as refused:
        checking.check(file)
    assert refused.value.code == code
    assert all(refused.value.messages)


def test_an_archive_that_lies_about_its_size_is_not_unpacked() -> None:
    content = bytearray(archive("a.docx", {"word/document.xml": b"\0" * 50_000}).read())
    with ZipFile(BytesIO(bytes(content))) as file:
        packed = file.infolist()[0].compress_size
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + place
        content[at : at + 4] = struct.pack("<I", packed)
    with pytest.raises(ValidationError) as refused:
        checking.check(SimpleUploadedFile("a.docx", bytes(content)))
    assert refused.value.code == "content"


def _crowded(number: int, told: int) -> bytes:
    """An archive that lists an empty part so many times, and tells another number of them, by zip64."""
    end = archive("a.docx", {"word/document.xml": b"<x/>"}).read()
    size, start = struct.unpack("<II", end[-10:-2])
    one = end[start : start + size]
    listed = one * number
    zip64 = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, told, told, len(listed), start)
    locator = struct.pack("<IIQI", 0x07064B50, 0, start + len(listed), 1)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return end[:start] + listed + zip64 + locator + tail


@pytest.mark.parametrize("told", [1, 60_000])
def test_an_archive_of_countless_parts_is_refused_before_they_are_listed(told: int) -> None:
    file = SimpleUploadedFile("a.docx", _crowded(60_000, told))
    tracemalloc.start()
    try:
        with pytest.raises(ValidationError) as refused:
            checking.check(file)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.code == "bomb"
    assert "far more parts" in refused.value.messages[0]
    assert peak < 10_000_000
    checking.check(SimpleUploadedFile("a.docx", _crowded(2, 2)))


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
@pytest.mark.parametrize("part", ["mimetype", "META-INF/manifest.xml", "content.xml"])
def test_what_python_unpacks_without_a_bound_is_not_unpacked(method: int, part: str) -> None:
    made = BytesIO()
    with ZipFile(made, "w") as file:
        for name in OPEN_DOCUMENT.keys() - {part}:
            file.writestr(name, OPEN_DOCUMENT[name])
        file.writestr(part, bytes(30_000_000), method)
    content = made.getvalue().replace(struct.pack("<I", 30_000_000), struct.pack("<I", 39))
    tracemalloc.start()
    try:
        with pytest.raises(ValidationError) as refused:
            checking.check(SimpleUploadedFile("a.odt", content))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.code == "content"
    assert peak < 10_000_000


@pytest.mark.parametrize(
    "name", ["../../etc/x.pdf", "a\r\nSet-Cookie: x.pdf", 'qu"ote;.pdf', "日本 é.pdf", "x" * 300 + ".pdf"]
)
def test_odd_names_are_kept_for_people_and_lead_nowhere(draft: Draft, name: str, media: Path) -> None:
    file = pdf()
    file._name = name  # type: ignore[attr-defined]  # past what Django cleans itself
    adding.add(draft.consortium, file, key=draft.consortium.uuid, title="Odd", by=draft.people[Role.LEAD_OWNER])
    kept = FileVersion.objects.get()
    assert (kept.name, len(kept.name) <= 120) == (clean_name(name), True)
    assert kept.content.name == f"private/consortia/{kept.uuid.hex}.pdf"
    page = address("download", draft.consortium.uuid, kept.uuid)
    answer = signed_in(draft.people[Role.INVITED_EDITOR]).get(page)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert b"".join(answer.streaming_content) == pdf().read()  # type: ignore[attr-defined]  # a stream


def test_versions_stay_with_their_hash_and_the_same_once_more_is_none(draft: Draft) -> None:
    one, by = document(draft), draft.people[Role.MEMBER_EDITOR]
    assert adding.replace(one, docx(), by=by)
    assert adding.replace(one, docx(), by=by) is None
    assert adding.replace(one, pdf(), by=by)
    found = list(one.file.versions.order_by("number"))
    assert [(each.number, each.name) for each in found] == [(1, "report.pdf"), (2, "letter.docx"), (3, "report.pdf")]
    for each in found:
        with each.content.open("rb") as kept:
            content = kept.read()
        assert (each.sha256, each.size) == (sha256(content).hexdigest(), len(content))


def test_a_refused_file_leaves_the_version_that_is_there(draft: Draft) -> None:
    one = document(draft)
    client = signed_in(draft.people[Role.LEAD_OWNER])
    page = address("document", draft.consortium.uuid, one.pk)
    for file, said in (
        (SimpleUploadedFile("a.pdf", b""), "is empty"),
        (SimpleUploadedFile("a.exe", b"MZ"), "not taken"),
    ):
        answer = client.post(page, {"file": file})
        assert answer.status_code == 422
        assert said in text(answer)
    assert client.post(page, {}).status_code == 422
    assert one.file.versions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_both_kept_in_order(set_up_anew: None) -> None:
    there = new_draft()
    one = document(there)

    def send(number: int) -> int:
        try:
            role = Role.LEAD_OWNER if number % 2 else Role.MEMBER_EDITOR
            made = adding.replace(one, pdf(f"words {number}"), by=there.people[role])
            return made.number if made else 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(6))) == [2, 3, 4, 5, 6, 7]
    assert len({each.sha256 for each in one.file.versions.all()}) == 7


def test_parts_go_on_where_the_connection_broke(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "PART", 10)
    content = pdf("a longer text than one part").read()
    client = signed_in(draft.people[Role.MEMBER_OWNER])
    begun = client.post(address("begin_upload", draft.consortium.uuid), {"name": "r.pdf", "size": len(content)})
    assert begun.status_code == 201
    url = begun.json()["url"]

    def send(offset: int, size: int = 10) -> Any:
        body = content[offset : offset + size]
        return client.post(f"{url}?offset={offset}", body, content_type="application/octet-stream")

    assert send(0).json()["received"] == 10
    # The answer was lost: the same part once more, then one from the middle.
    for offset in (0, 20):
        answer = send(offset)
        assert (answer.status_code, answer.json()["received"]) == (409, 10)
    assert send(10, 9).status_code == 400, "only the last part may be small"
    assert client.get(url).json()["received"] == 10
    upload = Upload.objects.get()
    assert client.post(_add(draft), _form(draft, upload=upload.uuid)).status_code == 422
    # What a broken request left there counts for nothing.
    path = Path(default_storage.path(f"{upload.place}.0"))
    path.write_bytes(path.read_bytes() + b"half a part")
    for offset in range(10, len(content), 10):
        assert send(offset).status_code == 200
    assert send(len(content)).status_code in {400, 409}
    assert client.post(_add(draft), _form(draft, upload=upload.uuid)).status_code == 302
    kept = FileVersion.objects.get()
    assert (kept.sha256, kept.name) == (sha256(content).hexdigest(), "r.pdf")
    assert client.get(url).status_code == 404


def _add(draft: Draft) -> str:
    return address("add_document", draft.consortium.uuid)


def _form(draft: Draft, **more: Any) -> dict[str, Any]:
    return {"title": "Report", "key": draft.consortium.uuid, **more}


def test_an_upload_is_its_senders_alone_and_refused_early(draft: Draft) -> None:
    begin = address("begin_upload", draft.consortium.uuid)
    lead, other = (signed_in(draft.people[role]) for role in (Role.LEAD_OWNER, Role.MEMBER_OWNER))
    url = lead.post(begin, {"name": "r.pdf", "size": 10}).json()["url"]
    assert lead.get(url).status_code == 200
    assert [other.get(url).status_code, signed_in(draft.people[Role.NOBODY]).get(url).status_code] == [404, 404]
    assert signed_in(draft.people[Role.INVITED_OWNER]).post(begin, {"name": "r.pdf", "size": 1}).status_code == 403
    for name, size in (("r.exe", 1), ("r.pdf", 0), ("r.pdf", checking.LARGEST + 1), ("r.pdf", "x")):
        answer = lead.post(begin, {"name": name, "size": size})
        assert answer.status_code == 422
        assert answer.json()["error"]
    assert lead.post(f"{url}?offset=0", b"", content_type="application/octet-stream").status_code == 400
    assert lead.post(f"{url}?offset=0", b"x" * 11, content_type="application/octet-stream").status_code == 409
    for _more in range(uploading.MOST + 3):
        lead.post(begin, {"name": "r.pdf", "size": 10})
    assert Upload.objects.count() == uploading.MOST


def test_a_form_that_is_not_right_keeps_the_file_without_a_script(draft: Draft) -> None:
    client = signed_in(draft.people[Role.LEAD_OWNER])
    answer = client.post(_add(draft), _form(draft, title="", file=pdf()))
    assert answer.status_code == 422
    assert "has arrived and is kept" in text(answer)
    kept = answer.context["form"]["upload"].value()
    assert client.post(_add(draft), _form(draft, upload=kept)).status_code == 302
    assert FileVersion.objects.get().sha256 == sha256(pdf().read()).hexdigest()
    # The button was pressed twice.
    assert client.post(_add(draft), _form(draft, upload=kept)).status_code == 302
    assert Document.objects.count() == 1
    assert not Upload.objects.exists()


def test_what_is_over_is_swept_and_what_is_named_stays(draft: Draft, media: Path) -> None:
    one, two = document(draft), document(draft)
    by = draft.people[Role.LEAD_OWNER]
    stray = uploading.keep(draft.consortium, pdf(), by=by)
    uploading.keep(draft.consortium, pdf(), by=by)
    kept = one.file.versions.get().content
    gone = two.file.versions.get().content
    StoredFile.objects.filter(pk=two.file.pk).delete()
    Upload.objects.filter(pk=stray.pk).update(changed_at=timezone.now() - timedelta(days=2))
    erase_what_is_due()
    assert Upload.objects.count() == 1
    assert default_storage.exists(str(gone.name))
    for file in media.rglob("*"):
        if file.is_file():
            os.utime(file, (0, 0))
    erase_what_is_due()
    assert not default_storage.exists(str(gone.name))
    assert default_storage.exists(str(kept.name))
    assert len(list((media / "private/consortia/unfinished").iterdir())) == 1


def test_a_forgotten_consortium_leaves_no_file(draft: Draft, media: Path) -> None:
    document(draft)
    Consortium.objects.update(changed_at=timezone.now() - timedelta(days=731))
    erase_what_is_due()
    assert not FileVersion.objects.exists()
    for file in media.rglob("*.pdf"):
        os.utime(file, (0, 0))
    erase_what_is_due()
    assert list(media.rglob("*.pdf")) == []


def test_nobody_else_gets_a_file_and_its_place_leads_nowhere(draft: Draft) -> None:
    kept = document(draft).file.versions.get()
    page = address("download", draft.consortium.uuid, kept.uuid)
    assert [signed_in(draft.people[role]).get(page).status_code for role in Role] == [200] * 6 + [404]
    assert Client().get(page).status_code == 302
    other = new_draft_beside(draft)
    assert signed_in(draft.people[Role.LEAD_OWNER]).get(address("download", other.uuid, kept.uuid)).status_code == 404
    for client in (Client(), signed_in(draft.people[Role.LEAD_OWNER])):
        assert client.get(f"{settings.MEDIA_URL}{kept.content.name}").status_code == 404


def new_draft_beside(draft: Draft) -> Consortium:
    """Another one that the same organisation leads."""
    made = Consortium.objects.create(call=draft.call, name="Other", summary={"en": "x"})
    made.members.create(organisation=draft.lead.organisation, status="joined", is_lead=True)
    return made
