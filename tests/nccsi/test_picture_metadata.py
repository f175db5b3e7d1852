"""No picture tells where it was taken, by whom and with what; it stands upright and keeps its colours."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from PIL import Image, ImageCms, PngImagePlugin
from wagtail.images.models import Image as Picture
from wagtail.users.models import UserProfile

from accounts.users.models import User
from hub.files.checking import PictureField
from hub.files.picture_metadata import bare
from practices.submissions.files import FileForm

CANARY = b"Jan Canary"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Jan Canary</dc:creator></x:xmpmeta>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
KINDS = ["jpeg", "png", "webp", "avif", "gif"]


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: author, device, place."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x013B] = CANARY.decode()
    tags[0x0110] = "Jan Canary phone"
    place = tags.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (50.0, 51.0, 0.0), "E", (4.0, 21.0, 0.0)
    return tags


def taken(kind: str, orientation: int = 1) -> bytes:
    """A picture, red on the left and blue on the right, with all that its format can tell of its maker."""
    shown = Image.new("RGB", (60, 40), "red")
    shown.paste("blue", (30, 0, 60, 40))
    file = BytesIO()
    options: dict[str, Any] = {"exif": exif(orientation), "icc_profile": PROFILE}
    if kind == "gif":
        other = Image.new("RGB", (60, 40), "green")
        shown.save(file, "GIF", save_all=True, append_images=[other], comment=CANARY, duration=80, loop=0)
        return file.getvalue()
    if kind == "png":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", CANARY.decode())
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = text
    else:
        options["xmp"] = XMP
    shown.save(file, kind, **options)
    if kind == "jpeg":
        comment = b"\xff\xfe" + (len(CANARY) + 2).to_bytes(2, "big") + CANARY
        iptc = b"Photoshop 3.0\x008BIM" + CANARY
        segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
        written = file.getvalue()
        return written[:2] + comment + segment + written[2:] + written  # phones hang a second picture behind it
    return file.getvalue()


def tells(content: bytes) -> list[str]:
    """What a picture still tells of its maker, by our own eyes and by Pillow's."""
    found = [word for word in (CANARY, b"Exif\x00", b"xmpmeta", b"8BIM") if word in content]
    with Image.open(BytesIO(content)) as picture:
        picture.load()
        found += [str(tag).encode() for tag in picture.getexif()]
        found += [name.encode() for name in ("exif", "xmp", "comment", "photoshop") if picture.info.get(name)]
    return [word.decode() for word in found]


