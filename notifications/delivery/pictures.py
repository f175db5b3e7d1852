"""The pictures in every mail: they travel inside it, so nothing is fetched and nobody learns who reads it when.

Mail programs show no SVG, so Chromium drew `static/img/logo.svg` and `static/img/eu-emblem.svg` at twice the size in
which mails show them, reduced to a palette: the emblem unchanged and never smaller than the logo (Regulation (EU)
2021/1060, Annex IX), the logo on a white pentagon whose edge keeps it legible on dark. Together they stay below 6 kB.
"""

from dataclasses import dataclass
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import cast

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static


@dataclass(frozen=True)
class Picture:
    """A small PNG among the static files."""

    name: str

    @property
    def cid(self) -> str:
        """Its name within a mail (RFC 2392)."""
        return f"{self.name}@{settings.SITE_HOST}"

    @property
    def path(self) -> str:
        """Where it lies among the static files."""
        return f"img/mail/{self.name}.png"


LOGO = Picture("logo")
EMBLEM = Picture("eu-emblem")
PICTURES = (LOGO, EMBLEM)


def names() -> dict[str, str]:
    """What templates write behind `cid:`."""
    return {"logo": LOGO.cid, "emblem": EMBLEM.cid}


def embed(mail: Message, html: str) -> None:
    """Put the pictures that the HTML names beside it; a mail without HTML stays as it is."""
    named = [picture for picture in PICTURES if f'"cid:{picture.cid}"' in html]
    for part in mail.walk():
        inside = part.get_payload()
        if named and part.get_content_type() == "multipart/alternative" and isinstance(inside, list):
            *others, last = cast("list[Message]", inside)
            # With a boundary of its own, nothing looks through the pictures for one.
            related = MIMEMultipart("related", token_hex(16), [last, *map(_part, named)], type="text/html")
            part.set_payload([*others, related])
            return


def on_a_page(html: str) -> str:
    """The HTML of a mail as a page of the portal shows it: with the pictures from where they lie."""
    for picture in PICTURES:
        html = html.replace(f'"cid:{picture.cid}"', f'"{static(picture.path)}"')
    return html


@cache
def _part(picture: Picture) -> MIMEImage:
    """Made once: nothing changes it when it is sent."""
    found = finders.find(picture.path)
    if not found:
        raise FileNotFoundError(picture.path)
    part = MIMEImage(Path(found).read_bytes(), "png")
    del part["MIME-Version"]  # the mail says it once for all its parts
    part.add_header("Content-ID", f"<{picture.cid}>")
    part.add_header("Content-Disposition", "inline", filename=f"{picture.name}.png")
    return part
