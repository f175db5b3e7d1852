"""One field per column: what a practice says there, and what a cell means for a practice."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.sheets.cells import plain
from hub.sheets.fields import ON_THE_WEB, SheetField
from partners.organisations.models import Organisation
from practices.import_export.suggestions import Owners
from practices.open_data.became import NOTHING, Became
from practices.practice.models.practice import YEARS, Practice
from practices.practice.models.texts import PracticeSource, PracticeText
from practices.sheets.columns import words_column

_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%m/%Y", "%Y-%m")
# Excel counts the days from here; five figures are a day between 1927 and 2173, and no year.
_FIRST_OF_EXCEL = date(1899, 12, 30)
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?", re.ASCII)
_HOUR = re.compile(r"[0-9:.]+(?:Z|[+-][0-9:]+)?", re.ASCII)


class YearField(SheetField):
    """A year, or nothing; of a whole date the year is taken, which `taken` tells."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.taken: list[tuple[str, int]] = []

    def read(self, cell: str) -> int | None:
        if not cell:
            return None
        if (day := day_of(cell)) and day.year in YEARS:
            self.taken.append((cell, day.year))
            return day.year
        if not (cell.isascii() and cell.isdigit() and len(cell) == 4 and int(cell) in YEARS):
            raise ValueError(_("Write the year in four figures, for example 2015."))
        return int(cell)


class DayField(SheetField):
    """A date of the past, as it is exported or as spreadsheets in Europe write it, or nothing."""

    def export(self, practice: Practice, /, **kwargs: Any) -> date | str:
        return getattr(practice, self.column_name) or ""

    def read(self, cell: str) -> date | None:
        if not cell:
            return None
        day = day_of(cell)
        if day is None:
            raise ValueError(_("“%s” is not a date. Write it like 2027-04-20.") % cell)
        if day > timezone.localdate():
            raise ValueError(_("This date is still to come."))
        return day


def day_of(cell: str) -> date | None:
    """A date as spreadsheets in Europe write it, with or without an hour, or as the number that Excel keeps of it."""
    if _SERIAL.fullmatch(cell):
        return _FIRST_OF_EXCEL + timedelta(days=int(float(cell)))
    words, _space, hour = cell.partition(" ")
    if hour and not _HOUR.fullmatch(hour):
        return None
    return next((day for form in _DATES if (day := _day(words.partition("T")[0], form))), None)


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None


class OwnerField(SheetField):
    """An organisation of the directory, by the end of its address."""

    def __init__(self, name: str, owners: Owners) -> None:
        super().__init__(name)
        self.owners = owners

    def export(self, practice: Practice, /, **kwargs: Any) -> str:
        return practice.owner.slug if practice.owner_id and practice.owner else ""

    def read(self, cell: str) -> Organisation | None:
        return self.owners.owner(cell) if cell else None


class StatusField(SheetField):
    """Where a practice stands; it is told and never read."""

    def __init__(self) -> None:
        super().__init__("status", readonly=True)

    def export(self, practice: Practice, /, **kwargs: Any) -> str:
        if practice.live:
            return "published-changes-waiting" if practice.has_unpublished_changes else "published"
        return "expired" if practice.expired else "draft"


class ReuseField(SheetField):
    """How many took a practice up, or how many of them with an outcome; it is told and never read."""

    def __init__(self, name: str, became: Mapping[int, Became]) -> None:
        super().__init__(name, readonly=True)
        self.became = became
        self.code = name.partition("_")[2]

    def export(self, practice: Practice, /, **kwargs: Any) -> int:
        return self.became.get(practice.pk, NOTHING).reuse[self.code]


class HooksField(SheetField):
    """The policy hooks of a practice, each with its level and how far it is; they are told and never read."""

    def __init__(self, became: Mapping[int, Became]) -> None:
        super().__init__("policy_hooks", readonly=True)
        self.became = became

    def export(self, practice: Practice, /, **kwargs: Any) -> str:
        hooks = self.became.get(practice.pk, NOTHING).hooks
        return " | ".join(f"{hook} ({hook.level}, {hook.status})" for hook in hooks)


class WordsField(SheetField):
    """A part of the words in one language."""

    def __init__(self, part: str, language: str) -> None:
        super().__init__(words_column(part, language))
        self.part = part
        self.language = language

    def export(self, practice: Practice, /, **kwargs: Any) -> str:
        text = self._text(practice)
        return getattr(text, self.part) if text else ""

    def write(self, practice: Practice, /, value: str) -> None:
        text = self._text(practice)
        if text is None:
            text = PracticeText(language=self.language)
            practice.texts = [*practice.texts.all(), text]
        else:
            practice.texts = list(practice.texts.all())  # now held in memory, with the change below
        setattr(text, self.part, value)

    def _text(self, practice: Practice) -> PracticeText | None:
        return next((text for text in practice.texts.all() if text.language == self.language), None)


class SourcesField(SheetField):
    """Where it can be read: a title and its address on each line."""

    def export(self, practice: Practice, /, **kwargs: Any) -> str:
        return "\n".join(map(self._line, practice.sources.all()))

    def _line(self, source: PracticeSource) -> str:
        return f"{' '.join(source.title.split())} {source.url}"

    def save(self, practice: Practice, /, row: Mapping[str, str], is_m2m: bool = False, **kwargs: Any) -> None:
        present = [(self._line(source), source) for source in practice.sources.all()]
        lines = [" ".join(line.split()) for line in plain(row[self.column_name]).split("\n")]
        lines = [line for line in lines if line]
        if lines != [line for line, _source in present]:
            known = dict(present)
            sources = [known.pop(line, None) or self._source(line) for line in lines]
            for position, source in enumerate(sources):
                source.sort_order = position
            practice.sources = sources

    def _source(self, line: str) -> PracticeSource:
        title, _space, url = line.rpartition(" ")
        if not title or "://" not in url:
            message = _("“%s” is not a title with an address behind it, like: Report 2025 https://example.org/report")
            raise ValueError(message % line)
        if not url.casefold().startswith(ON_THE_WEB):
            raise ValueError(_("The address must start with https:// or http://."))
        source = PracticeSource(title=title, url=url)
        try:
            source.full_clean(exclude=["practice"], validate_unique=False)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        return source
