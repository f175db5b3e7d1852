"""What staff download from lists and reports of the admin, Wagtail's own among them, reads like the pages.

All of them are written by one mixin of Wagtail's, which writes moments in UTC, codes as they are stored, and whatever a
visitor typed as a formula. A new list gets this without a line of its own.
"""

import codecs
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from hub.dates import brussels
from hub.files.spreadsheet_cells import inert
from hub.languages.names import language_name

_row = SpreadsheetExportMixin.to_row_dict
_cell = SpreadsheetExportMixin.preprocess_field_value
_stream = SpreadsheetExportMixin.stream_csv
# Names of languages in the lists of Wagtail's accounts and in ours.
_LANGUAGES = {"language", "original_language", "preferred_language"}


def _words(view: Any, item: Any) -> "OrderedDict[str, Any]":
    """What stands in a row: the words for what is stored as a code."""
    row: OrderedDict[str, Any] = _row(view, item)
    for name, value in row.items():
        if name in _LANGUAGES and isinstance(value, str):
            row[name] = language_name(value) if value else ""
        elif _has_choices(item, name):
            row[name] = getattr(item, f"get_{name}_display")()
    return row


def _has_choices(item: Any, name: str) -> bool:
    try:
        field = item._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        return False
    return bool(getattr(field, "choices", None))


def _written(view: Any, field: str, value: Any, export_format: str) -> Any:
    """What stands in a cell: moments in Brussels, yes and no, nothing that a spreadsheet would run."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        moment = brussels.local(value).replace(tzinfo=None, microsecond=0)
        return moment if export_format == view.FORMAT_XLSX else moment.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    written = _cell(view, field, value, export_format)
    return inert(written) if isinstance(written, str) else written


def _in_language(view: Any, queryset: Any) -> Iterator[Any]:
    """The lines of a CSV in the language of who asked: they are written after the view has ended."""
    language = translation.get_language()

    def lines() -> Iterator[Any]:
        yield codecs.BOM_UTF8  # without it, spreadsheets take the file for another alphabet
        written = _stream(view, queryset)
        while True:
            with translation.override(language):
                line = next(written, None)
            if line is None:
                return
            yield line

    return lines()


def install() -> None:
    """Have every download of the admin written so."""
    SpreadsheetExportMixin.to_row_dict = _words
    SpreadsheetExportMixin.preprocess_field_value = _written
    SpreadsheetExportMixin.stream_csv = _in_language
