"""How often dates moved that people rely on (`hub.measures`)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calls.chain.changes import DeadlineChange
from calls.chain.models import Deadline
from hub.dates.words import day
from hub.measures.breakdowns import by_choice
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span


def _moves(span: Span) -> Rows:
    return DeadlineChange.objects.filter(**span.within("moved_at"))


def _shown(change: DeadlineChange) -> Listed:
    url = reverse("wagtailsnippets_calls_call:edit", args=[change.call_id])
    return Listed(f"{change.call} – {change.deadline}", url, f"{day(change.old_due_at)} → {day(change.new_due_at)}")


DEADLINES_MOVED = Measure(
    code="deadlines_moved",
    area=Area.SERVICE,
    name=_("Deadlines moved"),
    definition=_(
        "How often a date of a call moved that people could know of, earlier or later. A date that moved twice counts "
        "twice; a call that was withdrawn does not count."
    ),
    unit=_("moves"),
    kind=Kind.HAPPENED,
    records=_moves,
    fetched=lambda rows: rows.select_related("call", "deadline").order_by("-moved_at", "-pk"),
    listed=_shown,
    breakdowns=(by_choice("kind", _("Kind of deadline"), "deadline__kind", Deadline.Kind),),
    anew=True,
    better=-1,
)

MEASURES = (DEADLINES_MOVED,)
