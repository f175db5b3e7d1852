"""Takes out of a picture what is not the picture: place, author, device, comments, thumbnails of what was cut off.

Only the parts that show something stay, and the colour profile. Nothing is encoded anew unless the picture lies on its
side, or its format (AVIF) has its parts woven together. What holds nothing of the kind comes back as it was.
"""

import struct
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps

_ORIENTATION = 0x0112
# Nobody sees the difference from one more encoding at these.
_QUALITY = {"JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"quality": 95}, "AVIF": {"quality": 90}}
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs"),
    *(b"bKGD", b"acTL", b"fcTL", b"fdAT"),
}
_WEBP_METADATA = {b"EXIF", b"XMP "}
_WEBP_PARTS = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_FLAGS = 0x08 | 0x04  # says in the header that both are there
_GIF_LOOPS = {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}


class BrokenPictureError(ValueError):
    """It does not have the parts that its format says."""


def bare(content: bytes) -> bytes:
    """The same picture, upright, without anything that tells of its maker. Raises what Pillow raises for no picture."""
    with Image.open(BytesIO(content)) as picture:
        kind = picture.format or ""
        if _lies(picture):
            return bare(_encoded(ImageOps.exif_transpose(picture), picture, kind))
        if kind == "AVIF":
            told = any(picture.info.get(name) for name in ("exif", "xmp"))
            return _encoded(picture, picture, kind) if told else content
        try:
            return b"".join(_PARTS[kind](content)) if kind in _PARTS else _encoded(picture, picture, kind)
        except (BrokenPictureError, IndexError, struct.error):  # shown by browsers all the same
            return _encoded(picture, picture, kind)


def _lies(picture: Image.Image) -> bool:
    return not getattr(picture, "is_animated", False) and picture.getexif().get(_ORIENTATION, 1) in range(2, 9)


def _encoded(upright: Image.Image, original: Image.Image, kind: str) -> bytes:
    options = dict(_QUALITY.get(kind, {}))
    if profile := original.info.get("icc_profile"):
        options["icc_profile"] = profile
    if getattr(original, "is_animated", False):
        options |= {"save_all": True, "loop": original.info.get("loop", 0)}
    written = BytesIO()
    for name in ("exif", "xmp", "comment", "XML:com.adobe.xmp"):
        upright.info.pop(name, None)
    upright.save(written, kind, exif=b"", **options) if kind != "GIF" else upright.save(written, kind, **options)
    return written.getvalue()


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Segments up to the end of the first picture; phones hang others behind it."""
    if not content.startswith(b"\xff\xd8"):
        raise BrokenPictureError
    yield content[:2]
    place = 2
    while True:
        while content[place : place + 1] == b"\xff" and content[place + 1 : place + 2] == b"\xff":
            place += 1  # filling
        if content[place] != 0xFF:
            raise BrokenPictureError
        marker = content[place + 1]
        if marker == 0xD9:
            yield content[place : place + 2]
            return
        end = place + 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
        if _shows(marker, content[place + 4 : place + 18]):
            yield content[place:end]
        if marker == 0xDA:
            behind = _end_of_scan(content, end)
            yield content[end:behind]
            end = behind
        place = end


def _shows(marker: int, start: bytes) -> bool:
    """Whether a segment of a JPEG is needed to show it; comments and applications' own data are not."""
    if marker == 0xE0:
        return start.startswith(b"JFIF\x00")
    if marker == 0xE2:
        return start.startswith(b"ICC_PROFILE\x00")
    if marker == 0xEE:
        return start.startswith(b"Adobe")
    return marker != 0xFE and not 0xE1 <= marker <= 0xEF


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker stands: in between 0xFF is followed by zero or by a mark to start again."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise BrokenPictureError
        following = content[place + 1]
        if following and not 0xD0 <= following <= 0xD7:
            return place
        place += 2


def _png(content: bytes) -> Iterator[bytes]:
    if not content.startswith(_PNG_START):
        raise BrokenPictureError
    yield _PNG_START
    place = len(_PNG_START)
    while True:
        length, name = struct.unpack(">I4s", content[place : place + 8])
        end = place + 12 + length
        if end > len(content):
            raise BrokenPictureError
        if name in _PNG_PARTS:
            yield content[place:end]
        if name == b"IEND":
            return
        place = end


def _webp(content: bytes) -> Iterator[bytes]:
    length = struct.unpack("<I", content[4:8])[0]
    kept = []
    place, until = 12, min(8 + length, len(content))
    while place + 8 <= until:
        name, size = struct.unpack("<4sI", content[place : place + 8])
        end = place + 8 + size + size % 2
        part = content[place:end]
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~_WEBP_FLAGS]) + part[9:]
        if name in _WEBP_PARTS:
            kept.append(part)
        place = end
    body = b"".join(kept)
    yield b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _gif(content: bytes) -> Iterator[bytes]:
    place = 13 + _table(content[10])
    yield content[:place]
    while True:
        kind = content[place]
        if kind == 0x3B:
            yield content[place : place + 1]
            return
        if kind == 0x2C:
            start = place + 10 + _table(content[place + 9])
            end = _end_of_blocks(content, start + 1)
            yield content[place:end]
        elif kind == 0x21:
            end = _end_of_blocks(content, place + 2)
            label, application = content[place + 1], content[place + 3 : place + 14]
            if label == 0xF9 or (label == 0xFF and application in _GIF_LOOPS):
                yield content[place:end]
        else:
            raise BrokenPictureError
        place = end


def _table(flags: int) -> int:
    """How many bytes the colours take that are announced here."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, place: int) -> int:
    while size := content[place]:
        place += size + 1
    return place + 1


_PARTS = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif}
