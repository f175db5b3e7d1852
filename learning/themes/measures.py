"""Policy notes, counted (`hub.measures`); here because the room that keeps them is full."""

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from hub.site.visibility import visible
from learning.notes.pages import NotePage


def _notes(span: Span) -> Rows:
    there = visible(NotePage.objects.filter(first_published_at__lt=span.end))
    each = there.order_by().values("translation_key").annotate(first=Min("pk"))
    return NotePage.objects.filter(pk__in=each.values("first"))


NOTES = Measure(
    code="policy_notes",
    area=Area.LEARNING,
    name=_("Policy notes"),
    definition=_("Policy notes that everybody can read on that day, each once, whatever the number of its languages."),
    unit=_("policy notes"),
    kind=Kind.STANDING,
    records=_notes,
    fetched=lambda rows: rows.order_by("-first_published_at", "-pk"),
    listed=lambda note: Listed(note.title, note.get_url() or "", note.addressed_to),
    is_open=True,
)

MEASURES = (NOTES,)
