"""One field per column: what an organisation says there, and what a cell means for it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hub.dates.brussels import BRUSSELS
from hub.sheets.cells import KEY, SEPARATOR, codes
from hub.sheets.fields import AddressField, LanguageField, SheetField, TermField, TermsField
from partners.organisations import identifiers
from partners.organisations.models import Organisation, OrganisationText
from partners.sheets import columns
from partners.sheets.columns import Terms


class ChoiceField(SheetField):
    """One of a few words that the code knows."""

    def __init__(self, name: str, values: Iterable[str]) -> None:
        super().__init__(name)
        self.values = list(values)

    def read(self, cell: str) -> str:
        if cell not in self.values:
            raise ValueError(_("Write one of these: %s.") % ", ".join(filter(None, self.values)))
        return cell


class StatusField(ChoiceField):
    """Where it stands; an empty cell leaves it there, since every organisation stands somewhere."""

    def __init__(self) -> None:
        super().__init__("status", Organisation.Status.values)

    def save(self, organisation: Organisation, /, row: Mapping[str, str], is_m2m: bool = False, **kwargs: Any) -> None:
        if row[self.column_name]:
            super().save(organisation, row, is_m2m, **kwargs)


class NetworksField(SheetField):
    """The networks that it belongs to."""

    def export(self, organisation: Organisation, /, **kwargs: Any) -> str:
        return SEPARATOR.join(organisation.networks)

    def read(self, cell: str) -> list[str]:
        return codes(cell.lower())


class NumberField(SheetField):
    """A number in a register, however it was copied."""

    def read(self, cell: str) -> str:
        number = identifiers.plain(self.column_name, cell)
        if number and (problem := identifiers.problem(self.column_name, number)):
            raise ValueError(str(problem))
        return number


class VerifiedField(SheetField):
    """The day on which staff verified it; told and never read."""

    def __init__(self) -> None:
        super().__init__(columns.VERIFIED, readonly=True)

    def export(self, organisation: Organisation, /, **kwargs: Any) -> date | str:
        moment = organisation.verified_at
        return timezone.localdate(moment, BRUSSELS) if moment else ""


class WordsField(SheetField):
    """A part of the words in one language."""

    def __init__(self, part: str, language: str) -> None:
        super().__init__(f"{part}_{language}")
        self.part, self.language = part, language

    def export(self, organisation: Organisation, /, **kwargs: Any) -> str:
        text = self._text(organisation)
        return getattr(text, self.part) if text else ""

    def write(self, organisation: Organisation, /, value: str) -> None:
        text = self._text(organisation)
        if text is None:
            text = OrganisationText(language=self.language)
            organisation.texts = [*organisation.texts.all(), text]
        else:
            organisation.texts = list(organisation.texts.all())  # now held in memory, with the change below
        setattr(text, self.part, value)

    def _text(self, organisation: Organisation) -> OrganisationText | None:
        return next((text for text in organisation.texts.all() if text.language == self.language), None)


def fields(terms: Terms, *, with_mailbox: bool = True) -> dict[str, SheetField]:
    """By column, in the order of the sheet."""
    special = [
        StatusField(),
        LanguageField("original_language", columns.languages()),
        *(TermField(column, terms[vocabulary]) for column, vocabulary in columns.ONE.items()),
        *(TermsField(column, terms[vocabulary]) for column, vocabulary in columns.SEVERAL.items()),
        ChoiceField("size", ["", *Organisation.Size.values]),
        NetworksField("networks"),
        AddressField("website"),
        *(NumberField(name) for name in identifiers.NAMES),
        SheetField(KEY, readonly=True),
        VerifiedField(),
        *(WordsField(part, code) for code in columns.languages() for part in columns.WORDS),
    ]
    known = {each.column_name: each for each in special}
    return {name: known.get(name) or SheetField(name) for name in columns.names(with_mailbox=with_mailbox)}
