"""What a language is called in the middle of a sentence."""

from django.conf import settings
from django.utils.translation import get_language, get_language_info

from hub.languages.european import EUROPEAN


def language_name(code: str | None) -> str:
    """The name of a language in the reader's language, as running text has it; the code when nobody knows it.

    Where it stands by itself, capitalise it.
    """
    if not code:
        return ""
    name = str(settings.ALL_LANGUAGES.get(code) or _known_to_django(code))
    reader = EUROPEAN.get((get_language() or "")[:2])
    # Catalogs have the names as they stand in a list.
    return name.lower() if reader and not reader.capitals else name


def _known_to_django(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
