"""Reasons in words, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.translation import get_language, gettext, ngettext

from hub.vocabularies.models import Term
from partners.matching.parts import Part, in_order

# Says what was found, whose names it is given in one line, and how many they are.
Say = Callable[[str, int], str]
_NOUNS_WITH_CAPITALS = {"de", "lb"}


def in_running_text(term: Term) -> str:
    """How a sector or a track is written in the middle of a sentence: `academia`, in German `Wissenschaft`."""
    name = str(term.label)
    is_abbreviation = name[1:2].isupper()
    keeps_capitals = (get_language() or "")[:2] in _NOUNS_WITH_CAPITALS
    return name if is_abbreviation or keeps_capitals else name[:1].lower() + name[1:]


def labels(terms: Iterable[Term]) -> list[str]:
    """How terms are written as names of their own."""
    return [str(term.label) for term in terms]


def reasons(found: Mapping[Part, Sequence[str]], says: Mapping[Part, Say]) -> list[str]:
    """A phrase for each part of which something was found, the heaviest first."""
    parts = [part for part in says if found.get(part)]
    return [says[part](", ".join(found[part]), len(found[part])) for part in in_order(parts)]


def same_theme(names: str, number: int) -> str:
    """Reasons that more than one score knows stand here once."""
    return ngettext("same theme: %(names)s", "same themes: %(names)s", number) % {"names": names}


def same_region(names: str, _number: int) -> str:
    return gettext("works in %(names)s") % {"names": names}


def same_network(names: str, number: int) -> str:
    return ngettext("same network: %(names)s", "same networks: %(names)s", number) % {"names": names}


def same_country(names: str, _number: int) -> str:
    return gettext("same country: %(names)s") % {"names": names}
