"""What a language is called in the middle of a sentence."""

from django.conf import settings
from django.utils.translation import get_language, get_language_info

# Languages that write the names of languages in small letters; Django's catalogs have them as they stand in a list.
_IN_SMALL_LETTERS = {"fr"}


def language_name(code: str | None) -> str:
    """The name of a language in the reader's language, as running text has it; the code when nobody knows it.

    Where it stands by itself, capitalise it.
    """
    if not code:
        return ""
    name = str(settings.ALL_LANGUAGES.get(code) or _known_to_django(code))
    return name.lower() if (get_language() or "")[:2] in _IN_SMALL_LETTERS else name


def _known_to_django(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
