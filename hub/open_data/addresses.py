"""Where the open data stands, and the addresses that it tells: pages by language, terms."""

from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from hub.vocabularies.models import Term

PREFIX = "/api/"
ROOT = f"{PREFIX}v1/"
_PLACE = "0-0-0"


def addresses(route: str, key: str) -> dict[str, str]:
    """The page of something in each language of the portal."""
    return {code: pattern.replace(_PLACE, key) for code, pattern in _patterns(route).items()}


@cache
def _patterns(route: str) -> dict[str, str]:
    """Looking an address up takes long where there are a hundred thousand."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = settings.SITE_URL + reverse(route, args=[_PLACE])
    return found


def term_address(vocabulary: str, code: str) -> str:
    """Where the open data tells about a term."""
    return f"{settings.SITE_URL}{ROOT}terms/{vocabulary}/{code}/"


class TermUris:
    """What names each term on the web: the address that an authority gave it, else the portal's own. Read once."""

    def __init__(self) -> None:
        named = Term.objects.public().exclude(uri="").values_list("vocabulary", "code", "uri")
        self._uris = {(vocabulary, code): uri for vocabulary, code, uri in named}

    def of(self, vocabulary: str, code: str) -> str:
        """The name of one term."""
        return self._uris.get((vocabulary, code)) or term_address(vocabulary, code)
