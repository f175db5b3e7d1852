"""How much of the library somebody vouched for lately (`hub.measures`)."""

from django.utils.translation import gettext_lazy as _

from hub.measures.registry import Area, Kind, Measure, Rows
from hub.measures.spans import Span
from practices.practice.measures import BREAKDOWNS, fetched, public_practices, shown
from practices.practice.models.practice import Practice
from practices.reconfirmation.owner_requests import too_old


def _still_true(span: Span) -> Rows:
    known = Practice.objects.known_until(span.until).filter(last_known__gt=too_old(span.until))
    return public_practices(span).filter(pk__in=known.order_by().values("pk"))


STILL_TRUE = Measure(
    code="practices_still_true",
    area=Area.QUALITY,
    name=_("Practices that are still true"),
    definition=_(
        "Practices that somebody checked or published within two years before that day, as a share of those in the "
        "library. After two years their owners are asked."
    ),
    unit=_("per cent"),
    kind=Kind.STANDING,
    records=_still_true,
    whole=public_practices,
    fetched=fetched,
    listed=shown,
    breakdowns=BREAKDOWNS,
    is_open=True,
)

MEASURES = (STILL_TRUE,)
