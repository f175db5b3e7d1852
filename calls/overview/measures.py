"""What calls count, for whoever gives account (`hub.measures`)."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from calls.chain.models import Call
from calls.pages.models import CallPage
from hub.measures.breakdowns import by_term
from hub.measures.listing import nearest
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from hub.site.visibility import visible


def _calls(span: Span) -> Rows:
    return Call.objects.public().filter(created_at__lt=span.end)


def _with_pages(rows: Rows) -> Rows:
    pages = visible(CallPage.objects.select_related("locale"))
    return rows.prefetch_related(Prefetch("pages", pages, to_attr="seen_pages")).order_by("-created_at", "-pk")


def _shown(call: Call) -> Listed:
    page = nearest(call.seen_pages)  # by `_with_pages`
    return Listed(str(call), (page.get_url() or "") if page else "", call.programme)


CALLS = Measure(
    code="calls",
    area=Area.REACH,
    name=_("Calls on the portal"),
    definition=_("Calls whose page everybody can read, open, over or withdrawn; each once, whatever its languages."),
    unit=_("calls"),
    kind=Kind.STANDING,
    records=_calls,
    fetched=_with_pages,
    listed=_shown,
    breakdowns=(by_term("track", _("Action track"), "tracks", several=True),),
    is_open=True,
)

MEASURES = (CALLS,)
