"""The end of an address, made of words: letters of any alphabet become the plain letters that name them."""

from anyascii import anyascii
from django.utils.text import slugify


def slug_of(words: str) -> str:
    """`Straße` gives `strasse`, `Łódź` gives `lodz`, `София` gives `sofiya`; empty where there are no letters."""
    return slugify(anyascii(words))
