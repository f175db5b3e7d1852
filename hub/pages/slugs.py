"""The end of an address, made of words: letters of any alphabet become the plain letters that name them."""

from collections.abc import Collection

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page


def slug_of(words: str) -> str:
    """`Straße` gives `strasse`, `Łódź` gives `lodz`, `София` gives `sofiya`; empty where there are no letters."""
    return slugify(anyascii(words))


def stem_of(words: str, *, longest: int, otherwise: str) -> str:
    """The slug of these words with room for a number; `otherwise` where there are no letters in them."""
    return slug_of(words)[: longest - 4].strip("-") or otherwise


def first_free(stem: str, taken: Collection[str]) -> str:
    """This slug, or the first with a number, that is not taken."""
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


def use_in_translations() -> None:
    """Called once when Django starts: wagtail-localize makes the slugs of translated pages, and cannot be told how."""
    from wagtail_localize import models

    models.slugify = slug_of


def give_slug(page: Page) -> None:
    """Makes the slug of a page that stands in the tree and has none, of its title."""
    if not page.slug and (made := slug_of(page.title)):
        page.slug = find_available_slug(page.get_parent(), made, ignore_page_id=page.pk)
