"""What helps to fill in a spreadsheet: an empty one with the names of the columns, and the codes with their meaning."""

from collections.abc import Iterator

from django.conf import settings
from i18nfield.strings import LazyI18nString

from practices.practice.models.practice import ONE_OF, SEVERAL_OF
from practices.practice.terms import Terms
from practices.sheets import columns


def header() -> list[str]:
    """The columns that are read."""
    return [name for name in columns.names(columns.languages(), with_contact=True) if name not in columns.TOLD]


def code_rows() -> Iterator[list[str]]:
    """Every code by its column, with its label in each language."""
    languages = [code for code, _name in settings.LANGUAGES]
    yield ["column", "code", *languages]
    terms = Terms.load()
    for name in (*ONE_OF, *SEVERAL_OF):
        for term in terms.of(name).values():
            yield [name, term.code, *(_label(term.label, language) for language in languages)]


def _label(label: LazyI18nString | str, language: str) -> str:
    return label.localize(language) if isinstance(label, LazyI18nString) else str(label)
