"""Files from outside: what is not what it says is refused, and no public address leads to those that are kept."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.users.models import User
from hub.files.private import clean_name
from practices.contributing import submission as verbs
from practices.submissions import files as files
from practices.submissions.models import Submission, SubmissionFile
from tests.factories.submissions import draft, send

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 100
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(file, "png")
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.fixture
def submission(partner_user: User) -> Submission:
    return draft(partner_user)


@pytest.fixture
def upload(partner: Client, submission: Submission) -> Callable[[str, bytes], Any]:
    """Send a file to the page of this submission."""

    def send_file(name: str, content: bytes) -> Any:
        file = SimpleUploadedFile(name, content, content_type="text/html")
        return partner.post(f"/en/practices/submit/{submission.uuid}/files/", {"file": file})

    return send_file


def lying() -> list[Path]:
    """What lies in the private folder."""
    return [path for path in (Path(settings.MEDIA_ROOT) / "private").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", HTML),
        ("page.html", HTML),
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("cut.png", png()[:60]),
        ("page.docx", archive(readme=b"Hello")),
        ("all.zip", archive(readme=b"Hello")),
        ("bomb.docx", archive(word__document=b"\x00" * 5_000_000)),
        ("program.exe", b"MZ\x00"),
        ("noname", PDF),
        ("empty.pdf", b""),
        ("big.pdf", PDF + b"x" * files.LARGEST),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_words(
    upload: Callable[[str, bytes], Any], name: str, content: bytes
) -> None:
    before = len(lying())
    page = upload(name, content)
    assert page.status_code == 422
    assert 'class="errors"' in page.content.decode()
    assert not SubmissionFile.objects.exists()
    assert len(lying()) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [("report.pdf", PDF), ("photo.PNG", png()), ("notes.docx", archive(word__document=b"<w/>")), ("list.txt", b"Hi")],
)
def test_what_is_what_it_says_is_kept_and_comes_back_as_a_download(
    upload: Callable[[str, bytes], Any], partner: Client, submission: Submission, name: str, content: bytes
) -> None:
    assert upload(name, content).status_code == 302
    kept = submission.files.get()
    assert (kept.name, kept.size) == (name, len(content))
    answer = partner.get(f"/en/practices/mine/{submission.uuid}/files/{kept.uuid}/")
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]  # of a file
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../images/evil.pdf", "evil.pdf"),
        ("C:\\secret\\evil.pdf", "evil.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
        ('".pdf', '".pdf'),
        ("\x00.pdf", ".pdf"),
    ],
)
def test_the_name_somebody_gave_never_says_where_it_lies(submission: Submission, name: str, shown: str) -> None:
    assert clean_name(name) == shown
    file = SimpleUploadedFile("x.pdf", PDF)
    file._name = name  # type: ignore[attr-defined]  # past what Django cleans itself
    kept = files.add(submission, upload=file)
    assert kept.name == shown
    assert Path(kept.file.name or "").parent == Path("private/submissions") / submission.uuid.hex
    assert Path(kept.file.name or "").name in {f"{kept.uuid.hex}.pdf", kept.uuid.hex}


def test_no_public_address_leads_there(
    upload: Callable[[str, bytes], Any],
    partner: Client,
    other_partner: Client,
    editor: Client,
    visitor: Client,
    submission: Submission,
) -> None:
    upload("photo.png", png())
    kept = submission.files.get()
    own = f"/en/practices/mine/{submission.uuid}/files/{kept.uuid}/"
    for client in (partner, other_partner, editor, visitor):
        assert client.get(f"/media/{kept.file.name}").status_code == 404
        assert client.get(f"/media/images/../{kept.file.name}").status_code == 404
    assert [client.get(own).status_code for client in (other_partner, editor, visitor)] == [404, 404, 302]
    admin = reverse("practices_admin_submission_file", args=[submission.uuid, kept.uuid])
    assert editor.get(admin).status_code == 404, "a draft is nobody's but its writer's"
    send(submission)
    assert editor.get(admin).status_code == 200
    assert partner.get(admin).status_code == 403
    nginx = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    served = re.findall(r"location ([^{]*/media/[^{]*) \{\n\s+(\w+ \S+);", nginx)
    assert ("/media/", "return 404") in served, "what no other line names"
    assert not any("private" in place for place, _what in served)


def test_the_sizes_are_said_before(partner: Client, submission: Submission) -> None:
    page = partner.get(f"/en/practices/submit/{submission.uuid}/files/").content.decode()
    assert "At most 10 MB." in page
    assert "0 of at most 5 files." in page


def test_the_same_file_twice_is_kept_once_and_no_more_than_five(upload: Callable[[str, bytes], Any]) -> None:
    for _time in (1, 2):
        assert upload("report.pdf", PDF).status_code == 302
    assert SubmissionFile.objects.count() == 1
    assert upload("report.pdf", PDF.replace(b"x", b"y")).status_code == 302
    for number in range(3):
        upload(f"{number}.pdf", PDF)
    page = upload("sixth.pdf", PDF)
    assert page.status_code == 409
    assert SubmissionFile.objects.count() == files.MOST_FILES


def test_removing_and_deleting_clear_the_disk(
    upload: Callable[[str, bytes], Any],
    partner: Client,
    other_partner: Client,
    submission: Submission,
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = len(lying())
    upload("one.pdf", PDF)
    upload("two.pdf", PDF)
    first = submission.files.all()[0]
    remove = f"/en/practices/submit/{submission.uuid}/files/{first.uuid}/remove/"
    assert other_partner.post(remove).status_code == 404
    assert partner.get(remove).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        for _time in (1, 2):
            assert partner.post(remove).status_code == 302
    assert len(lying()) == before + 1
    with django_capture_on_commit_callbacks(execute=True):
        verbs.withdraw(submission)
    assert len(lying()) == before


def test_what_is_under_review_takes_no_more_files(
    upload: Callable[[str, bytes], Any], partner: Client, submission: Submission
) -> None:
    upload("one.pdf", PDF)
    kept = submission.files.get()
    send(submission)
    assert upload("two.pdf", PDF)["Location"].startswith("/en/practices/mine/")
    partner.post(f"/en/practices/submit/{submission.uuid}/files/{kept.uuid}/remove/")
    assert submission.files.count() == 1
