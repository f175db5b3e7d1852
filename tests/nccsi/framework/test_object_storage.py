"""Uploads on S3-compatible storage: the same verbs as in a folder, private, and nothing overwritten."""

import ast
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.test import Client
from django.utils import timezone
from environ import Env
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from consortia.consortium.actions import Role
from consortia.files import sweeping, uploading
from consortia.files.models import FileVersion, Upload
from nccsi.health import parts
from nccsi.maintenance import media_copy
from nccsi.running import media
from practices.submissions import files
from tests.consortia.drafts.drafting import Draft, draft
from tests.consortia.drafts.working import document, pdf
from tests.consortia.partnering import address
from tests.environment import BASE_DIR
from tests.object_store import BUCKET, ObjectStore
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["draft"]
# What says where uploads lie, and `make run` and the state of the portal, which look whether they may
# write there, and the drill, which names another folder.
SETTINGS = {"nccsi/settings.py", "nccsi/running/run.py", "nccsi/maintenance/drill.py", "nccsi/health/parts.py"}
# Static files are those of each machine.
STATIC = {"nccsi/running/prepare.py", "nccsi/framework/stylesheets.py"}
PLACES = {"MEDIA_ROOT", "FileSystemStorage"}


@pytest.fixture
def stored(object_store: ObjectStore, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    """Django with the storage that a deployment configures by one address."""
    monkeypatch.setenv("MEDIA_STORAGE", object_store.url)
    fields = [FileVersion._meta.get_field("content"), files.SubmissionFile._meta.get_field("file")]
    fields += [Image._meta.get_field("file"), Document._meta.get_field("file")]
    before = [field.storage for field in fields]
    settings.STORAGES = settings.STORAGES | {"default": media.uploads(Env())}
    for field in fields:
        field.storage = default_storage
    yield object_store
    for field, storage in zip(fields, before, strict=True):
        field.storage = storage
    object_store.empty()


def test_no_code_asks_for_a_path_of_an_upload() -> None:
    """It would work on one machine only. A file's `path` is an attribute of what is called file or content."""
    found = {}
    for path in BASE_DIR.glob("*/**/*.py"):
        place = path.relative_to(BASE_DIR)
        if place.parts[0] in {"tests", "benchmarks", "var", ".venv"} or "migrations" in place.parts:
            continue
        lines = [getattr(node, "lineno", 0) for node in ast.walk(ast.parse(path.read_text())) if _is_local(node)]
        if lines and str(place) not in SETTINGS | STATIC:
            found[str(place)] = lines
    assert found == {}


def _is_local(node: ast.AST) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.value if isinstance(node, ast.Constant) else None
    if isinstance(node, ast.Attribute):
        of = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        return node.attr in PLACES or (node.attr == "path" and of in {"storage", "default_storage", "file", "content"})
    return isinstance(name, str) and name in PLACES


@pytest.mark.parametrize("line", ["default_storage.path(name)", "version.content.path", "settings.MEDIA_ROOT"])
def test_such_a_line_is_found(line: str) -> None:
    assert any(_is_local(node) for node in ast.walk(ast.parse(line)))


def test_two_of_one_name_at_once_are_two(stored: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each machine looked before the other wrote; here nothing is found to be there at all."""
    monkeypatch.setattr(storages["default"], "exists", lambda _name: False)
    with ThreadPoolExecutor(4) as pool:
        names = list(pool.map(lambda each: default_storage.save("images/a.png", ContentFile(each)), [b"1", b"2", b"3"]))
    assert sorted(default_storage.open(name).read() for name in names) == [b"1", b"2", b"3"]


def test_nobody_reads_the_bucket_and_addresses_are_the_portals(stored: ObjectStore, visitor: Client) -> None:
    picture = Image.objects.create(title="A picture", file=get_test_image_file())
    shown = picture.get_rendition("max-100x100")
    assert shown.url.startswith("/media/images/")
    answer = visitor.get(shown.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer).startswith(b"\x89PNG")
    again = visitor.get(shown.url, headers={"If-Modified-Since": answer["Last-Modified"]})
    assert again.status_code == 304
    assert visitor.get("/media/images/nothing.png").status_code == 404
    report = Document.objects.create(title="A report", file=ContentFile(b"%PDF-1.7", name="report.pdf"))
    assert visitor.get(f"/media/{report.file.name}").status_code == 404
    given = visitor.get(report.url)
    assert (given["Content-Disposition"].partition(";")[0], b"".join(given)) == ("attachment", b"%PDF-1.7")
    for key in stored.names():
        (grant,) = stored.client.get_object_acl(Bucket=BUCKET, Key=key)["Grants"]
        assert grant["Permission"] == "FULL_CONTROL", "its owner's alone"


def test_a_file_comes_in_parts_and_is_handed_out(
    stored: ObjectStore, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "PART", 16)
    monkeypatch.setattr(uploading, "SMALLEST_PART", 1)
    content = pdf("longer than a slice, and sent in parts of other sizes").read()
    client = signed_in(draft.people[Role.MEMBER_OWNER])
    known = client.post(address("begin_upload", draft.consortium.uuid), {"name": "r.pdf", "size": len(content)}).json()
    for offset in range(0, len(content), 11):
        part = content[offset : offset + 11]
        sent = client.post(f"{known['url']}?offset={offset}", part, content_type="application/octet-stream")
        assert sent.json()["received"] == offset + len(part)
    slices = stored.names("private/consortia/unfinished/")
    assert len(slices) == -(-len(content) // 16)
    # One was lost: what is behind it counts for nothing, and comes again.
    default_storage.delete(slices[1])
    assert client.get(known["url"]).json()["received"] == 16
    sent = client.post(f"{known['url']}?offset=16", content[16:32], content_type="application/octet-stream")
    assert sent.json()["received"] == 32
    for offset in range(32, len(content), 16):
        part = content[offset : offset + 16]
        client.post(f"{known['url']}?offset={offset}", part, content_type="application/octet-stream")
    form = {"title": "Report", "key": draft.consortium.uuid, "upload": known["upload"]}
    monkeypatch.setattr("django.db.transaction.on_commit", lambda done, **_more: done())
    assert client.post(address("add_document", draft.consortium.uuid), form).status_code == 302
    kept = FileVersion.objects.get()
    assert kept.sha256 == sha256(content).hexdigest()
    assert stored.names() == [kept.content.name]
    given = client.get(address("download", draft.consortium.uuid, kept.uuid))
    assert b"".join(given) == content


def test_what_nobody_needs_is_swept(stored: ObjectStore, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = str(document(draft).file.versions.get().content.name)
    under_way = uploading.keep(draft.consortium, pdf(), by=draft.people[Role.LEAD_OWNER]).place
    stray = [f"private/consortia/{'1' * 32}.pdf", f"private/consortia/unfinished/{'2' * 32}.0"]
    for name in stray:
        default_storage.save(name, ContentFile(b"x"))
    assert sweeping.sweep() == 0, "just written"
    tomorrow = timezone.now() + timedelta(days=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    asked: list[str] = []
    ask = type(storages["default"]).get_modified_time

    def asking(self: Any, name: str) -> object:
        asked.append(name)
        return ask(self, name)

    monkeypatch.setattr(type(storages["default"]), "get_modified_time", asking)
    assert sweeping.sweep() == 2
    assert sorted(asked) == stray, "a request for each file that a row names would take hours"
    assert sorted(stored.names()) == sorted([kept, f"{under_way}.0"])
    assert Upload.objects.count() == 1


def test_all_of_it_is_copied_and_brought_back(
    stored: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = type(storages["default"])._save  # type: ignore[attr-defined]  # documented

    def reads_twice(self: Any, name: str, content: Any) -> str:
        content.read()
        content.seek(0)
        return str(save(self, name, content))

    monkeypatch.setattr(type(storages["default"]), "_save", reads_twice)
    content = {"images/a.png": b"1", f"private/consortia/{'a' * 32}.pdf": b"%PDF" * 1_000, "b.txt": b""}
    for name, bytes_ in content.items():
        stored.client.put_object(Bucket=BUCKET, Key=name, Body=bytes_)
    with (tmp_path / "media.tar").open("wb") as target:
        assert media_copy.archive(target) == 3
    stored.empty()
    with (tmp_path / "media.tar").open("rb") as source:
        assert media_copy.extract(source) == 3
    assert {name: default_storage.open(name).read() for name in stored.names()} == content


def test_health_says_when_the_storage_refuses(
    stored: ObjectStore, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parts.state()["media"] == {"ok": True}
    with monkeypatch.context() as patch:
        patch.setattr(storages["erasures"], "base_location", "/proc/nowhere")
        patch.setitem(storages["erasures"].__dict__, "location", "/proc/1/nowhere")
        patch.setattr("os.access", lambda folder, _mode: not str(folder).startswith("/proc"))
        assert not parts.state()["media"]["ok"], "who was erased could not be kept"
    monkeypatch.setattr(storages["default"], "bucket_name", "another")
    assert parts.state()["media"] == {"ok": False, "reason": "FileNotFoundError"}
    assert visitor.get("/health/ready/").status_code == 503


@pytest.mark.usefixtures("stored")
def test_a_storage_that_does_not_answer_keeps_nobody_waiting(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setattr(storages["default"], "endpoint_url", f"http://127.0.0.1:{silent.getsockname()[1]}")
        before = time.monotonic()
        assert parts.state()["media"] == {"ok": False, "reason": "OSError"}
        assert time.monotonic() - before < 5


def test_a_picture_that_cannot_be_read_now_may_come_later(
    stored: ObjectStore, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored.client.put_object(Bucket=BUCKET, Key="images/a.png", Body=b"1")
    assert visitor.get("/media/images/a.png").status_code == 200
    assert visitor.get("/media/images/b.png").status_code == 404

    def fail(*_given: Any, **_more: Any) -> None:
        raise EndpointConnectionError(endpoint_url="http://storage.example")

    monkeypatch.setattr(storages["default"].connection.meta.client, "head_object", fail)  # type: ignore[attr-defined]  # of S3
    answer = visitor.get("/media/images/a.png")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
