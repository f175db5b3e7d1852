"""Files that staff upload: what is not what it says, or is made to break or fill the server, is refused with words."""

import zlib
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images.models import Image as Picture
from wagtail.users.models import UserProfile

from accounts.users.models import User

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><script>alert(1)</script>"


def picture(kind: str) -> bytes:
    file = BytesIO()
    Image.effect_noise((400, 300), 80).convert("RGB").save(file, kind)
    return file.getvalue()


def huge_png() -> bytes:
    """A few bytes that say they are 20 000 by 20 000."""
    header = b"IHDR" + (20_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    data = b"IDAT" + zlib.compress(b"\x00" * 1000)
    chunks = [
        (len(each) - 4).to_bytes(4, "big") + each + zlib.crc32(each).to_bytes(4, "big") for each in (header, data)
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def uploaded(client: Client, to: str, name: str, content: bytes) -> Any:
    data = {"files[]": SimpleUploadedFile(name, content), "title": name}
    response = client.post(f"/admin/{to}/multiple/add/", data, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 200
    return response.json()


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp", "avif"])
def test_a_truncated_picture_is_refused_and_a_whole_one_kept(editor: Client, kind: str) -> None:
    whole = picture(kind)
    for share in (0.02, 0.5, 0.9):
        answer = uploaded(editor, "images", f"cut.{kind}", whole[: int(len(whole) * share)])
        assert (answer["success"], bool(answer["error_message"])) == (False, True)
    assert not Picture.objects.exists()
    assert uploaded(editor, "images", f"whole.{kind}", whole)["success"]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(editor: Client) -> None:
    assert not uploaded(editor, "images", "huge.png", huge_png())["success"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", HTML),
        ("page.docx", HTML),
        ("page.odt", HTML),
        ("other.docx", archive(readme=b"Hello")),
        ("other.odt", archive(readme=b"Hello")),
        ("program.txt", b"MZ\x00\x01" + b"\x00" * 100),
        ("archive.csv", archive(readme=b"Hello")),
        ("bomb.zip", archive(zeros=b"\x00" * 5_000_000)),
        ("cut.zip", archive(readme=b"Hello")[:-10]),
    ],
)
def test_a_document_that_is_not_what_it_says_is_refused(editor: Client, name: str, content: bytes) -> None:
    answer = uploaded(editor, "documents", name, content)
    assert (answer["success"], bool(answer["error_message"])) == (False, True)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("guide.pdf", b"%PDF-1.7\n%..."),
        ("guide.DOCX", archive(word__document=b"<w/>")),
        ("table.xlsx", archive(xl__workbook=b"<x/>")),
        ("guide.odt", archive(mimetype=b"application/vnd.oasis.opendocument.text")),
        ("all.zip", archive(readme=b"Hello")),
        ("list.csv", "naam;plaats\nZoé;Liège\n".encode("cp1252")),
        ("list.txt", "Zoé".encode("utf-16")),
    ],
)
def test_a_document_that_is_what_it_says_is_kept(editor: Client, name: str, content: bytes) -> None:
    assert uploaded(editor, "documents", name, content)["success"]


ACCOUNT = {
    "name_email-first_name": "Ada",
    "name_email-last_name": "Editor",
    "locale-preferred_language": "en",
    "locale-current_time_zone": "Europe/Brussels",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
    "theme-keyboard_shortcuts": "on",
}
# Pillow would hand it to another program to be drawn, as a picture of more than 400 pixels is.
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EndComments\n"


def avatar_sent(client: Client, name: str, content: bytes) -> Any:
    return client.post("/admin/account/", ACCOUNT | {"avatar-avatar": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("huge.png", huge_png()),
        ("drawing.eps", POSTSCRIPT),
        ("drawing.jpg", POSTSCRIPT),
        ("scan.tiff", picture("tiff")),
        ("cut.png", picture("png")[:2000]),
    ],
)
def test_the_picture_of_an_account_is_checked_like_all_pictures(
    editor: Client, editor_user: User, name: str, content: bytes
) -> None:
    answer = avatar_sent(editor, name, content)
    assert answer.status_code == 200
    assert not UserProfile.get_for_user(editor_user).avatar


def test_a_picture_of_an_account_is_kept_and_shown(editor: Client, editor_user: User) -> None:
    assert avatar_sent(editor, "me.png", picture("png")).status_code == 302
    assert editor.get(UserProfile.get_for_user(editor_user).avatar.url).status_code == 200
