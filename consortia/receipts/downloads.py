"""How the files that belong to a receipt are sent: named after its number, and in no search engine."""

from django.http import HttpResponse
from django.utils.translation import pgettext


def download(content: bytes, *, kind: str, name: str) -> HttpResponse:
    """Content of this media type; `name` is the number with an ending."""
    # Translators: the beginning of a file's name; small letters and hyphens.
    stem = pgettext("name of a file", "receipt")
    headers = {"Content-Disposition": f'attachment; filename="{stem}-{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=kind, headers=headers)
