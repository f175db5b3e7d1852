"""Everything at once: CSV for spreadsheets and JSON-LD for the web of data, written row by row."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import Any, ClassVar, cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer, Serializer

from hub.files.spreadsheet_cells import inert
from hub.open_data import freshness
from hub.open_data.licence import LICENCE
from hub.open_data.limits import DownloadLimit
from hub.open_data.views import OpenDataView
from hub.open_data.words import WordsField

AT_A_TIME = 500
# Excel takes a file without this mark for one in the old encoding of its country and garbles every accent; who
# reads by program has JSON, and the common readers of CSV drop the mark.
_BYTE_ORDER_MARK = "\ufeff"
# Between several values in one cell; no code contains it.
SEPARATOR = "|"
# The pages of a row are in the portal's languages, whatever its texts are in; a column has one of them.
_PAGES, _PAGE = "urls", "url"

Row = Mapping[str, Any]


class WhateverIsAccepted(BaseContentNegotiation):
    """The address says the format; problems come as JSON."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """The only one there is."""
        return renderers[0], renderers[0].media_type


class Download(OpenDataView):
    """A file with all rows that fit, made while it is sent: it takes as much memory for ten rows as for a million."""

    throttle_classes = [DownloadLimit]
    content_negotiation_class = WhateverIsAccepted
    renderer_classes = [JSONRenderer]
    kept = freshness.NOT_ON_THE_WAY
    content_type: ClassVar[str]
    filename: ClassVar[str]
    # What a row says, as its own address shows it.
    serializer_class: ClassVar[type[Serializer[Any]]]

    def keys(self) -> QuerySet[Any, int]:
        """The primary keys of the rows that fit, in an order that does not depend on the reader."""
        raise NotImplementedError

    def records(self, keys: Sequence[int]) -> Sequence[Any]:
        """What the serializer writes, for the rows with these keys."""
        raise NotImplementedError

    def rows(self, keys: Sequence[int]) -> Iterable[Row]:
        """The whole rows with these keys, as their own addresses show them."""
        serializer: BaseSerializer[Any] = self.serializer_class(many=True)
        return cast(Iterable[Row], serializer.to_representation(self.records(keys)))

    def written(self, rows: Iterator[Row]) -> Iterator[str]:
        """The file, piece by piece."""
        raise NotImplementedError

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The file."""
        headers = {"Content-Disposition": f'attachment; filename="{self.filename}"'}
        head = request.method == "HEAD"  # its length is not known before it is made
        pieces = iter(()) if head else self.written(self._all_rows(self.keys()))
        return StreamingHttpResponse(_in_blocks(pieces), content_type=self.content_type, headers=headers)

    def _all_rows(self, keys: "QuerySet[Any, int]") -> Iterator[Row]:
        found = keys.iterator(chunk_size=AT_A_TIME)
        while some := list(islice(found, AT_A_TIME)):
            yield from self.rows(some)


class CsvDownload(Download):
    """A table: one row each, a column for every field of the serializer, of a text one per language."""

    content_type = "text/csv; charset=utf-8; header=present"
    # What stands before all other fields and what behind them; between, the serializer's order holds.
    first: ClassVar[Sequence[str]] = ()
    last: ClassVar[Sequence[str]] = ()
    # The columns of fields that are neither one value nor a text; `cells` fills them.
    parts: ClassVar[Mapping[str, Sequence[str]]] = {}

    def languages(self) -> Iterable[str]:
        """The languages in which there are texts."""
        raise NotImplementedError

    def columns(self) -> list[str]:
        """The names of the columns."""
        own, written = portal_first(()), portal_first(self.languages())
        between = [name for name in self.serializer_class().get_fields() if name not in {*self.first, *self.last}]
        columns: dict[str, Sequence[str]] = {name: [name] for name in [*self.first, *between, *self.last]}
        columns |= {text: per_language(text, written) for text in self._texts}
        columns |= {_PAGES: per_language(_PAGE, own), **self.parts}
        return [column for name in columns for column in columns[name]]

    def cells(self, row: Row) -> dict[str, Any]:
        """What stands in them; a column without a cell stays empty."""
        cells = dict(row) | spread(_PAGE, row[_PAGES])
        for text in self._texts:
            cells |= spread(text, row[text])
        return cells

    @cached_property
    def _texts(self) -> list[str]:
        fields = self.serializer_class().get_fields().items()
        return [name for name, field in fields if isinstance(field, WordsField) and name != _PAGES]

    def written(self, rows: Iterator[Row]) -> Iterator[str]:
        """Nothing in a cell is run as a formula."""
        columns = self.columns()
        writer = csv.writer(_Echo())
        yield _BYTE_ORDER_MARK + writer.writerow(columns)
        for row in rows:
            cells = self.cells(row)
            yield writer.writerow([inert(_cell(cells.get(column))) for column in columns])


class JsonLdDownload(Download):
    """A schema.org Dataset whose rows are the items of one list."""

    content_type = "application/ld+json"
    # What the dataset is called and what is in it, in English.
    name: ClassVar[str]
    description: ClassVar[str]

    def things(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Each row as schema.org describes such a thing."""
        raise NotImplementedError

    def written(self, rows: Iterator[Row]) -> Iterator[str]:
        """The dataset around its items; cut off in the middle it is no JSON, so that nobody takes half for all."""
        head = {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": f"{settings.SITE_URL}{self.request.path}",
            "name": self.name,
            "description": self.description,
            "license": LICENCE["uri"],
            "isAccessibleForFree": True,
            "inLanguage": [code for code, _name in settings.LANGUAGES],
        }
        opening = _json(head).removesuffix("}") + ',"mainEntity":{"@type":"ItemList","itemListElement":[\n'
        items = (
            {"@type": "ListItem", "position": place, "item": thing} for place, thing in enumerate(self.things(rows), 1)
        )
        first = next(items, None)
        between = (",\n" + _json(item) for item in items)
        return chain([opening], [_json(first)] if first else [], between, ["\n]}}\n"])


class _Echo:
    """A file that hands back what is written, one row at a time."""

    def write(self, text: str) -> str:
        return text


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return SEPARATOR.join(map(str, value))
    return "" if value is None else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _in_blocks(pieces: Iterator[str]) -> Iterator[bytes]:
    """As bytes, so many rows together that sending them costs little."""
    while some := "".join(islice(pieces, 50)):
        yield some.encode()


def per_language(name: str, languages: Iterable[str]) -> list[str]:
    """The columns of a text: one for each language."""
    return [f"{name}_{code}" for code in languages]


def spread(name: str, words: Mapping[str, str]) -> dict[str, str]:
    """The cells of a text."""
    return {f"{name}_{code}": text for code, text in words.items()}


def portal_first(languages: Iterable[str]) -> list[str]:
    """The portal's languages, then those in which there are words besides."""
    own = [code for code, _name in settings.LANGUAGES]
    return [*own, *sorted(set(languages) - set(own))]