@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_of_its_maker_goes_and_the_picture_stays(kind: str) -> None:
    before = taken(kind)
    assert tells(before)
    after = bare(before)
    assert tells(after) == []
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert new.size == old.size == (60, 40)
        if kind != "gif":
            assert new.info["icc_profile"] == PROFILE
        if kind == "gif":
            assert (getattr(new, "n_frames", 1), new.info["loop"]) == (2, 0)
        if kind != "avif":  # not encoded anew
            assert new.convert("RGB").tobytes() == old.convert("RGB").tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_bare_comes_back_byte_for_byte(kind: str) -> None:
    once = bare(taken(kind))
    assert bare(once) == once


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize(
    ("orientation", "size", "red_at"), [(3, (60, 40), (50, 20)), (6, (40, 60), (20, 10)), (8, (40, 60), (20, 50))]
)
def test_what_lay_on_its_side_stands_upright(
    kind: str, orientation: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    after = bare(taken(kind, orientation))
    assert tells(after) == []
    with Image.open(BytesIO(after)) as picture:
        assert picture.size == size
        red, _green, blue = picture.convert("RGB").getpixel(red_at)  # type: ignore[misc]  # three bands
        assert red > 200 > 60 > blue
        assert picture.info["icc_profile"] == PROFILE


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_an_upload_is_rewritten_in_its_place_in_memory_and_on_disk(kind: str) -> None:
    content = taken(kind)
    on_disk = TemporaryUploadedFile(f"p.{kind}", f"image/{kind}", len(content), None)
    on_disk.write(content)
    for upload in (SimpleUploadedFile(f"p.{kind}", content), on_disk):
        found = PictureField().to_python(upload)
        stored = found.read()
        assert tells(stored) == []
        assert found.size == len(stored)
    assert tells(Path(on_disk.temporary_file_path()).read_bytes()) == []


def stored(picture: Picture) -> bytes:
    with picture.file.storage.open(picture.file.name, "rb") as file:
        return bytes(file.read())


@pytest.mark.django_db
class TestWaysIn:
    """Each way by which a picture gets onto the portal."""

    @pytest.fixture(autouse=True)
    def _media(self, settings: Any, tmp_path: Any) -> None:
        settings.MEDIA_ROOT = tmp_path

    def upload(self) -> SimpleUploadedFile:
        return SimpleUploadedFile("photo.jpg", taken("jpeg", 6), "image/jpeg")

    def check(self, picture: Picture) -> None:
        content = stored(picture)
        assert tells(content) == []
        assert (picture.width, picture.height, picture.file_size) == (40, 60, len(content))

    def test_one(self, editor: Client) -> None:
        collection = {"collection": "1", "title": "One"}
        editor.post(reverse("wagtailimages:add"), {"file": self.upload()} | collection)
        self.check(Picture.objects.get())

    def test_several(self, editor: Client) -> None:
        data = {"files[]": self.upload(), "title": "Several"}
        headers = {"x-requested-with": "XMLHttpRequest"}
        editor.post(reverse("wagtailimages:add_multiple"), data, headers=headers)
        self.check(Picture.objects.get())

    def test_chooser(self, editor: Client) -> None:
        data = {"image-chooser-upload-file": self.upload(), "image-chooser-upload-title": "Chosen"}
        data["image-chooser-upload-collection"] = "1"
        editor.post(reverse("wagtailimages_chooser:create"), data)
        self.check(Picture.objects.get())

    def test_another_file_in_its_place(self, editor: Client) -> None:
        picture = Picture.objects.create(title="Old", file=ImageFile(BytesIO(taken("png")), name="old.png"))
        data = {"file": self.upload(), "title": "New", "collection": "1"}
        editor.post(reverse("wagtailimages:edit", args=[picture.pk]), data)
        picture.refresh_from_db()
        self.check(picture)
        assert picture.title == "New"

    def test_by_a_program(self) -> None:
        self.check(Picture.objects.create(title="P", file=ImageFile(BytesIO(taken("jpeg", 6)), name="photo.jpg")))

    def test_an_avatar(self, editor_user: User) -> None:
        profile_ = UserProfile.get_for_user(editor_user)
        profile_.avatar = self.upload()
        profile_.save()
        assert tells(profile_.avatar.storage.open(profile_.avatar.name).read()) == []

    def test_a_submission(self) -> None:
        form = FileForm({}, MultiValueDict({"file": [self.upload()]}))
        assert form.is_valid(), form.errors
        assert tells(form.cleaned_data["file"].read()) == []


@pytest.mark.django_db
def test_the_command_cleans_what_is_stored_once(
    settings: Any, tmp_path: Any, capsys: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = Picture.objects.create(title="P", file=ImageFile(BytesIO(bare(taken("jpeg"))), name="photo.jpg"))
    clean = Picture.objects.create(title="C", file=ImageFile(BytesIO(bare(taken("png"))), name="clean.png"))
    picture.get_rendition("width-20")
    told = clean.get_rendition("width-20")
    Path(picture.file.path).write_bytes(taken("jpeg", 6))
    Path(told.file.path).write_bytes(taken("png"))
    old = picture.file.path
    with django_capture_on_commit_callbacks(execute=True):
        call_command("clean_pictures")
    assert "2 pictures looked at, 1 cleaned, 2 renditions to be made anew." in capsys.readouterr().out
    picture = Picture.objects.get(pk=picture.pk)
    content = stored(picture)
    assert tells(content) == []
    assert (picture.width, picture.height, picture.file_size) == (40, 60, len(content))
    assert picture.file.path != old
    assert not picture.renditions.exists()
    assert not clean.renditions.exists()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if CANARY in path.read_bytes()] == []
    call_command("clean_pictures")
    assert "2 pictures looked at, 0 cleaned, 0 renditions" in capsys.readouterr().out
