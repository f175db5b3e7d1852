"""What staff download from lists and reports of the admin, Wagtail's own among them, reads like the pages.

All of them come from one mixin of Wagtail's, which writes moments in UTC, codes as they are stored, whatever a visitor
typed as a formula, and commas between cells in every language. Here they are written as all other sheets of the portal
are; a new list gets this without a line of its own.
"""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.http import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from hub.languages.names import language_name
from hub.sheets import writing
from hub.sheets.cells import LONGEST_IN_XLSX

_row = SpreadsheetExportMixin.to_row_dict
_cell = SpreadsheetExportMixin.preprocess_field_value
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


def _meant(view: Any, field: str, value: Any, export_format: str) -> Any:
    """What a cell says: yes and no in words; days, moments and numbers stay what they are."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return value
    told = _cell(view, field, value, export_format)
    # A list of Wagtail's has no way to say that a text is too long; one apostrophe may still come before it.
    return told[: LONGEST_IN_XLSX - 1] if isinstance(told, str) and export_format == view.FORMAT_XLSX else told


def _rows(view: Any, queryset: Any, export_format: str) -> Iterator[list[Any]]:
    """In the language of who asked: those of a CSV are read after the view has ended."""
    language = translation.get_language() or "en"

    def read() -> Iterator[list[Any]]:
        rows = iter(queryset)
        while True:
            with translation.override(language):
                item = next(rows, None)
                if item is None:
                    return
                told = view.to_row_dict(item).items()
                row = [view.preprocess_field_value(field, value, export_format) for field, value in told]
            yield row

    return read()


def _as_spreadsheet(view: Any, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
    """The whole list as a file."""
    header = [view.get_heading(queryset, field) for field in view.list_export]
    rows = _rows(view, queryset, spreadsheet_format)
    return writing.download(view.get_filename(), spreadsheet_format, header, rows, dated=False)


def install() -> None:
    """Have every download of the admin written so."""
    SpreadsheetExportMixin.to_row_dict = _words
    SpreadsheetExportMixin.preprocess_field_value = _meant
    SpreadsheetExportMixin.as_spreadsheet = _as_spreadsheet
