"""Notes whose cited records changed or were withdrawn: what staff look at."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from hub.content_memory.content_version import remembered
from hub.site.visibility import visible
from learning.notes import standing
from learning.notes.models import Citation
from learning.notes.pages import NotePage
from learning.notes.reading import Entry, entry
from learning.notes.records import Records

# So many citations are read at once, with the records that they name.
AT_ONCE = 500


@dataclass(frozen=True)
class Stirred:
    """A note with what became of what it cites."""

    page: NotePage
    citations: list[tuple[Citation, Entry]]


def stirred() -> list[Stirred]:
    """Those that visitors read, the newest first. Citations are read bit by bit, with a few queries for each bit."""
    notes = visible(NotePage.objects.all())
    citations = Citation.objects.current().filter(page__in=notes.values("pk")).order_by("pk")
    found: dict[int, list[tuple[Citation, Entry]]] = defaultdict(list)
    rows = citations.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        records = Records(each.name for each in some)
        for each in some:
            if standing.is_withdrawn(each, records) or standing.is_changed(each, records):
                found[each.page_id].append((each, entry(each, records)))
    pages = NotePage.objects.select_related("locale").in_bulk(found)
    return [Stirred(pages[key], found[key]) for key in sorted(found, reverse=True)]


def keys() -> list[int]:
    """Which notes those are; looked for anew once something that visitors see has changed."""
    return remembered("notes whose citations changed", lambda: [each.page.pk for each in stirred()])
