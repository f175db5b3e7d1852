"""Where the open data stands, and the addresses that it tells: pages by language, terms."""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from hub.vocabularies.models import Term

PREFIX = "/api/"
ROOT = f"{PREFIX}v1/"
_PLACE = "0-0-0"
_UUID_PLACE = UUID(int=0)


def addresses(route: str, *keys: str | UUID) -> dict[str, str]:
    """The page of something in each language of the portal; a UUID among the keys stands where the route wants one."""
    places = tuple(_UUID_PLACE if isinstance(key, UUID) else _PLACE for key in keys)
    found = dict(_patterns(route, places))
    for place, key in zip(places, keys, strict=True):
        found = {code: pattern.replace(str(place), str(key), 1) for code, pattern in found.items()}
    return found


@cache
def _patterns(route: str, places: tuple[str | UUID, ...]) -> dict[str, str]:
    """Looking an address up takes long where there are a hundred thousand."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = settings.SITE_URL + reverse(route, args=places)
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
