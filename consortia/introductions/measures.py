"""How often organisations that were matched got to know each other (`hub.measures`)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consortia.introductions.models import Introduction
from hub.measures.breakdowns import by_term
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span


def _asked(span: Span) -> Rows:
    return Introduction.objects.standing().filter(**span.within("asked_at"))


def _accepted(span: Span) -> Rows:
    return _asked(span).filter(status=Introduction.Status.ACCEPTED)


def _with_names(rows: Rows) -> Rows:
    return rows.select_related("from_organisation", "to_organisation", "call").order_by("-asked_at", "-pk")


def _shown(introduction: Introduction) -> Listed:
    url = reverse("wagtailsnippets_consortia_introduction:inspect", args=[introduction.pk])
    return Listed(str(introduction), url, str(introduction.call))


ACCEPTED = Measure(
    code="introductions_accepted",
    area=Area.COLLABORATION,
    name=_("Matches that led to contact"),
    definition=_(
        "Introductions that were accepted, as a share of those that organisations asked for in these days. What was "
        "taken back does not count; introductions are kept for a year."
    ),
    unit=_("per cent"),
    kind=Kind.HAPPENED,
    records=_accepted,
    whole=_asked,
    fetched=_with_names,
    listed=_shown,
    breakdowns=(
        by_term("sector", _("Sector that asks"), "from_organisation__sector", code="asking"),
        by_term("sector", _("Sector that is asked"), "to_organisation__sector", code="asked"),
    ),
)

MEASURES = (ACCEPTED,)
