"""One field per column: what a thing says there, and what a cell means for it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from import_export.fields import Field

from hub.sheets.cells import SEPARATOR, codes, plain
from hub.sheets.suggestions import Suggestions
from hub.vocabularies.models import Term

ON_THE_WEB = ("https://", "http://")


class SheetField(Field):
    """A column by its name; a thing is touched only where a cell says something else than the thing does."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(attribute=name, column_name=name, **kwargs)

    def read(self, cell: str) -> Any:
        """What the cell means; ValueError with a sentence where it means nothing."""
        return cell

    def write(self, thing: Any, /, value: Any) -> None:
        """Puts it on the thing, which is not saved."""
        setattr(thing, self.column_name, value)

    def export(self, thing: Any, /, **kwargs: Any) -> Any:
        """What the thing says."""
        value = getattr(thing, self.column_name)
        return "" if value is None else value

    def save(self, thing: Any, /, row: Mapping[str, str], is_m2m: bool = False, **kwargs: Any) -> None:
        """Part of an import: the cell of this column, if it differs."""
        cell = row[self.column_name]
        if not self.readonly and plain(cell) != plain(str(self.export(thing))):
            self.write(thing, self.read(cell))


class LanguageField(SheetField):
    """The language in which a thing was written, one of those that have columns."""

    def __init__(self, name: str, languages: list[str]) -> None:
        super().__init__(name)
        self.languages = languages

    def read(self, cell: str) -> str:
        if cell and cell not in self.languages:
            raise ValueError(_("Write one of these: %s.") % ", ".join(self.languages))
        return cell


class AddressField(SheetField):
    """A web address, or nothing."""

    def read(self, cell: str) -> str:
        if cell and not cell.casefold().startswith(ON_THE_WEB):
            raise ValueError(_("The address must start with https:// or http://."))
        return cell


class TermField(SheetField):
    """One term of a vocabulary, by its code."""

    def __init__(self, name: str, known: Mapping[str, Term]) -> None:
        super().__init__(name)
        self.suggest = Suggestions(name, known)

    def export(self, thing: Any, /, **kwargs: Any) -> str:
        term = getattr(thing, self.column_name) if getattr(thing, f"{self.column_name}_id") else None
        return term.code if term else ""

    def read(self, cell: str) -> Term | None:
        return self.suggest.terms([cell])[0] if cell else None


class TermsField(SheetField):
    """Several terms of a vocabulary, by their codes."""

    def __init__(self, name: str, known: Mapping[str, Term]) -> None:
        super().__init__(name)
        self.suggest = Suggestions(name, known)

    def export(self, thing: Any, /, **kwargs: Any) -> str:
        own = {term.pk for term in thing.terms.all()}
        return SEPARATOR.join(code for code, term in self.suggest.known.items() if term.pk in own)

    def read(self, cell: str) -> list[Term]:
        return self.suggest.terms(codes(cell))

    def write(self, thing: Any, /, value: list[Term]) -> None:
        known = {term.pk for term in self.suggest.known.values()}
        others = [term for term in thing.terms.all() if term.pk not in known]
        thing.terms = [*others, *value]
