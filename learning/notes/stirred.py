"""Notes whose cited records changed or were withdrawn: what staff look at."""

from collections import defaultdict
from dataclasses import dataclass

from hub.content_memory.content_version import remembered
from hub.site.visibility import visible
from learning.notes import standing
from learning.notes.models import Citation
from learning.notes.pages import NotePage
from learning.notes.reading import Entry, entry
from learning.notes.records import Records


@dataclass(frozen=True)
class Stirred:
    """A note with what became of what it cites."""

    page: NotePage
    citations: list[tuple[Citation, Entry]]


def stirred() -> list[Stirred]:
    """Those that visitors read, the newest first; as many queries for many as for one."""
    notes = visible(NotePage.objects.all())
    citations = list(Citation.objects.current().filter(page__in=notes.values("pk")))
    records = Records(each.name for each in citations)
    found: dict[int, list[tuple[Citation, Entry]]] = defaultdict(list)
    for each in citations:
        if standing.is_withdrawn(each, records) or standing.is_changed(each, records):
            found[each.page_id].append((each, entry(each, records)))
    pages = NotePage.objects.select_related("locale").in_bulk(found)
    return [Stirred(pages[key], found[key]) for key in sorted(found, reverse=True)]


def number() -> int:
    """How many notes that are."""
    return remembered("notes whose citations changed", lambda: len(stirred()))
