"""The columns of a spreadsheet of organisations; their names never change, whoever keeps a file relies on them."""

from collections.abc import Iterator

from django.conf import settings
from i18nfield.strings import LazyI18nString

from hub.sheets.cells import KEY
from hub.vocabularies.models import Term
from partners.organisations import identifiers

# By the column: the vocabulary of its codes. Of the first an organisation has one, of the others several.
ONE = {"sector": "sector", "country": "country", "region": "region"}
SEVERAL = {"theme": "theme", "track": "track", "target": "target", "active": "region"}
WORDS = ("summary", "body")
MAILBOX = "email"
# Told, and never read.
VERIFIED = "verified_on"
_FACTS = (
    *(KEY, "name", "status", "original_language", *ONE, "size", *SEVERAL),
    *("networks", "website", MAILBOX, *identifiers.NAMES, VERIFIED),
)

Terms = dict[str, dict[str, Term]]


def languages() -> list[str]:
    """Those in which an organisation can have words."""
    return [code for code, _name in settings.LANGUAGES]


def names(*, with_mailbox: bool = True) -> list[str]:
    """The header row."""
    facts = [name for name in _FACTS if with_mailbox or name != MAILBOX]
    return [*facts, *(f"{part}_{code}" for code in languages() for part in WORDS)]


def header() -> list[str]:
    """The columns that are read."""
    return [name for name in names() if name != VERIFIED]


def terms() -> Terms:
    """By vocabulary and code, in the order of the vocabularies; one query."""
    found: Terms = {vocabulary: {} for vocabulary in (*ONE.values(), *SEVERAL.values())}
    for term in Term.objects.filter(vocabulary__in=found):
        found[term.vocabulary][term.code] = term
    return found


def code_rows() -> Iterator[list[str]]:
    """Every code by its column, with its label in each language."""
    yield ["column", "code", *languages()]
    known = terms()
    for column, vocabulary in (ONE | SEVERAL).items():
        for code, term in known[vocabulary].items():
            yield [column, code, *(_label(term.label, language) for language in languages())]


def _label(label: LazyI18nString | str, language: str) -> str:
    return label.localize(language) if isinstance(label, LazyI18nString) else str(label)
