"""The picture of a practice where it is shown: at which size, with which words, and who made it.

It is shown only where its author, its licence and words for who does not see it are known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_rendition_or_not_found

from hub.languages.reading_order import in_reading_order
from practices.practice.models.pictured import LICENCE_TEXTS, PictureLicence
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText

IN_CARDS = "fill-640x360|format-webp"
ON_PAGE = "max-960x720|format-webp"
# What sites show beside a link to the page; not all of them know WebP.
SHARED = "fill-1200x630|format-jpeg"


@dataclass(frozen=True)
class Picture:
    """A picture at one size; `language` is that of its words where it is not the reader's."""

    url: str
    width: int
    height: int
    alternative: str
    language: str
    author: str
    licence: str
    licence_url: str


def is_credited(practice: Practice) -> bool:
    """Whether there is a picture that may be shown, as far as the practice itself knows."""
    return bool(practice.picture_id and practice.picture_author.strip() and practice.picture_licence)


def pictures(practices: Iterable[Practice], texts: Sequence[PracticeText]) -> dict[int, Picture]:
    """Those of a list, by practice, with two queries for all of them and none where there are none."""
    shown = [practice for practice in practices if is_credited(practice)]
    if not shown:
        return {}
    images = get_image_model().objects.prefetch_renditions(IN_CARDS).in_bulk({each.picture_id for each in shown})
    found = {}
    for practice in shown:
        own = [text for text in texts if text.practice_id == practice.pk]
        if picture := _picture(practice, images.get(practice.picture_id), own, IN_CARDS):
            found[practice.pk] = picture
    return found


def picture(practice: Practice, texts: Iterable[PracticeText], size: str) -> Picture | None:
    """That of one practice, whose texts may be unsaved ones."""
    return _picture(practice, practice.picture, texts, size) if is_credited(practice) else None


def _picture(practice: Practice, image: Any, texts: Iterable[PracticeText], size: str) -> Picture | None:
    worded = [text for text in texts if text.picture_alt.strip()]
    text = next(iter(in_reading_order(worded, get_language() or "", practice.original_language)), None)
    if image is None or text is None:
        return None
    licence = PictureLicence(practice.picture_licence)
    rendition = get_rendition_or_not_found(image, size)
    return Picture(
        url=rendition.url,
        width=rendition.width,
        height=rendition.height,
        alternative=text.picture_alt,
        language=text.language if text.language != get_language() else "",
        author=practice.picture_author,
        licence=str(licence.label),
        licence_url=LICENCE_TEXTS.get(licence, ""),
    )
